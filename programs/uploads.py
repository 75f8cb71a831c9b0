"""Files that people hand in: what they really are, and in words why one cannot be taken.

The first bytes decide what a file claims to be, then the decoder must agree. Its name and the
type that the browser sends count for nothing.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from programs.confined import ReaderFailed, read_confined
from programs.pdf_inspection import inspect_pdf
from programs.photos import PhotoBroken, PhotoTooLarge, reencode_photo
from programs.virus_scan import ScannerUnavailable, find_virus

MB = 1024 * 1024
MAX_STORED = 5 * MB
MAX_PHOTO = 15 * MB  # telephones make large photos; we make them smaller ourselves
MAX_PAGES = 100
MAX_NAME = 120

EXTENSIONS = {
    ".pdf": {".pdf"},
    ".jpg": {".jpg", ".jpeg"},
    ".png": {".png"},
    ".csv": {".csv"},
    ".xlsx": {".xlsx"},
}
CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".csv": "text/csv",
    ".xlsx": "application/octet-stream",  # for a spreadsheet program, never shown by a browser
}

PDF_PROBLEMS = {
    "encrypted": "PDF ini dikunci dengan kata sandi. Buka berkasnya, cetak ke PDF baru tanpa kata "
    "sandi, lalu unggah yang baru.",
    "javascript": "PDF ini berisi program (JavaScript), sehingga tidak aman dibuka petugas. Cetak "
    "ke PDF baru, lalu unggah yang baru.",
    "launch": "PDF ini mencoba menjalankan program lain saat dibuka. Cetak ke PDF baru, lalu "
    "unggah yang baru.",
    "command": "PDF ini berisi perintah otomatis, misalnya mengirim isian formulir. Cetak ke PDF "
    "baru, lalu unggah yang baru.",
    "attachment": "PDF ini membawa berkas lain di dalamnya. Simpan lampirannya terpisah, cetak "
    "PDF ini ke PDF baru, lalu unggah satu per satu.",
    "xfa": "PDF ini formulir dinamis (XFA) yang hanya terbaca di program tertentu. Cetak ke PDF "
    "baru, lalu unggah yang baru.",
    "broken": "PDF ini rusak atau tidak lengkap. Buka di komputer atau ponsel Anda untuk "
    "memeriksanya, simpan ulang sebagai PDF, lalu unggah lagi.",
    "stuck": "PDF ini terlalu rumit untuk diperiksa. Cetak ke PDF baru atau pindai ulang, lalu "
    "unggah yang baru.",
}

AS_PDF = "Simpan atau cetak sebagai PDF, lalu unggah PDF itu."
AS_PHOTO = "Simpan sebagai JPG atau PNG, lalu unggah lagi."
MARKUP = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
OTHER_KINDS = [
    (MARKUP + rb"(?:<!doctype svg[^>]*>\s*)?<svg", AS_PHOTO, "gambar SVG"),
    (MARKUP + rb"(?:<!doctype html|<(?:html|head|body|script|meta|title|iframe)\b)",
     "Buka berkas aslinya, lalu simpan sebagai PDF atau JPG.", "halaman web"),
    (rb"PK\x03\x04.{0,4000}?(?:\[Content_Types\]\.xml|_rels/|mimetypeapplication/vnd\.o|word/|xl/)",
     AS_PDF, "dokumen Word, Excel, atau sejenisnya"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", AS_PDF, "dokumen Word, Excel, atau sejenisnya"),
    (rb"\{\\rtf", AS_PDF, "dokumen RTF"),
    (rb"PK\x03\x04|PK\x05\x06|Rar!|7z\xbc\xaf|\x1f\x8b",
     "Keluarkan isinya, lalu unggah satu per satu sebagai PDF, JPG, atau PNG.", "arsip (ZIP)"),
    (rb".{4}ftyp(?:hei|hev|mif1|msf1|avif)",
     "Di iPhone pilih Pengaturan, Kamera, Format, Paling Kompatibel, lalu potret ulang; atau kirim "
     "tangkapan layarnya.", "foto HEIC"),
    (rb"GIF8|BM|II\*\x00|MM\x00\*", AS_PHOTO, "gambar GIF, BMP, atau TIFF"),
    (rb".{4}ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "Potret bagian yang diminta, lalu unggah fotonya.",
     "video"),
    (rb"MZ|\x7fELF|#!", "Pilih PDF atau foto yang diminta.", "program komputer"),
]  # fmt: skip


class UploadRefused(Exception):
    """We do not take this file. The message says to its sender why, and what to do."""


@dataclass(frozen=True)
class AcceptedFile:
    """A file that may be stored: PDF as it came, photo as we wrote it anew."""

    name: str
    content: bytes
    content_type: str
    extension: str
    sha256: str
    size: int
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    location: tuple[float, float] | None = None
    taken_at: datetime | None = None


def accept_upload(file, *, allow=("pdf", "image"), keep_location=False):
    """Examine one uploaded file. Raises ``UploadRefused`` with a sentence for its sender.

    ``keep_location`` is for photos of visits: place and time are returned beside the picture.
    """
    file.seek(0)
    start = file.read(4096)
    if not start:
        raise UploadRefused("Berkas ini kosong (0 bita). Pilih lagi berkas yang ada isinya.")
    kind = _claimed_kind(start)
    _refuse_by_kind(kind, start, allow)
    limit = MAX_STORED if kind == "pdf" else MAX_PHOTO
    size = getattr(file, "size", None) or 0
    if size <= limit:
        # One byte more than allowed shows a size that was not true.
        content = start + file.read(limit + 1 - len(start))
        size = len(content)
    if size > limit:
        raise UploadRefused(_too_large(kind, size))
    _refuse_virus(content)
    if kind == "pdf":
        return _accept_pdf(content, file.name)
    return _accept_photo(content, file.name, keep_location=keep_location)


def accept_table(name, content):
    """A table that ``programs.spreadsheets`` could read, to be kept as it came."""
    _refuse_virus(content)
    return _accepted(name, content, ".xlsx" if content.startswith(b"PK\x03\x04") else ".csv")


def clean_name(name):
    """A file name fit to be shown: no folders, nothing invisible, 120 characters at most."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", str(name or ""))[-1])
    visible = (
        letter for letter in name if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    name = " ".join("".join(visible).split()).strip(" .")
    path = PurePosixPath(name or "berkas")
    suffix = path.suffix[:10]
    return path.stem[: MAX_NAME - len(suffix)].rstrip() + suffix


def _claimed_kind(start):
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-"):
        return "pdf"
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    ):
        return "image"
    return None


