import hashlib
import io
import tracemalloc
from datetime import datetime, timedelta, timezone

import pikepdf
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from pikepdf import Array, Dictionary, Name, String
from PIL import ExifTags, Image

from programs.uploads import (
    MAX_STORED,
    MB,
    UploadRefused,
    accept_table,
    accept_upload,
    clean_name,
)
from tests.programs.evil_files import (
    PNG,
    archive,
    flate_bomb,
    noise,
    pdf,
    pdf_with_object_stream,
    picture,
    png_bomb,
    png_header_only,
    upload,
)


def refusal(content, name="berkas.pdf", **options):
    with pytest.raises(UploadRefused) as refused:
        accept_upload(upload(content, name), **options)
    return str(refused.value)


def decoded(accepted):
    return Image.open(io.BytesIO(accepted.content))


# --- What is accepted ----------------------------------------------------------------------------


def test_a_pdf_is_kept_byte_for_byte_so_that_its_signature_stays_valid():
    content = pdf(pages=3)

    accepted = accept_upload(upload(content, "Faktur pajak.PDF"))

    assert accepted.content == content
    assert accepted.sha256 == hashlib.sha256(content).hexdigest()
    assert (accepted.name, accepted.content_type, accepted.extension, accepted.pages) == (
        "Faktur pajak.PDF", "application/pdf", ".pdf", 3,
    )  # fmt: skip
    assert (accepted.size, accepted.width, accepted.location) == (len(content), None, None)


def test_a_photo_is_written_anew_and_made_smaller():
    accepted = accept_upload(upload(picture((4000, 3000)), "foto.jpeg"))

    assert decoded(accepted).size == (accepted.width, accepted.height) == (2000, 1500)
    assert (accepted.name, accepted.content_type, accepted.extension, accepted.pages) == (
        "foto.jpeg", "image/jpeg", ".jpg", None,
    )  # fmt: skip
    assert decoded(accepted).info["progressive"]
    assert accepted.sha256 == hashlib.sha256(accepted.content).hexdigest()


def test_a_large_photo_from_a_telephone_becomes_small_enough():
    content = noise((3600, 2700), quality=95)
    assert 5 * MB < len(content) < 15 * MB

    accepted = accept_upload(upload(content, "pelat.jpg"))

    assert accepted.size <= MAX_STORED


def test_a_photo_with_a_second_picture_inside_is_just_a_photo():
    target = io.BytesIO()
    Image.new("RGB", (600, 400)).save(
        target, "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))]
    )

    accepted = accept_upload(upload(target.getvalue(), "foto.jpg"))

    assert (decoded(accepted).format, decoded(accepted).size) == ("JPEG", (600, 400))


def test_what_is_appended_to_a_photo_is_gone():
    accepted = accept_upload(upload(picture() + b"<script>alert(1)</script>", "foto.jpg"))

    assert b"script" not in accepted.content


def test_the_kind_is_told_by_content_and_the_name_follows():
    assert accept_upload(upload(picture(), "scan.exe")).name == "scan.jpg"
    assert accept_upload(upload(pdf(), "foto.jpg")).name == "foto.pdf"
    assert accept_upload(upload(picture(kind="WEBP"), "foto.webp")).name == "foto.jpg"


def test_a_transparent_png_stays_png_and_an_opaque_one_becomes_jpeg():
    logo = accept_upload(upload(picture(mode="RGBA", color=(0, 0, 0, 0), kind=PNG), "logo.png"))
    scan = accept_upload(upload(picture(kind=PNG), "scan.png"))

    assert (logo.extension, decoded(logo).getpixel((0, 0))) == (".png", (0, 0, 0, 0))
    assert (scan.extension, scan.name) == (".jpg", "scan.jpg")


def test_a_black_and_white_scan_stays_png():
    accepted = accept_upload(upload(picture(mode="1", color=1, kind=PNG), "scan.png"))

    assert (accepted.extension, decoded(accepted).mode) == (".png", "1")


def test_a_transparent_picture_too_large_for_png_lies_on_white_paper():
    target = io.BytesIO()
    grain = Image.effect_noise((1500, 1500), 90)
    Image.merge("RGBA", [grain, grain.rotate(90), grain.rotate(180), grain.rotate(270)]).save(
        target, "WEBP", quality=80
    )

    accepted = accept_upload(upload(target.getvalue(), "foto.webp"))

    assert (accepted.extension, decoded(accepted).mode) == (".jpg", "RGB")
    assert accepted.size <= MAX_STORED


