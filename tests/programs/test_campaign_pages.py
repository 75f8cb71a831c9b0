"""Campaigns on the desk (files in, progress, refusals out) and for everybody (joining, counts)."""

import datetime
from itertools import islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs import campaign_import, roles
from programs.admin import campaigns as pages
from programs.campaign_forms import ParticipantsFileForm
from programs.esmart_enums import ImportState
from programs.models import Campaign, CampaignImport, CampaignParticipation
from programs.transitions import TransitionNotAllowed
from programs.workflow import campaigns, esmart_figures
from tests.factories.esmart import CampaignFactory
from tests.factories.programs import (
    IkmFactory,
    ProvinceFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.people import body_of, sign_in
from tests.programs.campaign_files import HEADING, lines_of
from tests.training.desk import words

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 5)


@pytest.fixture
def campaign():
    RegionFactory()
    return CampaignFactory()


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def file_of(*lines, heading=HEADING):
    return SimpleUploadedFile("peserta.csv", (heading + "".join(lines)).encode())


def send(client, campaign, file):
    return client.post(reverse("admin:programs_campaign_files", args=[campaign.pk]), {"file": file})


def page(name, record):
    return reverse(f"admin:programs_campaignimport_{name}", args=[record.pk])


def test_an_officer_looks_at_a_file_and_a_worker_records_it(
    desk, campaign, django_capture_on_commit_callbacks
):
    looked = send(desk, campaign, file_of(*lines_of(range(9), bad={4})))

    assert "Dapat dicatat 8 Sudah tercatat 0 Ditolak 1" in words(looked)
    assert "Baris 6, kolom kode_kabkota: Kode ini bukan kode kabupaten/kota" in words(looked)
    assert not CampaignParticipation.objects.exists()
    record = CampaignImport.objects.get()
    assert record.state == ImportState.WAITING
    assert page("start", record) in looked.text

    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(page("start", record), follow=True)

    assert "Pencatatan dimulai" in words(answer)
    shown = words(desk.get(page("progress", record)))
    assert "Baris selesai 9 Tercatat 8 Sudah ada 0 Ditolak 1" in shown
    assert "6 kode_kabkota Kode ini bukan kode" in shown
    assert CampaignParticipation.objects.count() == 8


def test_the_refused_lines_can_be_taken_along(desk, campaign, django_capture_on_commit_callbacks):
    send(desk, campaign, file_of(*lines_of(range(5), bad={2, 3})))
    record = CampaignImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page("start", record))

    table = body_of(desk.get(page("refusals", record))).decode("utf-8-sig").splitlines()

    assert table[0] == "Baris,Kolom,Yang salah"
    assert [line.split(",")[:2] for line in table[1:]] == [
        ["4", "kode_kabkota"],
        ["5", "kode_kabkota"],
    ]


def test_a_file_that_came_before_leads_to_what_became_of_it(
    desk, campaign, django_capture_on_commit_callbacks
):
    content = [*lines_of(range(5))]
    send(desk, campaign, file_of(*content))
    record = CampaignImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page("start", record))

    again = send(desk, campaign, file_of(*content))

    assert again.url == page("progress", record)
    assert "Tidak ada yang dicatat dua kali" in words(desk.get(again.url))
    assert CampaignParticipation.objects.count() == 5


def test_a_file_of_a_killed_command_can_be_handed_to_a_worker(
    desk, campaign, django_capture_on_commit_callbacks
):
    file = file_of(*lines_of(range(6)))
    left = campaigns.take_in(
        campaign, sha256=campaign_import.digest_of(file), name="x.csv", by=UserFactory()
    )
    campaigns.start(left, by=left.by)
    lines = campaign_import.CampaignLines(file, campaign, today=TODAY)
    campaigns.record_batch(left.pk, list(islice(lines, 2)), done=0)

    file.seek(0)
    send(desk, campaign, file)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page("start", left))

    left.refresh_from_db()
    assert (left.state, left.lines_done, left.recorded) == (ImportState.DONE, 6, 6)