def _refuse_by_kind(kind, start, allow):
    if kind in allow:
        return
    if kind == "pdf":
        raise UploadRefused("Bagian ini hanya menerima foto. Potret atau simpan sebagai JPG.")
    if kind == "image":
        raise UploadRefused("Bagian ini hanya menerima PDF. Simpan atau pindai sebagai PDF.")
    wanted = {("pdf",): "PDF", ("image",): "foto JPG atau PNG"}.get(
        tuple(allow), "PDF atau foto JPG dan PNG"
    )
    for pattern, advice, description in OTHER_KINDS:
        if re.match(pattern, start, re.DOTALL | re.IGNORECASE):
            raise UploadRefused(
                f"Isi berkas ini {description}, bukan {wanted}, apa pun akhiran namanya. {advice}"
            )
    raise UploadRefused(
        f"Isi berkas ini tidak dikenal, bukan {wanted}. Buka berkas aslinya, simpan sebagai PDF "
        "atau JPG, lalu unggah lagi."
    )


def _too_large(kind, size):
    if kind == "pdf":
        return (
            f"Berkas ini berukuran {_in_mb(size)} MB, paling besar {_in_mb(MAX_STORED)} MB. Potret "
            "ulang dengan mutu sedang atau pindai sebagai PDF hitam putih."
        )
    return (
        f"Foto ini berukuran {_in_mb(size)} MB, paling besar {_in_mb(MAX_PHOTO)} MB. Potret ulang "
        "dengan mutu sedang."
    )


def _in_mb(size):
    """Rounded up to a tenth, so that a file just over the limit does not look equal to it."""
    tenths = -(-size * 10 // MB)
    return f"{tenths // 10},{tenths % 10}".removesuffix(",0")


def _refuse_virus(content):
    try:
        virus = find_virus(content)
    except ScannerUnavailable:
        raise UploadRefused(
            "Pemeriksaan virus sedang tidak tersedia. Coba lagi beberapa menit lagi; isian Anda "
            "yang lain tetap ada."
        ) from None
    if virus:
        raise UploadRefused(
            f"Berkas ini mengandung virus ({virus}) dan tidak kami simpan. Periksa perangkat Anda "
            "dengan antivirus, lalu unggah salinan yang bersih."
        )


def _accept_pdf(content, name):
    try:
        report = read_confined(inspect_pdf, content)
    except ReaderFailed:
        raise UploadRefused(PDF_PROBLEMS["stuck"]) from None
    if report["problem"]:
        raise UploadRefused(PDF_PROBLEMS[report["problem"]])
    if report["pages"] > MAX_PAGES:
        raise UploadRefused(
            f"PDF ini berisi {report['pages']} halaman, paling banyak {MAX_PAGES}. Unggah hanya "
            "halaman yang diminta."
        )
    return _accepted(name, content, ".pdf", pages=report["pages"])


def _accept_photo(content, name, *, keep_location):
    try:
        photo = reencode_photo(content, at_most=MAX_STORED, keep_location=keep_location)
    except PhotoTooLarge as problem:
        size = f"{problem.pixels // 1_000_000} megapiksel" if problem.pixels else "terlalu besar"
        raise UploadRefused(
            f"Ukuran gambar ini {size}, lebih dari yang dapat kami buka. Potret ulang dengan "
            "mutu sedang, atau perkecil gambarnya."
        ) from None
    except PhotoBroken:
        raise UploadRefused(
            "Foto ini rusak atau tidak lengkap. Buka di ponsel atau komputer Anda untuk "
            "memeriksanya, lalu unggah lagi atau potret ulang."
        ) from None
    return _accepted(
        name,
        photo.content,
        photo.extension,
        width=photo.width,
        height=photo.height,
        location=photo.location,
        taken_at=photo.taken_at,
    )


def _accepted(name, content, extension, **facts):
    path = PurePosixPath(clean_name(name))
    if path.suffix.lower() not in EXTENSIONS[extension]:
        path = PurePosixPath(clean_name(f"{path.stem}{extension}"))
    return AcceptedFile(
        name=str(path),
        content=content,
        content_type=CONTENT_TYPES[extension],
        extension=extension,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        **facts,
    )