@pytest.mark.parametrize(
    ("mode", "color", "kind"),
    [("CMYK", (0, 255, 255, 0), "JPEG"), ("L", 90, "JPEG"), ("P", 3, PNG), ("I;16", 30000, PNG),
     ("LA", (9, 99), PNG)],
)  # fmt: skip
def test_pictures_in_any_colour_model_are_accepted(mode, color, kind):
    accepted = accept_upload(upload(picture(mode=mode, color=color, kind=kind), "foto"))

    assert decoded(accepted).size == (600, 400)


def test_16_bit_grey_keeps_its_brightness():
    accepted = accept_upload(upload(picture(mode="I;16", color=30000, kind=PNG), "scan.png"))

    assert abs(decoded(accepted).getpixel((5, 5)) - 117) <= 2


# --- Place and time of a shot --------------------------------------------------------------------


def photo_from_padang(**changes):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "KameraContoh"
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: "2026:08:12 09:30:00",
            ExifTags.Base.OffsetTimeOriginal: "+07:00",
        }
    )
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "S",
            ExifTags.GPS.GPSLatitude: (0.0, 57.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (100.0, 21.0, 36.0),
            ExifTags.GPS.GPSDateStamp: "2026:08:12",
            ExifTags.GPS.GPSTimeStamp: (2.0, 31.0, 0.0),
        }
    )
    for ifd in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
        for tag, value in changes.get(ifd.name, {}).items():
            exif.get_ifd(ifd).pop(tag)
            if value is not None:
                exif.get_ifd(ifd)[tag] = value
    return upload(picture(exif=exif), "kunjungan.jpg")


def test_a_photo_stands_upright_and_tells_nobody_where_it_was_taken():
    accepted = accept_upload(photo_from_padang())

    assert (accepted.width, accepted.height) == (400, 600)
    assert (accepted.location, accepted.taken_at) == (None, None)
    assert len(decoded(accepted).getexif()) == 0
    assert b"KameraContoh" not in accepted.content
    assert "exif" not in decoded(accepted).info


def test_the_place_of_a_visit_is_kept_beside_the_photo_and_not_in_it():
    accepted = accept_upload(photo_from_padang(), keep_location=True)

    assert accepted.location == (-0.95, 100.36)
    assert accepted.taken_at == datetime(2026, 8, 12, 9, 30, tzinfo=timezone(timedelta(hours=7)))
    assert len(decoded(accepted).getexif()) == 0


def test_without_a_zone_the_camera_is_taken_to_run_on_our_time():
    photo = photo_from_padang(Exif={ExifTags.Base.OffsetTimeOriginal: None})

    accepted = accept_upload(photo, keep_location=True)

    assert accepted.taken_at == datetime(2026, 8, 12, 9, 30, tzinfo=timezone(timedelta(hours=7)))


def test_without_a_clock_the_time_of_the_satellites_counts():
    photo = photo_from_padang(Exif={ExifTags.Base.DateTimeOriginal: "    :  :     :  :  "})

    accepted = accept_upload(photo, keep_location=True)

    assert accepted.taken_at == datetime(2026, 8, 12, 2, 31, tzinfo=timezone.utc)  # noqa: UP017


