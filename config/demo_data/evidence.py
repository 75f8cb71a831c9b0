"""Files to hand in: small PDFs with a few lines of text, and drawn photos of machines."""

import hashlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw, ImageFont

from programs.uploads import AcceptedFile, accept_upload

WALLS = ["#d9d4c7", "#cfd8dc", "#e0dccf", "#d3dbd0"]
BODIES = ["#37664f", "#35527a", "#7a4a35", "#5b5f66", "#8a6d1f"]


def paper(name, title, facts):
    """A page with ``facts`` (pairs of words), as the uploads of the site accept it.

    It is written here and thus known to be harmless; hundreds of readers in processes of their
    own would only cost minutes.
    """
    content = _pdf(title, [f"{label}: {value}" for label, value in facts])
    return AcceptedFile(
        name=name,
        content=content,
        content_type="application/pdf",
        extension=".pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=1,
    )


def photo(name, lines, *, seed, taken_at=None, location=None):
    """A machine in a workshop, and on its name plate what ``lines`` say.

    With ``location`` it carries place and time as a telephone would write them.
    """
    image = Image.new("RGB", (800, 600), WALLS[seed % len(WALLS)])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 800, 600), fill="#8d8578")
    body = BODIES[seed % len(BODIES)]
    left, right = 130 + seed % 5 * 12, 640 + seed % 7 * 8
    draw.rectangle((left, 210, right, 470), fill=body, outline="#1f2426", width=4)
    draw.rectangle((left + 30, 150, left + 170, 210), fill="#5c6166", outline="#1f2426", width=3)
    draw.ellipse((right - 130, 350, right - 30, 450), fill="#2b2f33", outline="#c9ccd1", width=6)
    draw.rectangle((left + 30, 250, left + 370, 420), fill="#e9eaec", outline="#1f2426", width=3)
    for row, line in enumerate(lines):
        font = ImageFont.load_default(size=22)
        draw.text((left + 44, 262 + row * 30), line[:30], fill="#111111", font=font)
    draw.text((24, 560), "CONTOH", fill="#ffffff", font=ImageFont.load_default(size=26))
    target = BytesIO()
    image.save(target, "JPEG", quality=80, exif=_exif(taken_at, location))
    upload = SimpleUploadedFile(name, target.getvalue(), content_type="image/jpeg")
    return accept_upload(upload, keep_location=location is not None)


def _exif(taken_at, location):
    exif = Image.Exif()
    if location:
        latitude, longitude = location
        exif[ExifTags.IFD.GPSInfo] = {
            ExifTags.GPS.GPSLatitudeRef: "S" if latitude < 0 else "N",
            ExifTags.GPS.GPSLatitude: _sexagesimal(latitude),
            ExifTags.GPS.GPSLongitudeRef: "W" if longitude < 0 else "E",
            ExifTags.GPS.GPSLongitude: _sexagesimal(longitude),
        }
        exif[ExifTags.IFD.Exif] = {
            ExifTags.Base.DateTimeOriginal: f"{taken_at:%Y:%m:%d %H:%M:%S}",
            ExifTags.Base.OffsetTimeOriginal: "+07:00",
        }
    return exif


def _sexagesimal(degrees):
    minutes, seconds = divmod(round(abs(degrees) * 3600), 60)
    return (*map(float, divmod(minutes, 60)), float(seconds))


def _pdf(title, lines):
    """A PDF of one page in Helvetica; the grey word across it says what it is."""
    text = [
        "q 0.9 g BT /F1 110 Tf 0.77 0.64 -0.64 0.77 150 230 Tm (CONTOH) Tj ET Q",
        f"BT /F1 16 Tf 60 770 Td 20 TL ({_escaped(title)}) Tj T* T* /F1 11 Tf",
        *[f"({_escaped(line)}) Tj T*" for line in lines],
        "ET",
    ]
    stream = "\n".join(text).encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, len(content))
    )


def _escaped(line):
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
