"""Papers are numbered without gaps, made once, the same to the byte, and print what was typed."""

import datetime
import hashlib
import threading
import time
from io import BytesIO

import pikepdf
import pytest
from django.db import connection, transaction
from django.db.models import QuerySet

from programs import papers
from programs.enums import PaperKind
from programs.models import IssuedPaper, NumberSequence
from tests.factories.programs import IssuedPaperFactory
from tests.pdf_text import pages, words
from tests.qr_codes import code_of, codes_on_paper

TYPED = "UD #let x = 1 *tebal* _miring_ $a$ \\ `kode` @rujukan <label> // akhir"
REJECTION = {
    "applicant": "CV Sandang Contoh",
    "scheme": "Penggantian mesin",
    "legal_basis": "Permenperin 27/M-IND/PER/7/2017",
    "code": "R07",
    "ground": "mesin bukan baru",
    "reason": "Mesin dibeli bekas.",
    "contact": "Sekretariat, (021) 5255509",
}


def a_rejection(**details):
    facts = REJECTION | details.pop("facts", {})
    return IssuedPaperFactory(kind=PaperKind.REJECTION, facts=facts, **details)


def issue(key="test.1", **details):
    return papers.issue_paper(
        PaperKind.REJECTION,
        key=key,
        number="TL-0001/RM/2026",
        subject="Penolakan",
        holder="CV Sandang Contoh",
        facts=REJECTION,
        on=datetime.date(2026, 9, 21),
        **details,
    )


def content_of(file):
    with file.open() as opened:
        return opened.read()


class CalledOff(Exception):
    """What makes a transaction of these tests fail."""


def together(*actions):
    """Run ``actions`` in threads that start at the same moment."""
    gate = threading.Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            action()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# --- Numbers -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_numbers_start_at_one_in_each_series():
    assert [papers.next_number("TT/RM/2026") for _ in range(3)] == [1, 2, 3]
    assert papers.next_number("TT/RM/2027") == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_of_a_failed_transaction_is_given_again():
    papers.next_number("TT/RM/2026")
    with transaction.atomic():
        papers.next_number("TT/RM/2026")
        transaction.set_rollback(True)

    assert papers.next_number("TT/RM/2026") == 2


def numbers_given(take):
    """The numbers that eight people keep who take five each, every fifth of which comes to nothing.

    What each keeps is only counted when its transaction stood.
    """
    kept = []

    def person():
        for turn in range(5):
            try:
                with transaction.atomic():
                    number = take("TT/RM/2026")
                    time.sleep(0.002)
                    if turn == 2:
                        raise CalledOff
                kept.append(number)
            except CalledOff:
                pass

    together(*[person] * 8)
    return sorted(kept)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_number_twice():
    assert numbers_given(papers.next_number) == list(range(1, 33))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_numbers_are_given_twice():
    NumberSequence.objects.create(series="TT/RM/2026", last=0)

    def read_then_write(series):
        sequence = NumberSequence.objects.get(series=series)
        time.sleep(0.002)
        sequence.last += 1
        sequence.save()
        return sequence.last

    assert numbers_given(read_then_write) != list(range(1, 33))


# --- Issued and made once ------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_same_fact_issues_the_same_paper():
    assert issue("rejection.1") == issue("rejection.1")
    assert IssuedPaper.objects.count() == 1


@pytest.mark.django_db
def test_a_code_has_no_letters_that_look_alike():
    code = issue().code

    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) - {"-"} <= set(papers.CODE_LETTERS)
    assert not set("01ILOU") & set(papers.CODE_LETTERS)


@pytest.mark.django_db(transaction=True)
def test_the_pdf_is_made_after_the_commit_and_hashed():
    with transaction.atomic():
        paper = issue()
        assert not IssuedPaper.objects.get(pk=paper.pk).file

    paper.refresh_from_db()
    content = content_of(paper.file)
    assert content.startswith(b"%PDF-")
    assert paper.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_a_paper_stands_while_the_queue_is_away_and_is_made_later(monkeypatch):
    def away(*args, **options):
        raise ConnectionError("the queue is away")

    with monkeypatch.context() as patch:
        patch.setattr(papers.render_paper, "apply_async", away)
        paper = issue()
    assert not IssuedPaper.objects.get(pk=paper.pk).file

    papers.sweep_papers()

    assert IssuedPaper.objects.get(pk=paper.pk).file


@pytest.mark.django_db
def test_who_opens_a_paper_that_was_not_made_gets_it_all_the_same():
    paper = a_rejection()

    assert content_of(papers.paper_file(paper)).startswith(b"%PDF-")


