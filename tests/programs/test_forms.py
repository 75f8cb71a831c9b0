from datetime import UTC, date, datetime

import pytest
from django import forms

from programs.forms import (
    DateField,
    GuidedForm,
    GuidedModelForm,
    KbliField,
    MomentField,
    NibField,
    NikField,
    NpsnField,
    NpwpField,
    PhoneField,
    RupiahField,
    UploadField,
)
from programs.models import Organization
from programs.uploads import AcceptedFile
from tests.programs.evil_files import pdf, picture, upload

DAY = date(2026, 8, 17)


class MachineForm(GuidedForm):
    groups = [("Mesin", ["name", "price"]), ("Pembelian", ["bought_on", "seller_npwp"])]

    name = forms.CharField(label="Nama mesin")
    price = RupiahField(label="Harga per unit", min_value=1000, max_value=5_000_000_000)
    bought_on = DateField(label="Tanggal beli")
    seller_npwp = NpwpField(label="NPWP penjual", required=False)
    owner_nik = NikField(label="NIK pemilik", required=False)
    invoice = UploadField(label="Faktur pajak")
    agreed = forms.BooleanField(label="Pernyataan")
    origin = forms.ChoiceField(label="Asal mesin", choices=[("DN", "dalam negeri")])


def machine(files=None, **typed):
    data = {
        "name": "Mesin jahit",
        "price": "25.000.000",
        "bought_on": "17 Agustus 2026",
        "agreed": "on",
        "origin": "DN",
        **typed,
    }
    return MachineForm(data, files or {"invoice": upload(pdf(), "Faktur.pdf")})


def cleaned(field, typed):
    return field.clean(typed)


def refusal(field, typed):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages


def test_a_form_gives_values_and_not_what_was_typed():
    form = machine()

    assert form.errors == {}
    assert (form.cleaned_data["price"], form.cleaned_data["bought_on"]) == (25_000_000, DAY)
    assert isinstance(form.cleaned_data["invoice"], AcceptedFile)
    assert form.cleaned_data["invoice"].name == "Faktur.pdf"
    assert form.cleaned_data["seller_npwp"] == ""


def test_an_empty_field_is_asked_for_by_name():
    form = MachineForm({}, {})

    assert dict(form.errors.items()) == {
        "name": ["Isi nama mesin."],
        "price": ["Isi harga per unit."],
        "bought_on": ["Isi tanggal beli."],
        "invoice": ["Unggah faktur pajak."],
        "agreed": ["Centang pernyataan untuk melanjutkan."],
        "origin": ["Pilih asal mesin."],
    }


def test_words_of_the_field_itself_are_left_alone():
    class OwnWords(GuidedForm):
        nib = NibField(label="NIB", error_messages={"required": "Tulis NIB dari OSS."})
        npwp = NpwpField(label="NPWP usaha:")
        is_new = forms.ChoiceField(label="Apakah mesin ini baru?", choices=[("ya", "Ya")])

    assert OwnWords({}).errors == {
        "nib": ["Tulis NIB dari OSS."],
        "npwp": ["Isi NPWP usaha."],
        "is_new": ["Pilih apakah mesin ini baru."],
    }


def test_an_error_says_what_was_typed_and_the_rest_of_the_form_stays():
    form = machine(price="25,5 juta", bought_on="31/2/2026")

    assert form.errors == {
        "price": ["Tulis angka lengkap tanpa kata, misalnya 25.500.000. Anda menulis “25,5 juta”."],
        "bought_on": [
            "Tanggal 31 tidak ada di bulan itu. Periksa lagi tanggalnya. Anda menulis “31/2/2026”."
        ],
    }
    assert 'value="25,5 juta"' in str(form["price"])
    assert 'value="Mesin jahit"' in str(form["name"])
    assert 'aria-invalid="true"' in str(form["price"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("999", "Tulis paling sedikit 1.000. Anda menulis 999."),
        ("5.000.000.001", "Tulis paling banyak 5.000.000.000. Anda menulis 5.000.000.001."),
    ],
)
def test_an_amount_out_of_bounds_is_told_the_bound(typed, sentence):
    assert machine(price=typed).errors == {"price": [sentence]}


