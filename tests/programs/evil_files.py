"""Files as attackers, broken telephones and hurried people send them, built on the spot."""

import io
import struct
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

JPEG, PNG = "JPEG", "PNG"


def upload(content, name="berkas.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def pdf(change=None, *, pages=1, **options):
    """A PDF of blank pages, after ``change`` has done its harm to it; the same bytes each time."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    target = io.BytesIO()
    # Else its id is drawn from the clock. An encrypted one cannot do without.
    options.setdefault("deterministic_id", "encryption" not in options)
    document.save(target, **options)
    return target.getvalue()


def picture(size=(600, 400), *, mode="RGB", color="teal", kind=JPEG, **options):
    target = io.BytesIO()
    Image.new(mode, size, color).save(target, kind, **options)
    return target.getvalue()


def noise(size, *, kind=JPEG, **options):
    """Random pixels: nothing compresses them."""
    target = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def png_header_only(width, height):
    """A PNG that promises ``width`` × ``height`` pixels and delivers none."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\0IDAT\x35\xaf\x06\x1e"
    )


def png_bomb(side):
    """A small file that really unpacks to ``side`` × ``side`` white pixels."""
    target = io.BytesIO()
    Image.new("1", (side, side), 1).save(target, "PNG")
    return target.getvalue()


def archive(names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in names.items():
            packed.writestr(name, content)
    return target.getvalue()


def pdf_with_object_stream(packed, filter_name):
    """A PDF whose object 7 lies in an object stream that we supply packed."""
    body, offsets = b"%PDF-1.5\n", {}
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/%s/Length %d>>\nstream\n%s\nendstream" % (
        filter_name,
        len(packed),
        packed,
    )
    for number, content in {
        1: b"<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        4: stream,
    }.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    offsets[8] = len(body)
    table = b"".join(
        struct.pack(">BIB", 2, 4, 0)
        if number == 7
        else struct.pack(">BIB", number in offsets, offsets.get(number, 0), 0)
        for number in range(9)
    )
    return (
        body
        + b"8 0 obj\n<</Type/XRef/Size 9/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % offsets[8]
    )


def flate_bomb(megabytes):
    packer = zlib.compressobj(9)
    blank = b" " * (1 << 20)
    return (
        b"".join(
            [packer.compress(b"7 0 <<>>"), *(packer.compress(blank) for _ in range(megabytes))]
        )
        + packer.flush()
    )
