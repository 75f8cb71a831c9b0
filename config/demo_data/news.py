"""News of the demo: what an officer would have told in these weeks. All of it is invented."""

from datetime import timedelta

from config.demo_data.clock import moment
from programs.models import News, Program

# Slug, days ago or None for a draft, program, title, summary, paragraphs.
NEWS = [
    (
        "pengajuan-bantuan-mesin-dibuka",
        3,
        "restrukturisasi-mesin",
        "Pengajuan penggantian mesin sedang dibuka",
        "IKM yang sudah membeli dan memasang mesin dapat mengajukan penggantian dari ponsel.",
        [
            "Periksa dahulu kelayakan usaha dan mesin Anda. Pemeriksaan ini tidak perlu akun dan "
            "selesai dalam beberapa menit.",
            "Siapkan NIB, faktur pajak, bukti transfer, dan foto mesin. Semua tahap gratis; "
            "kementerian tidak menunjuk perantara.",
        ],
    ),
    (
        "pendampingan-setelah-lokakarya",
        12,
        "e-smart-ikm",
        "Peserta e-Smart didampingi sampai 180 hari",
        "Setelah lokakarya, pendamping menghubungi peserta pada hari ke-30, ke-90, dan ke-180.",
        [
            "Pendamping menanyakan toko, pesanan, dan kendala berjualan. Peserta yang memerlukan "
            "bantuan lebih cepat dapat memintanya dari halaman e-Smart.",
            "Laporan penjualan bulanan membantu pendamping melihat siapa yang perlu dihubungi.",
        ],
    ),
    (
        "mitra-baru-untuk-smk",
        25,
        "link-and-match",
        "SMK dapat mencari perusahaan menurut kompetensi",
        "Halaman kemitraan menyarankan perusahaan yang membutuhkan lulusan di wilayah Anda.",
        [
            "Saran disusun dari kompetensi keahlian SMK dan kebutuhan yang ditulis perusahaan. "
            "Kedua pihak tetap memutuskan sendiri.",
        ],
    ),
    (
        "jadwal-layanan-akhir-tahun",
        None,
        None,
        "Jadwal layanan akhir tahun",
        "Jam layanan sekretariat pada hari libur dan cuti bersama.",
        ["Konsep: menunggu keputusan cuti bersama."],
    ),
]


def news_of_this_season(officers, *, today):
    programs = {program.slug: program for program in Program.objects.all()}
    for slug, days, program, title, summary, paragraphs in NEWS:
        day = today - timedelta(days=days or 0)
        News.objects.create(
            slug=slug,
            title=title,
            summary=summary,
            body="\n\n".join(paragraphs),
            program=programs.get(program),
            published_at=None if days is None else moment(day),
            written_at=moment(day),
            author=officers["ikma"],
        )
