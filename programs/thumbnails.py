"""Photos that were handed in, as small pictures; drawn once, then kept in the cache for a day."""

from io import BytesIO

from django.core.cache import cache
from PIL import Image

KEPT_FOR = 24 * 60 * 60


def small_picture(document, size):
    """JPEG bytes of a stored photo, no larger than ``size`` (width, height in pixels).

    Whether the reader may see it is asked by the view.
    """
    key = f"programs.picture.{document.sha256}.{size[0]}x{size[1]}"
    content = cache.get(key)
    if content is None:
        content = _drawn(document, size)
        cache.set(key, content, KEPT_FOR)
    return content


def _drawn(document, size):
    # Written by ourselves when it was handed in (programs.photos), so it can be decoded here.
    with document.file.open("rb") as file, Image.open(file) as image:
        image.draft("RGB", size)
        picture = image.convert("RGB")
        picture.thumbnail(size)
        target = BytesIO()
        picture.save(target, "JPEG", quality=70)
    return target.getvalue()