def test_an_amount_is_shown_with_dots_and_asks_for_the_keypad():
    field = str(MachineForm(initial={"price": 25_000_000, "bought_on": DAY})["price"])

    for part in ('value="25.000.000"', 'inputmode="numeric"', "data-rupiah", 'autocomplete="off"'):
        assert part in field


def test_an_amount_of_nothing_is_none_and_an_amount_of_zero_is_zero():
    assert cleaned(RupiahField(required=False), " ") is None
    assert cleaned(RupiahField(), "0") == 0


def test_a_day_is_shown_as_it_may_be_typed():
    assert 'value="17/08/2026"' in str(MachineForm(initial={"bought_on": DAY})["bought_on"])


@pytest.mark.parametrize("typed", ["17/08/2026", "17-8-2026", "2026-08-17", "17 Agustus 2026"])
def test_a_day_may_be_typed_in_four_ways(typed):
    assert cleaned(DateField(), typed) == DAY


def test_what_is_no_day_is_answered_with_an_example():
    assert refusal(DateField(), "kemarin") == [
        "Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026. Anda menulis “kemarin”."
    ]


def test_an_hour_is_read_and_shown_in_the_ministrys_time_zone():
    nine_thirty = datetime(2026, 8, 17, 2, 30, tzinfo=UTC)

    assert cleaned(MomentField(), "17/08/2026 09.30") == nine_thirty
    assert cleaned(MomentField(), "17/08/2026 10.30 WITA") == nine_thirty
    assert cleaned(MomentField(required=False), " ") is None
    assert MomentField().prepare_value(nine_thirty) == "17/08/2026 09.30"
    assert not MomentField().has_changed(nine_thirty, "17/08/2026 09.30")


def test_a_form_that_was_only_looked_at_has_not_changed():
    initial = {"price": 25_000_000, "bought_on": DAY, "seller_npwp": "0013121660091000"}
    form = MachineForm(
        {"price": "25.000.000", "bought_on": "17/08/2026", "seller_npwp": "01.312.166.0-091.000"},
        initial=initial,
    )

    assert set(form.changed_data) & set(initial) == set()


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (NikField(), "1375 0102 0384 0003", "1375010203840003"),
        (NpwpField(), "01.312.166.0-091.000", "0013121660091000"),
        (NibField(), "9120 0012 34567", "9120001234567"),
        (KbliField(), " 14111 ", "14111"),
        (NpsnField(), "p9908123", "P9908123"),
        (PhoneField(), "62812-3456-7890", "+6281234567890"),
    ],
)
def test_numbers_that_name_something_are_stored_in_one_way(field, typed, value):
    assert cleaned(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (
            NikField(),
            "137501",
            "NIK harus 16 angka. Contoh: 1375010203040003. Anda menulis 6 angka.",
        ),
        (NibField(), "91200", "NIB harus 13 angka. Contoh: 9120001234567. Anda menulis 5 angka."),
        (
            PhoneField(),
            "0812",
            "Tulis nomor telepon lengkap, 10 sampai 13 angka untuk ponsel. "
            "Contoh: 0812 3456 7890 atau 021 525 5509. Anda menulis “0812”.",
        ),
    ],
)
def test_a_wrong_number_is_answered_in_words(field, typed, said):
    assert refusal(field, typed) == [said]


def test_an_optional_number_may_stay_empty():
    assert cleaned(NikField(required=False), "") == ""
    assert cleaned(PhoneField(required=False), None) == ""


def test_an_npwp_is_shown_with_its_dots_unless_it_is_still_being_corrected():
    field = NpwpField()

    assert field.prepare_value("0013121660091000") == "01.312.166.0-091.000"
    assert field.prepare_value("01312") == "01312"
    assert field.prepare_value(None) is None


