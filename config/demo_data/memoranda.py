"""The wider frame of link and match as the source documents tell it; what they leave out is empty.

Reference, not invention: each names its source, and what has to be asked of the archive is a
follow-up of its own.
"""

from datetime import date

from partnerships.enums import MemorandumKind
from partnerships.models import Memorandum

KONTAN = "Kontan, “Kemenperin ajak Jepang kembangkan IKM lokal”, 21 Maret 2017"
FOUR_PROGRAMS = (
    "Berita tentang empat program kerja Kementerian Perindustrian pada masa Menteri Agus Gumiwang "
    "Kartasasmita; tanggal terbitnya belum diketahui"
)

MEMORANDA = [
    {
        "kind": MemorandumKind.MINISTRIES,
        "title": "Nota kesepahaman lima kementerian tentang penguatan vokasi",
        "number": "668/M-IND/11/2016",
        "signed_on": date(2016, 11, 29),
        "scope": "Sinergi jalur pendidikan, pelatihan, pemagangan, dan sertifikasi untuk "
        "meningkatkan kompetensi tenaga kerja Indonesia. Menjadi dasar pembinaan SMK yang link and "
        "match dengan industri (Permenperin 03/M-IND/PER/1/2017).",
        "source": "kiw.co.id, pembinaan dan pengembangan SMK berbasis kompetensi; Kontan, "
        "21 Maret 2017",
        "parties": [("Kementerian Perindustrian", "Indonesia")],
        "follow_ups": [
            "Lengkapi nama dan nomor keempat kementerian lain serta masa berlakunya dari naskah "
            "asli, lalu unggah pindaiannya.",
        ],
    },
    {
        "kind": MemorandumKind.FOREIGN,
        "title": "Kerja sama dengan Japan External Trade Organization (JETRO)",
        "scope": "Peningkatan kerja sama Indonesia dan Jepang di sektor industri kecil dan "
        "menengah dengan menggandeng JETRO: pelaku IKM Jepang bermitra dengan pengusaha nasional. "
        "Kementerian juga meminta peningkatan kerja sama pendidikan vokasi industri.",
        "source": KONTAN,
        "parties": [
            ("Kementerian Perindustrian", "Indonesia"),
            ("Japan External Trade Organization (JETRO)", "Jepang"),
        ],
        "follow_ups": ["Pastikan apakah sudah ada naskah yang ditandatangani, dan kapan."],
    },
    {
        "kind": MemorandumKind.FOREIGN,
        "title": "Kerja sama pendidikan vokasi industri dengan Swiss",
        "scope": "Membangun sekolah vokasi industri berbasis kompetensi yang diadopsi dari Swiss.",
        "source": FOUR_PROGRAMS,
        "parties": [("Kementerian Perindustrian", "Indonesia"), ("Swiss", "Swiss")],
        "follow_ups": ["Catat lembaga mitra, nomor, dan masa berlaku dari naskahnya."],
    },
    {
        "kind": MemorandumKind.FOREIGN,
        "title": "Kerja sama pendidikan vokasi industri dengan Jerman",
        "scope": "Membangun sekolah vokasi industri berbasis kompetensi yang diadopsi dari Jerman.",
        "source": FOUR_PROGRAMS,
        "parties": [("Kementerian Perindustrian", "Indonesia"), ("Jerman", "Jerman")],
        "follow_ups": ["Catat lembaga mitra, nomor, dan masa berlaku dari naskahnya."],
    },
    {
        "kind": MemorandumKind.EVENT,
        "title": "Indonesia negara mitra resmi Hannover Messe 2020",
        "scope": "Memperkenalkan peta jalan Making Indonesia 4.0 ke seluruh dunia dan mendorong "
        "investasi untuk manufaktur dan infrastruktur digital, sebagai negara mitra resmi pameran.",
        "source": FOUR_PROGRAMS,
        "parties": [("Kementerian Perindustrian", "Indonesia"), ("Jerman", "Jerman")],
        "follow_ups": [],
    },
]


def enter_memoranda(by):
    """Enter what is missing; ``by`` answers for the follow-ups. Safe to run twice."""
    return [_enter(dict(facts), by) for facts in MEMORANDA]


def _enter(facts, by):
    parties, follow_ups = facts.pop("parties"), facts.pop("follow_ups")
    memorandum, is_new = Memorandum.objects.get_or_create(title=facts.pop("title"), defaults=facts)
    if is_new:
        for name, country in parties:
            memorandum.parties.create(name=name, country=country)
        for task in follow_ups:
            memorandum.follow_ups.create(task=task, responsible=by)
    return memorandum
