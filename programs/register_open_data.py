"""What the register gives to everybody: regions, programs, and the list of indicators."""

from programs.enums import Audience, Counting
from programs.models import Indicator, Program, Region
from programs.open_data import DAY, NUMBER, Column, Dataset, offer, words_for, yes_or_no

_audience = words_for(Audience)

offer(
    Dataset(
        slug="wilayah",
        title="Provinsi, kabupaten, dan kota",
        about="Wilayah administrasi dengan kode Kemendagri, seperti dipakai di semua data ini.",
        period="Keadaan sekarang",
        unit="wilayah",
        rows=Region.objects.all,
        key={"code": str},
        columns=(
            Column(
                "kode_wilayah", "Kode Kemendagri: dua angka provinsi, atau seperti 13.75.", "code"
            ),
            Column("wilayah", "Nama wilayah.", "name"),
            Column("jenis", "provinsi, kabupaten, atau kota.", "kind", read=words_for(Region.Kind)),
            Column("kode_provinsi", "Kode provinsinya; kosong untuk provinsi.", "province_id"),
            Column("provinsi", "Nama provinsinya; kosong untuk provinsi.", "province__name"),
            Column(
                "zona_waktu", "WIB, WITA, atau WIT.", "time_zone", read=words_for(Region.TimeZone)
            ),
            Column(
                "regional_bimtek",
                "Regional bimbingan teknis, 1 sampai 7.",
                "bimtek_region",
                NUMBER,
            ),
        ),
    ),
    Dataset(
        slug="program",
        title="Program pembinaan",
        about="Program kementerian untuk pendidikan vokasi industri dan IKM.",
        period="Keadaan sekarang",
        unit="program",
        rows=Program.objects.all,
        key={"id": int},
        columns=(
            Column("program", "Kode program, bagian akhir alamat halamannya.", "slug"),
            Column("nama", "Nama program.", "name"),
            Column("unit", "Unit kementerian yang bertanggung jawab.", "unit__name"),
            Column("ringkasan", "Isi program dalam satu kalimat.", "summary"),
            Column(
                "untuk",
                "Siapa yang dapat ikut; dipisah titik koma.",
                "audiences",
                read=lambda found: "; ".join(_audience(one) for one in found),
            ),
            Column("berjalan_sejak", "Hari program mulai, bila diketahui.", "began_on", DAY),
            Column("berjalan", "ya atau tidak.", "is_active", read=yes_or_no),
        ),
    ),
    Dataset(
        slug="indikator",
        title="Daftar indikator",
        about="Apa yang dihitung untuk setiap program. Angkanya ada di data tiap indikator.",
        period="Keadaan sekarang",
        unit="indikator",
        rows=Indicator.objects.all,
        key={"slug": str},
        columns=(
            Column("indikator", "Kode indikator, dipakai di alamat datanya.", "slug"),
            Column("nama", "Nama indikator.", "name"),
            Column("program", "Kode program.", "program__slug"),
            Column("satuan", "Satuan nilainya.", "unit"),
            Column("definisi", "Apa yang dihitung dan apa yang tidak.", "definition"),
            Column("sumber", "Unit atau sistem yang menghitung.", "source"),
            Column(
                "cara_menjumlahkan",
                "Bagaimana nilai tiap bulan menjadi angka yang diumumkan.",
                "counting",
                read=words_for(Counting),
            ),
        ),
    ),
)
