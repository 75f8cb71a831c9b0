"""Asking a ClamAV daemon about a file, where one is set up (``CLAMD_SOCKET``)."""

import socket

from django.conf import settings

CHUNK = 64 * 1024


class ScannerUnavailable(Exception):
    """A virus scanner is set up but gives no verdict, so nothing can be accepted."""


def find_virus(content):
    """The name of the virus in ``content``, or None if there is none or no scanner is set up."""
    if not settings.CLAMD_SOCKET:
        return None
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as daemon:
            daemon.settimeout(30)
            daemon.connect(str(settings.CLAMD_SOCKET))
            daemon.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                daemon.sendall(len(chunk).to_bytes(4, "big") + chunk)
            daemon.sendall(bytes(4))
            answer = b"".join(iter(lambda: daemon.recv(4096), b""))
    except OSError as problem:
        raise ScannerUnavailable(str(problem)) from problem
    verdict = answer.rstrip(b"\0\n").decode(errors="replace").removeprefix("stream: ")
    if verdict == "OK":
        return None
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise ScannerUnavailable(verdict or "no answer")
