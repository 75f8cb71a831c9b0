"""Which papers are asked for, what is missing, and what may be edited."""

import pytest

from programs.models import Document
from subsidies.checklist import may_edit, parts_of, slots_of
from subsidies.document_kinds import EXPLANATIONS, DocumentKind
from subsidies.enums import DocumentCheck, NoteState, Origin, Stage
from subsidies.models import Application, CorrectionNote
from tests.factories.subsidies import ApplicationFactory, MachineFactory

pytestmark = pytest.mark.django_db


def kinds(slots, *, required=True):
    return {slot.kind for slot in slots if slot.required == required}


def part(application, key, machine=None):
    return next(
        one
        for one in parts_of(application)
        if one.key == key and (machine is None or one.machine == machine)
    )


def test_a_company_hands_in_its_deed_and_a_person_does_not():
    company = ApplicationFactory(legal_form="PT")
    person = ApplicationFactory(legal_form="INDIVIDUAL")

    assert {"DOK05", "DOK06"} <= kinds(slots_of(company))
    assert not {"DOK05", "DOK06"} & {slot.kind for slot in slots_of(person)}


def test_a_power_of_attorney_is_asked_of_those_who_gave_one():
    assert "DOK23" in kinds(slots_of(ApplicationFactory(has_proxy=True)))
    assert "DOK23" not in {slot.kind for slot in slots_of(ApplicationFactory())}


def test_the_origin_of_a_machine_decides_its_papers():
    application = ApplicationFactory()
    domestic = MachineFactory(application=application, origin=Origin.DOMESTIC)
    imported = MachineFactory(
        application=application, origin=Origin.IMPORT, imported_by_applicant=True
    )

    slots = slots_of(application)

    of_domestic = kinds(slot for slot in slots if slot.machine == domestic)
    of_imported = kinds(slot for slot in slots if slot.machine == imported)
    assert of_domestic - of_imported == {"DOK16"}
    assert of_imported - of_domestic == {"DOK15"}


def test_a_tax_invoice_is_required_of_a_seller_who_can_give_one():
    application = ApplicationFactory()
    MachineFactory(application=application, seller_is_taxable=False)

    assert "DOK12" in kinds(slots_of(application), required=False)


def test_a_new_draft_says_what_every_part_lacks():
    application = ApplicationFactory(kbli_code="", site_address="")

    missing = {one.key: [m.anchor for m in one.missing] for one in parts_of(application)}

    assert missing["usaha"] == ["id_kbli_code", "id_site_address", "id_other_scheme_this_year"]
    assert missing["kapasitas"] == ["id_capacity", "id_turnover"]
    assert missing["mesin"] == [""]
    assert missing["rekening"] == [
        "id_bank_name",
        "id_account_number",
        "id_account_holder",
        "dokumen-DOK21",
    ]
    assert missing["pernyataan"] == ["id_accepted", "dokumen-DOK20"]


def test_every_kind_of_paper_is_explained():
    assert set(EXPLANATIONS) == set(DocumentKind)


def test_states_are_words():
    application = ApplicationFactory()
    states = {one.key: one.state for one in parts_of(application)}

    assert states["usaha"] == "Sedang diisi"
    assert states["rekening"] == "Belum mulai"
    assert part(ApplicationFactory(complete=True), "usaha").state == "Lengkap"


def test_a_refused_file_is_missing_until_it_is_replaced():
    application = ApplicationFactory(correction=True)
    machine = application.machines.get()

    mine = part(application, "mesin", machine)

    assert mine.state == "Perlu diperbaiki"
    assert [m.anchor for m in mine.missing] == ["dokumen-DOK17"]


def test_a_removed_file_counts_no_longer():
    application = ApplicationFactory(complete=True)
    application.documents.filter(kind="DOK01").update(
        removed_at=Document.objects.first().uploaded_at
    )

    assert [m.label for m in part(application, "berkas").missing] == ["Surat permohonan"]


def test_a_draft_is_open_everywhere_and_a_submitted_one_nowhere():
    draft, submitted = ApplicationFactory(), ApplicationFactory(submitted=True)

    assert all(may_edit(draft, one) for one in parts_of(draft))
    assert not any(may_edit(submitted, one) for one in parts_of(submitted))


def test_a_returned_application_is_open_where_an_officer_asked():
    application = ApplicationFactory(correction=True)

    assert [one.key for one in parts_of(application) if may_edit(application, one)] == ["mesin"]


def test_an_answered_note_leaves_its_part_open_until_it_is_sent():
    application = ApplicationFactory(correction=True)
    application.documents.update(
        check_state=DocumentCheck.PENDING, checked_by=None, checked_at=None
    )
    CorrectionNote.objects.update(state=NoteState.ANSWERED)

    mine = part(application, "mesin")

    assert (mine.state, may_edit(application, mine)) == ("Lengkap", True)


@pytest.mark.parametrize("machines", [1, 3])
def test_the_number_of_machines_does_not_add_queries(django_assert_num_queries, machines):
    made = ApplicationFactory(complete=True, prices=(40_000_000,) * machines)
    application = Application.objects.select_related("scheme", "site_region").get(pk=made.pk)

    with django_assert_num_queries(3):
        parts_of(application)


def test_every_stage_can_be_listed():
    for stage in Stage:
        assert parts_of(ApplicationFactory(stage=stage))