@pytest.mark.parametrize(
    "garbled",
    [
        {ExifTags.GPS.GPSLatitude: None},
        {ExifTags.GPS.GPSLatitude: (95.0, 0.0, 0.0)},
        {ExifTags.GPS.GPSLatitude: (0.0, 0.0, 0.0), ExifTags.GPS.GPSLongitude: (0.0, 0.0, 0.0)},
        {ExifTags.GPS.GPSLatitude: (7.0,)},
    ],
)
def test_a_garbled_place_is_no_place_and_no_reason_to_refuse(garbled):
    accepted = accept_upload(photo_from_padang(GPSInfo=garbled), keep_location=True)

    assert accepted.location is None
    assert accepted.taken_at is not None


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_photo_with_garbage_for_exif_is_still_a_photo():
    content = picture(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xee" * 40)

    accepted = accept_upload(upload(content, "foto.jpg"), keep_location=True)

    assert (accepted.width, accepted.location, accepted.taken_at) == (600, None, None)


# --- Too large -----------------------------------------------------------------------------------


def test_a_pdf_of_12_mb_is_answered_with_its_size_and_what_to_do():
    assert refusal(pdf() + b"%" * (12 * MB - len(pdf()))) == (
        "Berkas ini berukuran 12 MB, paling besar 5 MB. Potret ulang dengan mutu sedang atau "
        "pindai sebagai PDF hitam putih."
    )


def test_a_pdf_just_over_the_limit_does_not_look_equal_to_it():
    assert "berukuran 5,1 MB, paling besar 5 MB" in refusal(b"%PDF-" + b" " * (5 * MB))


def test_a_photo_of_16_mb_is_answered_with_its_size():
    assert refusal(picture() + bytes(16 * MB - len(picture())), "foto.jpg").startswith(
        "Foto ini berukuran 16 MB, paling besar 15 MB."
    )


def test_a_file_of_30_mb_is_refused_without_reading_it():
    with TemporaryUploadedFile("besar.pdf", "application/pdf", 30 * MB, None) as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(30 * MB)
        tracemalloc.start()
        with pytest.raises(UploadRefused, match="berukuran 30 MB, paling besar 5 MB"):
            accept_upload(file)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert most < MB


def test_a_size_that_is_not_true_helps_nobody():
    file = upload(b"%PDF-" + b" " * (9 * MB))
    file.size = 10

    with pytest.raises(UploadRefused, match="paling besar 5 MB"):
        accept_upload(file)


def test_a_picture_of_200_megapixels_is_refused_by_its_header():
    assert refusal(png_header_only(20_000, 10_000), "foto.png").startswith(
        "Ukuran gambar ini terlalu besar, lebih dari yang dapat kami buka."
    )
    assert refusal(png_bomb(7000), "foto.png").startswith("Ukuran gambar ini 49 megapiksel,")


def test_the_largest_photo_of_todays_telephones_is_accepted():
    accepted = accept_upload(upload(picture((9248, 6936)), "64-megapiksel.jpg"))

    assert (accepted.width, accepted.height) == (2000, 1500)


def test_a_pdf_of_101_pages_is_refused():
    assert accept_upload(upload(pdf(pages=100))).pages == 100
    assert refusal(pdf(pages=101)).startswith("PDF ini berisi 101 halaman, paling banyak 100.")


# --- Not what it claims to be --------------------------------------------------------------------


def test_an_empty_file_is_refused():
    assert refusal(b"") == ("Berkas ini kosong (0 bita). Pilih lagi berkas yang ada isinya.")


@pytest.mark.parametrize(
    ("content", "description"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "halaman web"),
        (b"\n <!-- x --> <html>", "halaman web"),
        (b"<script>alert(1)</script>", "halaman web"),
        (b'<?xml version="1.0"?><html xmlns="x">', "halaman web"),
        (b'<svg onload="alert(1)">', "gambar SVG"),
        (b'<?xml version="1.0"?>\n<!-- a --><svg>', "gambar SVG"),
        (archive({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "dokumen Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "dokumen Word"),
        (b"{\\rtf1 hallo}", "dokumen RTF"),
        (archive({"foto.jpg": bytes(9_000_000)}), "arsip (ZIP)"),
        (b"Rar!\x1a\x07\x01\0", "arsip (ZIP)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "foto HEIC"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
        (b"GIF89a" + bytes(99), "gambar GIF"),
        (b"II*\0" + bytes(99), "gambar GIF"),
        (b"MZ\x90\0" + bytes(99), "program komputer"),
        (b"\x7fELF" + bytes(99), "program komputer"),
    ],
)
def test_a_file_in_disguise_is_called_by_its_real_name(content, description):
    sentence = refusal(content, "foto.jpg")

    assert sentence.startswith(f"Isi berkas ini {description}")
    assert "bukan PDF atau foto JPG dan PNG, apa pun akhiran namanya." in sentence


def test_what_nobody_knows_is_refused():
    assert refusal(b"halo", "foto.jpg").startswith("Isi berkas ini tidak dikenal, bukan PDF atau")


def test_a_place_for_photos_takes_no_pdf_and_the_other_way_round():
    assert refusal(pdf(), allow=("image",)).startswith("Bagian ini hanya menerima foto.")
    assert refusal(picture(), allow=("pdf",)).startswith("Bagian ini hanya menerima PDF.")
    assert "bukan foto JPG atau PNG," in refusal(b"GIF89a", allow=("image",))
    assert "bukan PDF," in refusal(b"GIF89a", allow=("pdf",))


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0" + bytes(500),
        b"\xff\xd8\xff<script>alert(1)</script>",
        noise((900, 900))[:20_000],
        png_header_only(10, 10),
        b"RIFF\x10\0\0\0WEBPVP8 ",
    ],
    ids=["zeros", "script", "cut off", "header only", "webp without end"],
)
def test_a_picture_that_breaks_off_is_refused(content):
    assert refusal(content, "foto.jpg").startswith("Foto ini rusak atau tidak lengkap.")


# --- PDFs that do more than lie still ------------------------------------------------------------


def javascript():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def open_action(document):
    document.Root.OpenAction = javascript()


def script_of_the_document(document):
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), document.make_indirect(javascript())]))
    )


def script_on_a_button(document):
    button = document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], A=javascript())
    )
    document.Root.AcroForm = Dictionary(Fields=Array([button]))
    document.pages[0].Annots = document.make_indirect(Array([button]))


def launch(document):
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def additional_actions(document):
    document.Root.AA = Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))


