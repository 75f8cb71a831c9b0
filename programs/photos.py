"""Photos as we keep them: decoded and written anew, so that nothing but the picture remains."""

import struct
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import NamedTuple

from django.utils import timezone as django_timezone
from PIL import ExifTags, Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2000
# JPEG is scaled down while it is decoded; the others first need room for every pixel.
MAX_PIXELS = {"JPEG": 65_000_000, "PNG": 40_000_000, "WEBP": 40_000_000}
# Pillow's own guard, for what happens before we can ask for the size.
Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())

# Cameras leave out or garble any part of EXIF; a picture is not worse for it.
GARBLED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    struct.error,
    SyntaxError,
    TypeError,
    ValueError,
)


class PhotoBroken(Exception):
    """The picture cannot be decoded to its end."""


class PhotoTooLarge(Exception):
    """The picture has more pixels than we are willing to decode; ``pixels`` if we know how many."""

    def __init__(self, pixels=None):
        super().__init__(pixels)
        self.pixels = pixels


class Photo(NamedTuple):
    content: bytes
    extension: str
    width: int
    height: int
    location: tuple[float, float] | None
    taken_at: datetime | None


def reencode_photo(content, *, at_most, keep_location=False):
    """The upright picture, at most 2000 pixels wide or high and ``at_most`` bytes, without EXIF.

    Place and time of the shot are returned beside it where the caller has a use for them.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            pixels = image.width * image.height
            # Telephones hide a second picture in a JPEG (MPO); the first one is what we keep.
            if pixels > MAX_PIXELS[image.format.replace("MPO", "JPEG")]:
                raise PhotoTooLarge(pixels)
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            location, taken_at = _place_and_time(image) if keep_location else (None, None)
            picture = _scaled(_upright(image))
    except PhotoTooLarge:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoTooLarge from None
    except Exception as problem:  # a decoder that is fed hostile bytes may raise anything
        raise PhotoBroken(str(problem)) from problem
    content, extension = _written(picture, at_most)
    return Photo(content, extension, picture.width, picture.height, location, taken_at)


def _upright(image):
    try:
        return ImageOps.exif_transpose(image)
    except GARBLED:
        return image


def _scaled(image):
    if image.mode.startswith("I"):  # 16-bit grey, as some scanners write it
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    drawing = image.mode == "1" and max(image.size) <= LONGEST_SIDE
    if not drawing:
        if image.has_transparency_data:
            image = image.convert("RGBA")
        elif image.mode not in {"L", "RGB"}:
            image = image.convert("L" if image.mode == "1" else "RGB")
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Copied pixel by pixel into a new picture: whatever else the file carried stays behind.
    picture = Image.new(image.mode, image.size)
    picture.paste(image)
    return picture


def _written(picture, at_most):
    """PNG where JPEG would lose something (transparency, black and white), else JPEG."""
    if picture.mode in {"RGBA", "1"}:
        target = BytesIO()
        picture.save(target, "PNG")
        if target.tell() <= at_most:
            return target.getvalue(), ".png"
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture if picture.mode == "RGBA" else None)
        picture = paper
    for quality in (85, 75, 60, 40):
        target = BytesIO()
        picture.save(target, "JPEG", quality=quality, progressive=True, optimize=True)
        if target.tell() <= at_most:
            break
    return target.getvalue(), ".jpg"


def _place_and_time(image):
    try:
        exif = image.getexif()
        gps, details = exif.get_ifd(ExifTags.IFD.GPSInfo), exif.get_ifd(ExifTags.IFD.Exif)
    except GARBLED:
        return None, None
    return _place(gps), _time(details) or _satellite_time(gps)


def _place(gps):
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    except GARBLED:
        return None
    sound = abs(latitude) <= 90 and abs(longitude) <= 180
    # A camera without reception writes zeros: a point in the Atlantic.
    return (latitude, longitude) if sound and (latitude, longitude) != (0, 0) else None


def _degrees(parts, direction, negative):
    degrees, minutes, seconds = (float(part) for part in parts)
    size = round(degrees + minutes / 60 + seconds / 3600, 6)
    return -size if direction.upper().startswith(negative) else size


def _time(details):
    """The camera's clock; without its own time zone it is taken to be set to ours."""
    try:
        taken_at = datetime.strptime(  # noqa: DTZ007 (the zone follows)
            details[ExifTags.Base.DateTimeOriginal], "%Y:%m:%d %H:%M:%S"
        )
        offset = details.get(ExifTags.Base.OffsetTimeOriginal)
        if not offset:
            return django_timezone.make_aware(taken_at)
        hours, minutes = offset[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if offset[0] == "-" else 1)
        return taken_at.replace(tzinfo=timezone(offset))
    except GARBLED:
        return None


def _satellite_time(gps):
    try:
        day = gps[ExifTags.GPS.GPSDateStamp]
        clock = [int(part) for part in gps[ExifTags.GPS.GPSTimeStamp]]
        return datetime(*map(int, day.split(":")), *clock, tzinfo=UTC)
    except GARBLED:
        return None
