"""The list of agreements reads a page of keys first: the same rows, in the same order."""

import pytest

from partnerships.admin import agreements
from partnerships.enums import AgreementStatus
from tests.factories.partnerships import AgreementFactory, SchoolFactory
from tests.partnerships.desk import agreement_list, at_work

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def desk(client):
    return at_work(client)


def found(response):
    return list(response.context["cl"].result_list)


def test_a_word_in_very_many_names_finds_the_same(desk, monkeypatch):
    wanted = AgreementFactory(school=SchoolFactory(name="SMK Negeri 1 Tanah Datar"))
    AgreementFactory(school=SchoolFactory(name="SMK Negeri 1 Bima"))
    SchoolFactory(name="SMK Negeri 2 Tanah Datar")
    monkeypatch.setattr(agreements, "FEW_SIDES", 1)

    assert found(desk.get(agreement_list(), {"q": "tanah datar"})) == [wanted]


@pytest.mark.parametrize(("order", "numbers"), [("2", "ABCD"), ("-2", "DCBA"), ("", "DACB")])
def test_every_page_of_the_list_keeps_the_order(desk, monkeypatch, order, numbers):
    for number in "BCAD":
        AgreementFactory(status=S.ACTIVE, number=number)
    monkeypatch.setattr(agreements.AgreementAdmin, "list_per_page", 3)

    pages = [found(desk.get(agreement_list(), {"o": order, "p": page})) for page in (1, 2)]

    assert [[one.number for one in page] for page in pages] == [list(numbers[:3]), [numbers[3]]]