def page_actions(document):
    document.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("x")))


def submit_form(document):
    document.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("x"))


def attachment(document):
    document.attachments["faktur.exe"] = b"MZ"


def attachment_on_a_page(document):
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = Array([note])


def dynamic_form(document):
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (open_action, "PDF ini berisi program (JavaScript)"),
        (script_of_the_document, "PDF ini berisi program (JavaScript)"),
        (script_on_a_button, "PDF ini berisi program (JavaScript)"),
        (launch, "PDF ini mencoba menjalankan program lain"),
        (additional_actions, "PDF ini berisi perintah otomatis"),
        (page_actions, "PDF ini berisi perintah otomatis"),
        (submit_form, "PDF ini berisi perintah otomatis"),
        (attachment, "PDF ini membawa berkas lain di dalamnya"),
        (attachment_on_a_page, "PDF ini membawa berkas lain di dalamnya"),
        (dynamic_form, "PDF ini formulir dinamis (XFA)"),
    ],
)
@pytest.mark.parametrize(
    "packing", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_a_pdf_that_could_act_by_itself_is_refused(harm, said, packing):
    assert refusal(pdf(harm, object_stream_mode=packing)).startswith(said)


def test_each_kind_of_harm_has_words_of_its_own():
    harms = [open_action, launch, additional_actions, attachment, dynamic_form]

    assert len({refusal(pdf(harm)) for harm in harms}) == 5


def links(document):
    page = document.pages[0]
    document.Root.OpenAction = Array([page.obj, Name.Fit])
    document.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([])), EmbeddedFiles=Dictionary(Names=Array([]))
    )
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=String("mailto:dinas@kota.example")),
    )  # fmt: skip
    page.Annots = Array([link])


def signature(document):
    field = Dictionary(
        FT=Name.Sig, T=String("TTE"), V=Dictionary(Type=Name.Sig, Contents=String("x"))
    )
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]), SigFlags=3)


@pytest.mark.parametrize("harmless", [links, signature])
def test_a_pdf_with_links_or_a_signature_is_welcome(harmless):
    assert accept_upload(upload(pdf(harmless))).pages == 1


@pytest.mark.parametrize("passwords", [{"user": "a", "owner": "b"}, {"user": "", "owner": "b"}])
def test_a_pdf_with_a_password_is_refused(passwords):
    content = pdf(encryption=pikepdf.Encryption(**passwords))

    assert refusal(content).startswith("PDF ini dikunci dengan kata sandi.")


def no_pages(document):
    del document.pages[0]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4\nhalo", pdf()[: len(pdf()) // 3], pdf(no_pages)],
    ids=["words", "cut off", "no pages"],
)
def test_a_broken_pdf_is_refused(content):
    assert refusal(content).startswith("PDF ini rusak atau tidak lengkap.")


def test_a_pdf_that_unpacks_to_gigabytes_is_refused():
    content = pdf_with_object_stream(flate_bomb(megabytes=150), b"FlateDecode")
    assert len(content) < MB

    assert refusal(content).startswith("PDF ini rusak atau tidak lengkap.")


def test_a_pdf_with_an_ordinary_object_stream_is_accepted():
    content = pdf_with_object_stream(flate_bomb(megabytes=1), b"FlateDecode")

    assert accept_upload(upload(content)).pages == 1


def test_a_page_of_html_before_the_pdf_is_no_pdf():
    assert "halaman web" in refusal(b"<html>" + pdf())


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("faktur.pdf", "faktur.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\siti\\Faktur pajak.pdf", "Faktur pajak.pdf"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\x00b\r\nc\u200b.pdf", "ab c.pdf"),
        ("  banyak   spasi .pdf", "banyak spasi.pdf"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("", "berkas"),
        (None, "berkas"),
        ("..", "berkas"),
        ("/", "berkas"),
        (".htaccess", "htaccess"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_tricks(typed, shown):
    assert clean_name(typed) == shown


def test_no_name_is_longer_than_its_column():
    accepted = accept_upload(upload(picture(), "x" * 90 + "." + "y" * 90))

    assert len(accepted.name) <= 120
    assert accepted.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("content", "name", "kept_as"),
    [
        (b"Name,Join Time\n", "participants_812.csv", "participants_812.csv"),
        (b"PK\x03\x04 and so on", "laporan.csv", "laporan.xlsx"),
        (b"a;b", "", "berkas.csv"),
    ],
)
def test_a_table_is_kept_as_it_came_under_its_true_ending(content, name, kept_as):
    accepted = accept_table(name, content)

    assert (accepted.name, accepted.content, accepted.size) == (kept_as, content, len(content))
    assert accepted.sha256 == hashlib.sha256(content).hexdigest()