def test_a_file_that_was_only_looked_at_can_be_dropped(desk, campaign):
    send(desk, campaign, file_of(*lines_of(range(3))))
    record = CampaignImport.objects.get()

    answer = desk.post(page("forget", record), follow=True)

    assert "dibuang; tidak ada yang dicatat" in words(answer)
    assert not CampaignImport.objects.exists()


def test_a_file_that_is_recorded_is_not_dropped(desk, campaign):
    send(desk, campaign, file_of(*lines_of(range(3))))
    record = campaigns.start(CampaignImport.objects.get(), by=UserFactory())

    answer = desk.post(page("forget", record), follow=True)

    assert "tidak dapat dibuang" in words(answer)
    assert CampaignImport.objects.exists()


def test_a_stopped_file_says_why_and_can_go_on(desk, campaign):
    send(desk, campaign, file_of(*lines_of(range(3))))
    record = campaigns.start(CampaignImport.objects.get(), by=UserFactory())
    campaigns.stop(record.pk, note="Disknya penuh.")

    text = words(desk.get(page("progress", record)))

    assert "Terhenti sesudah 0 baris Disknya penuh." in text
    assert "Lanjutkan" in text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("kosong.csv", b""), "Tidak ada baris data"),
        (file_of(heading="nib,nama\n"), "Kolom kode_kabkota, tanggal tidak ada"),
        ("", "Pilih berkas peserta"),
    ],
)
def test_a_file_without_our_columns_is_answered_in_a_sentence(desk, campaign, file, said):
    answer = send(desk, campaign, file)

    assert answer.status_code == 422
    assert said in words(answer)
    assert not CampaignImport.objects.exists()


def test_a_file_that_is_too_large_is_answered_in_a_sentence(campaign):
    file = file_of(*lines_of(range(2)))
    file.size = 301 * 1024 * 1024

    form = ParticipantsFileForm({}, {"file": file})

    assert form.errors["file"] == [
        "Berkas ini 301 MB, paling besar 300 MB. Bagi menjadi beberapa berkas, lalu unggah satu "
        "per satu."
    ]


def test_of_a_long_file_the_page_looks_at_the_beginning(desk, campaign, monkeypatch):
    monkeypatch.setattr(pages, "MOST_LINES", 4)
    monkeypatch.setattr(campaign_import, "BATCH", 4)

    text = words(send(desk, campaign, file_of(*lines_of(range(9)))))

    assert "4 baris pertama sudah diperiksa, sisanya diperiksa saat dicatat" in text
    assert "Catat seluruh berkas" in text


def test_an_auditor_reads_and_sends_nothing(client, campaign):
    record = CampaignImport.objects.create(
        campaign=campaign, sha256="a" * 64, name="peserta.csv", by=UserFactory()
    )
    auditor = sign_in(client, officer(roles.AUDITOR))

    assert auditor.get(page("progress", record)).status_code == 200
    assert (
        auditor.get(reverse("admin:programs_campaign_files", args=[campaign.pk])).status_code == 200
    )
    assert auditor.post(page("start", record)).status_code == 403
    assert auditor.post(page("forget", record)).status_code == 403
    assert send(auditor, campaign, file_of(*lines_of([1]))).status_code == 403


def test_the_lists_of_the_desk_lead_to_the_pages(desk, campaign):
    send(desk, campaign, file_of(*lines_of(range(3))))
    record = CampaignImport.objects.get()

    assert "#SemuanyaAdaDisini" in desk.get(reverse("admin:programs_campaign_changelist")).text
    assert "peserta.csv" in desk.get(reverse("admin:programs_campaignimport_changelist")).text
    assert desk.get(reverse("admin:programs_campaignimport_change", args=[record.pk])).url == page(
        "progress", record
    )
    files = reverse("admin:programs_campaign_files", args=[campaign.pk])
    assert "peserta.csv" in desk.get(files).text
    template = desk.get(reverse("admin:programs_campaign_import_template"))
    assert body_of(template).startswith(b"PK")


def test_an_officer_opens_a_campaign_with_its_days_in_words(desk, campaign):
    answer = desk.post(
        reverse("admin:programs_campaign_add"),
        {
            "name": "Bangga Buatan Sumatera",
            "slug": "bangga-buatan-sumatera",
            "program": campaign.program_id,
            "starts_on": "1 Maret 2026",
            "ends_on": "28 Februari 2026",
        },
    )
    assert "Kampanye tidak dapat selesai sebelum mulai." in words(answer)
    assert Campaign.objects.count() == 1


