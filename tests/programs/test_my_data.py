"""What people may know and decide of their own data (UU 27/2022)."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress

from programs import roles
from programs.enums import PRIVACY_NOTICE_VERSION, ConsentPurpose, MembershipRole, MembershipState
from programs.models import Consent, IssuedPaper, Organization, SensitiveAccess, User
from programs.transitions import TransitionNotAllowed
from programs.workflow.accounts import close_account
from tests.factories.programs import (
    PASSWORD,
    DocumentFactory,
    IkmFactory,
    IssuedPaperFactory,
    MembershipFactory,
    NotificationFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidies import ApplicationFactory
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db

PAGE = "/akun/data-saya/"
CLOSE = "/akun/tutup/"
NIK = "1375010203850003"


@pytest.fixture
def user(client):
    user = UserFactory(name="Rahmah Contoh", confirmed=True)
    sign_in(client, user, has_just_confirmed=True)
    return user


class TestDownload:
    def archive(self, client):
        return zipfile.ZipFile(io.BytesIO(body_of(client.get(f"{PAGE}unduh/"))))

    def test_it_holds_all_that_is_known_and_the_files(self, client, user):
        ikm = IkmFactory(owner=user)
        ikm.ikm.set_nik(NIK)
        ikm.ikm.save()
        document = DocumentFactory(uploaded_by=user, content=b"%PDF isi")
        NotificationFactory(recipient=user, subject="Perbaikan diminta")
        ApplicationFactory(organization=ikm)

        archive = self.archive(client)

        data = json.loads(archive.read("data.json"))
        assert data["akun"]["nama"] == "Rahmah Contoh"
        assert data["organisasi"][0]["nik_pemilik"] == NIK
        assert data["kabar"][0]["subject"] == "Perbaikan diminta"
        assert data["permohonan_bantuan_mesin"][0]["usaha"] == ikm.name
        assert archive.read(f"berkas/{document.pk}-NIB.pdf") == b"%PDF isi"
        assert SensitiveAccess.objects.get().user == user

    def test_a_member_gets_the_nik_of_the_owner_masked(self, client, user):
        ikm = IkmFactory()
        ikm.ikm.set_nik(NIK)
        ikm.ikm.save()
        MembershipFactory(organization=ikm, user=user)

        assert NIK not in self.archive(client).read("data.json").decode()

    def test_it_holds_nothing_of_others(self, client, user):
        IkmFactory(name="CV Orang Lain")
        DocumentFactory()
        NotificationFactory(subject="Kabar orang lain")
        MembershipFactory(
            user=user,
            organization=IkmFactory(profile__owner_name="Pemilik Lama"),
            state=MembershipState.ENDED,
        )

        archive = self.archive(client)

        words = archive.read("data.json").decode()
        assert "Orang Lain" not in words
        assert "orang lain" not in words
        assert "Pemilik Lama" not in words
        assert archive.namelist() == ["data.json"]

    def test_the_password_is_asked_for_again(self, client, user):
        sign_in(client, user)

        answer = client.get(f"{PAGE}unduh/")

        assert answer.url.startswith("/akun/reauthenticate/")


class TestConsents:
    def test_a_yes_is_given_and_taken_back(self, client, user):
        client.post(f"{PAGE}setuju/NEWSLETTER/")
        assert "Anda setuju sejak" in client.get(PAGE).text

        client.post(f"{PAGE}tarik/NEWSLETTER/")
        consent = Consent.objects.get()
        assert consent.notice_version == PRIVACY_NOTICE_VERSION
        assert consent.withdrawn_at
        assert "Anda setuju sejak" not in client.get(PAGE).text

    def test_given_twice_it_stands_once(self, client, user):
        client.post(f"{PAGE}setuju/NEWSLETTER/")
        client.post(f"{PAGE}setuju/NEWSLETTER/")

        assert Consent.objects.count() == 1

    @pytest.mark.parametrize("deed", ["setuju", "tarik"])
    def test_it_takes_a_button(self, client, user, deed):
        assert client.get(f"{PAGE}{deed}/NEWSLETTER/").status_code == 405

    def test_an_unknown_purpose_does_not_exist(self, client, user):
        assert client.post(f"{PAGE}setuju/LAINNYA/").status_code == 404

    def test_nobody_has_agreed_by_signing_up(self, client, user):
        text = client.get(PAGE).text

        assert text.count("Anda belum menyetujui") == len(ConsentPurpose)

    def test_that_the_notice_was_read_is_written_down(self, client, user):
        assert "belum Anda tandai" in client.get(PAGE).text

        client.post(f"{PAGE}sudah-dibaca/")

        user.refresh_from_db()
        assert user.notice_version == PRIVACY_NOTICE_VERSION
        assert "belum Anda tandai" not in client.get(PAGE).text


class TestClosing:
    def test_the_account_no_longer_says_who_it_was(self, client, user, mailoutbox):
        Consent.objects.create(user=user, purpose=ConsentPurpose.NEWSLETTER, notice_version="1")

        answer = client.post(CLOSE, follow=True)

        closed = User.objects.get(pk=user.pk)
        assert "sudah ditutup" in answer.text
        assert (closed.name, closed.email, closed.phone) == (
            "Akun yang ditutup",
            f"ditutup-{user.pk}@akun.invalid",
            "",
        )
        assert not closed.is_active
        assert closed.closed_at
        assert not EmailAddress.objects.exists()
        assert not closed.consents.filter(withdrawn_at=None).exists()
        assert not client.login(email=user.email, password=PASSWORD)
        assert client.get("/beranda/").url.startswith("/akun/login/")

    def test_a_business_that_nothing_refers_to_goes_too(self, user):
        IkmFactory(owner=user)

        close_account(user, by=user)

        assert not Organization.objects.exists()

    def test_papers_keep_their_business(self, user):
        ikm = IkmFactory(owner=user)
        IssuedPaperFactory(organization=ikm)

        close_account(user, by=user)

        assert IssuedPaper.objects.get().organization == ikm
        assert ikm.memberships.get().state == MembershipState.ENDED

    def test_a_business_with_other_people_stays(self, user):
        ikm = IkmFactory(owner=user)
        MembershipFactory(organization=ikm, role=MembershipRole.OWNER)

        close_account(user, by=user)

        assert Organization.objects.filter(pk=ikm.pk).exists()

    def test_the_only_owner_hands_over_first(self, client, user):
        MembershipFactory(organization=IkmFactory(owner=user))

        assert "Anda satu-satunya pemilik" in client.get(CLOSE).text
        with pytest.raises(TransitionNotAllowed, match="satu-satunya pemilik"):
            close_account(user, by=user)

    def test_an_application_under_way_is_finished_first(self, client, user):
        ApplicationFactory(organization=IkmFactory(owner=user, name="CV Kain Agam"))

        assert "Permohonan CV Kain Agam" in client.get(CLOSE).text
        answer = client.post(CLOSE, follow=True)
        assert "masih berjalan" in answer.text
        user.refresh_from_db()
        assert user.is_active

    def test_an_application_that_others_can_answer_does_not_hold_anybody(self, user):
        ikm = IkmFactory(owner=user)
        MembershipFactory(organization=ikm, role=MembershipRole.OWNER)
        ApplicationFactory(organization=ikm)

        assert close_account(user, by=user).closed_at

    def test_officers_are_closed_by_their_admin(self, client):
        sign_in(client, officer(roles.PPK), has_just_confirmed=True)

        assert "ditutup oleh admin sistem" in client.get(CLOSE).text

    def test_nobody_is_closed_twice(self, user):
        close_account(user, by=user)

        with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
            close_account(user, by=user)

    def test_the_password_is_asked_for_again(self, client, user):
        sign_in(client, user)

        assert client.post(CLOSE).url.startswith("/akun/reauthenticate/")
        user.refresh_from_db()
        assert user.is_active
