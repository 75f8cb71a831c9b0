"""The agreements' desk in a browser: everybody can use it, on a telephone and on a desk."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.enums import AgreementStatus, Side, Source
from partnerships.workflow import amendments
from programs import roles
from tests.axe import faults_everywhere
from tests.factories.partnerships import AgreementFactory, ReportFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.partnerships.desk import agreement_list, at
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
S = AgreementStatus


def test_everybody_can_use_the_desk(live_server, page):
    person = officer(roles.BPSDMI_OFFICER)
    active = AgreementFactory(status=S.ACTIVE)
    filed = ReportFactory(agreement=active, filed_by=UserFactory())
    amendments.propose_amendment(
        active,
        by=person,
        side=Side.SCHOOL,
        reason="Kelas industri diteruskan.",
        changes={"clauses": "Bengkel dipakai bersama."},
        today=day(0),
    )
    matching, drafting = AgreementFactory(status=S.MATCHING), AgreementFactory(status=S.DRAFTING)
    new = reverse("admin:partnerships_agreement_new")
    paths = [
        agreement_list(),
        f"{new}?cari=smk",
        f"{new}?sekolah={active.school_id}&perusahaan={matching.company_id}",
        at("change", AgreementFactory(source=Source.OFFICER)),
        at("change", matching),
        at("text", drafting),
        at("signing", AgreementFactory(status=S.READY)),
        at("cooperation", active),
        at("record", active),
        at("report", active, filed.pk),
        at("amendments", active),
        at("propose_amendment", active),
        at("ending", active),
    ]
    key = sign_in(Client(), person).session.session_key
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    complaints, found = [], {}
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for path in paths:
        page.goto(live_server.url + path)
        if faults := faults_everywhere(page):
            found[path] = faults

    assert found == {}
    assert complaints == []


def test_an_addendum_shows_only_what_is_ticked(live_server, page):
    person, active = officer(roles.BPSDMI_OFFICER), AgreementFactory(status=S.ACTIVE)
    key = sign_in(Client(), person).session.session_key
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    page.goto(live_server.url + at("propose_amendment", active))
    assert not page.get_by_label("Ketentuan tambahan (").is_visible()

    page.get_by_role("checkbox", name="Ketentuan tambahan", exact=True).check()
    page.locator("[name=clauses]").fill("Bengkel dipakai bersama.")
    page.locator("[name=reason]").fill("Disepakati dalam rapat.")
    page.get_by_role("button", name="Usulkan addendum").click()

    page.get_by_text("Addendum 1 diusulkan.").wait_for()
    assert active.amendments.get().changes.get().after == "Bengkel dipakai bersama."