# --- For everybody -----------------------------------------------------------------------------


def joining(campaign):
    return reverse("esmart:campaign_join", args=[campaign.slug])


def test_an_owner_joins_with_one_form_and_once(client, campaign):
    ikm = IkmFactory(owner=UserFactory(), nib="9120001234567")
    sign_in(client, ikm.members.get())

    asked = client.get(joining(campaign))
    answer = client.post(joining(campaign), {"organization": ikm.pk}, follow=True)
    again = client.get(joining(campaign))

    assert "checked" in asked.text  # the only one is chosen already
    assert f"{ikm} ikut #SemuanyaAdaDisini." in words(answer)
    participation = CampaignParticipation.objects.get()
    assert (participation.key, participation.organization) == ("9120001234567", ikm)
    assert participation.joined_on == timezone.localdate()
    assert f"{ikm} sudah ikut sejak" in words(again)


def test_nobody_joins_for_the_business_of_somebody_else(client, campaign):
    sign_in(client, UserFactory())
    theirs = IkmFactory()

    answer = client.post(joining(campaign), {"organization": theirs.pk})

    assert answer.status_code == 422
    assert not CampaignParticipation.objects.exists()


def test_whoever_has_no_business_yet_is_led_to_register_it(client, campaign):
    sign_in(client, UserFactory())

    assert "Catat usaha Anda dahulu" in words(client.get(joining(campaign)))


def test_nobody_joins_a_campaign_that_is_over(client, campaign):
    ikm = IkmFactory(owner=UserFactory())
    Campaign.objects.update(ends_on="2020-12-31")
    sign_in(client, ikm.members.get())

    opened = client.get(joining(campaign), follow=True)
    sent = client.post(joining(campaign), {"organization": ikm.pk})

    assert "tidak sedang berjalan" in words(opened)
    assert sent.status_code == 409
    assert "di luar kampanye ini" in words(sent)


def test_a_business_needs_a_kabupaten_to_be_counted(campaign):
    for region in (None, ProvinceFactory()):
        with pytest.raises(TransitionNotAllowed, match="Lengkapi dahulu"):
            campaigns.join(campaign, IkmFactory(region=region), by=None, today=TODAY)


def test_who_is_in_a_file_already_does_not_join_again(campaign):
    ikm = IkmFactory(nib="9000000000001")
    CampaignParticipation.objects.create(
        campaign=campaign, key=ikm.nib, name=ikm.name, region=ikm.region, joined_on=TODAY
    )

    with pytest.raises(TransitionNotAllowed, match="sudah ikut"):
        campaigns.join(campaign, ikm, by=None, today=TODAY)


def test_everybody_reads_how_many_joined_and_no_names(client, campaign):
    ikm = IkmFactory(name="Usaha Rahasia")
    campaigns.join(campaign, ikm, by=None, today=TODAY)
    esmart_figures.rebuild(today=TODAY)

    listed = client.get(reverse("esmart:campaign_list"))
    shown = client.get(reverse("esmart:campaign_detail", args=[campaign.slug]))

    assert "1 usaha ikut" in words(listed)
    assert "Sumatera Barat 1" in words(shown)
    assert "Maret 2026 1" in words(shown)
    assert "Usaha Rahasia" not in shown.text
    assert client.get(reverse("esmart:campaign_detail", args=["lain"])).status_code == 404


def test_the_page_of_a_campaign_costs_the_same_with_more_participants(client, campaign):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("esmart:campaign_detail", args=[campaign.slug]))
        return len(queries)

    def grow(number, region):
        for _ in range(number):
            campaigns.join(campaign, IkmFactory(region=region), by=None, today=TODAY)
        esmart_figures.rebuild(today=TODAY)

    grow(1, RegionFactory())
    few = cost()
    grow(3, RegionFactory(code="32.73", name="Kota Bandung"))

    assert cost() == few <= 8


def test_without_campaigns_the_list_says_so(client):
    assert "Belum ada kampanye" in words(client.get(reverse("esmart:campaign_list")))