@pytest.mark.django_db
def test_a_paper_that_cannot_be_made_does_not_hold_up_the_others():
    broken = IssuedPaperFactory(kind=PaperKind.REJECTION, facts={})
    sound = a_rejection()

    papers.sweep_papers()

    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (bool(broken.file), bool(sound.file)) == (False, True)


def times_made(paper, monkeypatch):
    """How often two workers that were handed the same paper set it in type."""
    made = []

    def slowly(paper):
        made.append(paper.pk)
        time.sleep(0.2)
        return b"%PDF-1.7"

    monkeypatch.setattr(papers, "typeset", slowly)
    together(*[lambda: papers.render_paper(paper.pk)] * 2)
    return len(made)


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_a_paper_once(monkeypatch):
    assert times_made(a_rejection(), monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_workers_make_it_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows)

    assert times_made(a_rejection(), monkeypatch) == 2


# --- What is on the paper ------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_same_paper_is_the_same_to_the_byte():
    paper = a_rejection()

    assert papers.typeset(paper) == papers.typeset(IssuedPaper.objects.get(pk=paper.pk))


@pytest.mark.django_db
def test_a_paper_can_be_archived_and_read_aloud():
    content = papers.typeset(a_rejection(number="TL-0001/RM/2026"))

    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as facts:
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "B")
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Surat penolakan TL-0001/RM/2026"
        assert str(pdf.Root.Lang) == "id-ID"


@pytest.mark.django_db
def test_every_page_says_how_to_check_it_and_that_it_is_not_signed():
    paper = a_rejection(code="R4TN-2345", facts={"reason": "Mesin dibeli bekas.\n" * 60})

    content = papers.typeset(paper)
    texts = pages(content)

    assert len(texts) == 2
    for number, text in enumerate(texts, start=1):
        assert "Kode periksa R4TN-2345" in text
        assert papers.verification_url(paper) in text
        assert papers.NOT_SIGNED in text
        assert f"Halaman {number} dari 2" in text
    assert codes_on_paper(content) == [[code_of(papers.verification_url(paper))]] * 2


@pytest.mark.django_db
def test_a_signed_paper_names_its_signature_instead():
    signed = "Ditandatangani secara elektronik oleh Contoh Pejabat"

    text = words(papers.typeset(a_rejection(signed_by=signed)))

    assert signed in text
    assert papers.NOT_SIGNED not in text


@pytest.mark.django_db
def test_what_people_typed_stays_text():
    text = words(papers.typeset(a_rejection(holder=TYPED, facts={"reason": TYPED})))

    assert text.count(TYPED) == 2


@pytest.mark.django_db
def test_a_fact_may_be_called_like_a_part_of_the_paper():
    text = words(papers.typeset(a_rejection(code="R4TN-2345", facts={"code": "R07"})))

    assert "(kode R07)" in text
    assert "Kode periksa R4TN-2345" in text


@pytest.mark.django_db
def test_letters_that_the_font_lacks_do_not_stop_a_paper():
    strange = "CV Cahaya 😀 美食 ꦲ\u202e\ufeff\x07 عربي"

    text = words(papers.typeset(a_rejection(holder=strange)))

    assert "CV Cahaya □ □□ □ □□□□" in text


@pytest.mark.django_db
def test_every_letter_that_we_let_through_can_be_printed():
    letters = [chr(point) for point in range(0x20, 0x3000)]
    printable = [letter for letter in letters if papers._printable(letter) != papers.PLACEHOLDER]
    assert len(printable) > 1000

    papers.typeset(a_rejection(facts={"reason": " ".join(printable)}))


@pytest.mark.django_db
def test_a_very_long_word_stays_on_the_page():
    word = "SN" + "0123456789" * 12

    text = words(papers.typeset(a_rejection(facts={"reason": word})))

    assert word in text.replace(" ", "")


def test_amounts_are_printed_in_figures_and_words_and_days_in_full():
    printed = papers._as_printed(
        {
            "total_rp": 127_450_000,
            "due_on": "2026-12-01",
            "rows": [{"amount_rp": 0}],
            "note": "2026-12-01",
            "photos": 3,
        }
    )

    assert printed == {
        "total_rp": "Rp127.450.000",
        "total_rp_words": "seratus dua puluh tujuh juta empat ratus lima puluh ribu rupiah",
        "due_on": "1\u00a0Desember\u00a02026",
        "rows": [{"amount_rp": "Rp0", "amount_rp_words": "nol rupiah"}],
        "note": "2026-12-01",
        "photos": 3,
    }
