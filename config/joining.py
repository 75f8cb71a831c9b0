"""Where somebody takes part in a program: the only place that knows which service serves which."""

from dataclasses import dataclass

from django.urls import reverse

EVENTS = "training:event_list"
# By the program's address: what the button says, the page, and what narrows that page. The first
# is the way in. Programs without an entry are joined through their unit, not on this site.
WAYS = {
    "link-and-match": [
        ("Lihat cara bekerja sama", "partnerships:about", ""),
        ("Usulkan kerja sama", "partnerships:agreement_list", ""),
    ],
    "diklat-3in1": [("Lihat angkatan yang dibuka", "training:diklat_list", "")],
    "bimtek-aparatur": [("Lihat jadwal bimtek", EVENTS, "?jenis=BIMTEK")],
    "e-smart-ikm": [
        ("Daftarkan usaha Anda", "esmart:about", ""),
        ("Lihat katalog produk IKM", "esmart:catalogue", ""),
    ],
    "restrukturisasi-mesin": [
        ("Cek kelayakan usaha Anda", "subsidies:eligibility", ""),
        ("Lihat pengajuan yang dibuka", "subsidies:scheme_list", ""),
    ],
    "webinar-ikm": [("Lihat jadwal webinar", EVENTS, "?jenis=WEBINAR")],
    "wirausaha-baru": [("Lihat jadwal pelatihan", EVENTS, "")],
    "bangga-buatan-indonesia": [("Lihat kampanye", "esmart:campaign_list", "")],
    "pelatihan-bpifk": [("Lihat jadwal pelatihan", EVENTS, "")],
}


@dataclass
class Way:
    words: str
    url: str


def ways_into(program):
    """The services of this site through which one takes part in ``program``, the way in first."""
    return [Way(words, reverse(name) + query) for words, name, query in WAYS.get(program.slug, [])]
