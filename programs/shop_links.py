"""Links to shops, as people copy them from their phones. Read, never called."""

import re
from urllib.parse import urlsplit, urlunsplit

from programs.models import Shop

LONGEST = Shop._meta.get_field("url").max_length
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}")


def read_link(typed, marketplace):
    """The one way to write the link of a shop on ``marketplace``: https, without what tracks.

    ``ValueError`` with a sentence when it is no link, or leads to another place.
    """
    text = "".join(str(typed).split())
    example = _example(marketplace)
    if not SCHEME.match(text) or re.match(r"[^/]+:[0-9]+(?:/|$)", text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port = "", None
    is_web = host and parts.scheme in ("http", "https") and HOST.fullmatch(host)
    if not is_web or port or parts.username or "@" in parts.netloc:
        raise ValueError(f"Ini bukan tautan toko. {example}")
    if marketplace.hosts:
        host = re.sub(r"^(?:www|m)\.", "", host)
        if not any(host == known or host.endswith(f".{known}") for known in marketplace.hosts):
            raise ValueError(
                f"Tautan ini menuju {host[:60]}, bukan {marketplace}. Pilih lokapasar yang sesuai, "
                f"atau salin tautan dari aplikasi {marketplace}. {example}"
            )
    path = re.sub(r"/+$", "", parts.path)
    if marketplace.hosts and not path and host in marketplace.hosts:
        raise ValueError(f"Ini halaman depan {marketplace}, bukan toko Anda. {example}")
    # On a marketplace what follows the question mark only says who shared the link.
    query = "" if marketplace.hosts else parts.query
    link = urlunsplit(("https", host, path, query, ""))
    if len(link) > LONGEST:
        raise ValueError(f"Tautan paling panjang {LONGEST} huruf. Salin tautan toko saja.")
    return link


def _example(marketplace):
    host = marketplace.hosts[0] if marketplace.hosts else "tokosaya.co.id"
    return f"Contoh: https://{host}/nama-toko"