def test_doubts_are_told_and_do_not_block():
    form = machine(owner_nik="9975010203840003", seller_npwp="1375010203840003")

    assert form.is_valid()
    assert form.warnings == {
        "owner_nik": ["Dua angka pertama NIK (99) bukan kode provinsi yang kami kenal."]
    }
    assert machine().warnings == {}


def test_fields_come_in_groups_and_none_is_lost():
    groups = MachineForm().field_groups()

    assert [(title, [field.name for field in fields]) for title, fields in groups] == [
        ("Mesin", ["name", "price"]),
        ("Pembelian", ["bought_on", "seller_npwp"]),
        ("", ["owner_nik", "invoice", "agreed", "origin"]),
    ]


def test_a_form_without_groups_is_one_group():
    class OneField(GuidedForm):
        nib = NibField()

    assert [(title, len(fields)) for title, fields in OneField().field_groups()] == [("", 1)]


def test_a_phone_shows_the_keyboard_that_fits():
    class Contact(GuidedForm):
        phone = PhoneField()
        email = forms.EmailField()
        workers = forms.IntegerField()

    form = Contact()

    for part in ('type="tel"', 'inputmode="tel"', 'autocomplete="tel"'):
        assert part in str(form["phone"])
    assert 'autocomplete="email"' in str(form["email"])
    assert 'inputmode="numeric"' in str(form["workers"])


def test_a_model_form_has_the_same_manners():
    class OrganizationForm(GuidedModelForm):
        nib = NibField(label="NIB")

        class Meta:
            model = Organization
            fields = ["name", "nib"]

    form = OrganizationForm({"nib": "123"})

    assert form.errors == {
        "name": ["Isi nama."],
        "nib": ["NIB harus 13 angka. Contoh: 9120001234567. Anda menulis 3 angka."],
    }


# --- Uploads -------------------------------------------------------------------------------------


def test_a_refused_file_is_answered_in_words_and_the_rest_of_the_form_stays():
    form = machine(files={"invoice": upload(b"<!doctype html>", "faktur.jpg")})

    assert form.errors == {
        "invoice": [
            "Isi berkas ini halaman web, bukan PDF atau foto JPG dan PNG, apa pun akhiran namanya. "
            "Buka berkas aslinya, lalu simpan sebagai PDF atau JPG."
        ]
    }
    assert form.cleaned_data["price"] == 25_000_000


def test_an_empty_file_is_answered_in_our_words():
    assert refusal(UploadField(), upload(b"")) == [
        "Berkas ini kosong (0 bita). Pilih lagi berkas yang ada isinya."
    ]


def test_a_photo_field_takes_photos_and_opens_the_camera():
    field = UploadField(allow=("image",), keep_location=True, camera=True)

    assert cleaned(field, upload(picture(), "foto.jpg")).extension == ".jpg"
    assert refusal(field, upload(pdf())) == [
        "Bagian ini hanya menerima foto. Potret atau simpan sebagai JPG."
    ]
    assert field.widget.attrs["accept"] == "image/*"
    assert field.widget.attrs["capture"] == "environment"
    assert field.widget.attrs["data-max-bytes"] == 15 * 1024 * 1024


def test_a_document_field_takes_both_and_lets_people_choose():
    attrs = UploadField().widget.attrs

    assert attrs["accept"] == ".pdf,image/*"
    assert "capture" not in attrs
    assert 'data-max-bytes="15728640"' in str(MachineForm()["invoice"])
    assert UploadField(allow=("pdf",)).widget.attrs["data-max-bytes"] == 5 * 1024 * 1024


def test_an_optional_file_may_stay_away_and_an_old_one_stays():
    assert UploadField(required=False).clean(None) is None
    assert UploadField().clean(None, "faktur-lama.pdf") == "faktur-lama.pdf"
