import socket
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programs.uploads import UploadRefused, accept_upload
from programs.virus_scan import CHUNK, ScannerUnavailable, find_virus


class FakeDaemon:
    """Speaks clamd's INSTREAM: reads chunks until an empty one, then gives its verdict."""

    def __init__(self, path, verdict):
        self.path, self.verdict, self.received = str(path), verdict, None
        self.server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.server.bind(self.path)
        self.server.listen()
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self):
        connection, _ = self.server.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            received = []
            while size := int.from_bytes(stream.read(4), "big"):
                received.append(stream.read(size))
            self.received = b"".join(received)
            connection.sendall(self.verdict)

    def close(self):
        self.thread.join()
        self.server.close()


@pytest.fixture
def daemon(settings, tmp_path):
    started = []

    def start(verdict):
        settings.CLAMD_SOCKET = str(tmp_path / "clamd.sock")
        started.append(FakeDaemon(settings.CLAMD_SOCKET, verdict))
        return started[0]

    yield start
    for one in started:
        one.close()


def test_where_no_scanner_is_set_up_nothing_is_scanned(settings):
    settings.CLAMD_SOCKET = ""

    assert find_virus(b"anything") is None


def test_the_scanner_sees_every_byte(daemon):
    scanner = daemon(b"stream: OK\0")
    content = bytes(range(256)) * 600

    assert len(content) > 2 * CHUNK
    assert find_virus(content) is None
    scanner.thread.join()
    assert scanner.received == content


def test_a_virus_is_named(daemon):
    daemon(b"stream: Eicar-Test-Signature FOUND\0")

    assert find_virus(b"x") == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "verdict", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: \xff\0"]
)
def test_an_answer_that_is_no_verdict_counts_as_no_scanner(daemon, verdict):
    daemon(verdict)

    with pytest.raises(ScannerUnavailable):
        find_virus(b"x")


def test_an_absent_scanner_is_noticed(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")

    with pytest.raises(ScannerUnavailable):
        find_virus(b"x")


def test_an_infected_upload_is_refused_by_name(daemon):
    daemon(b"stream: Eicar-Test-Signature FOUND\0")

    with pytest.raises(UploadRefused, match=r"mengandung virus \(Eicar-Test-Signature\)"):
        accept_upload(SimpleUploadedFile("a.pdf", b"%PDF-1.4 X5O!P%@AP"))


def test_while_the_scanner_is_away_nothing_is_accepted(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody.sock")

    with pytest.raises(UploadRefused, match="Pemeriksaan virus sedang tidak tersedia"):
        accept_upload(SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
