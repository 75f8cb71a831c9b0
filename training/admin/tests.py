"""Pre-test and post-test of an event: each participant's marks and gain, and how hard each question
was.
"""

from typing import NamedTuple

from django.core.paginator import Paginator
from django.urls import reverse
from django.views.decorators.http import require_safe

from training.admin.reach import event_of, event_page, pages
from training.admin.workbooks import workbook
from training.enums import HOLDING_A_PLACE, TestOccasion
from training.models import TestAttempt
from training.quiz import Summary, gain, summary

ON_A_PAGE = 100
PRE, POST = TestOccasion.PRE, TestOccasion.POST


class Marks(NamedTuple):
    """What one participant got; None where they did not take the test."""

    name: str
    institution: str
    pre: int | None
    post: int | None

    @property
    def gain(self):
        found = gain(self.pre, self.post)
        return found.points if found else None

    @property
    def gain_words(self):
        return "–" if self.gain is None else f"{self.gain:+d}".replace("-", "−")


class Hardness(NamedTuple):
    """A question, and how many of a hundred had it right before and after."""

    question: object
    pre: int | None
    post: int | None

    @property
    def answer(self):
        return self.question.options[self.question.correct - 1]


class Quiz:
    """The tests of an event as they stand, in three queries."""

    def __init__(self, event):
        self.event = event
        self.attempts = {PRE: {}, POST: {}}
        handed_in = TestAttempt.objects.filter(
            registration__event=event, registration__status__in=HOLDING_A_PLACE
        )
        for person, occasion, score, answers in handed_in.values_list(
            "registration", "occasion", "score", "answers"
        ):
            self.attempts[occasion][person] = (score, answers)
        people = event.registrations.placed().order_by("name", "pk")
        self.rows = [
            Marks(name, institution, self._score(PRE, pk), self._score(POST, pk))
            for pk, name, institution in people.values_list("pk", "name", "institution")
        ]
        self.questions = [
            Hardness(question, self._right(PRE, question), self._right(POST, question))
            for question in event.questions.all()
        ]

    def _score(self, occasion, person):
        return self.attempts[occasion].get(person, (None, None))[0]

    def _right(self, occasion, question):
        attempts = self.attempts[occasion].values()
        if not attempts:
            return None
        right = sum(
            answers.get(str(question.number)) == question.correct for _, answers in attempts
        )
        return round(100 * right / len(attempts))

    @property
    def pre(self) -> Summary | None:
        return summary(row.pre for row in self.rows)

    @property
    def post(self) -> Summary | None:
        return summary(row.post for row in self.rows)

    @property
    def gain(self) -> Summary | None:
        """Of those alone who took both."""
        return summary(row.gain for row in self.rows)


@require_safe
def tests(request, pk):
    event = event_of(request, pk, to_change=False)
    quiz = Quiz(event)
    wanted = request.GET.get("q", "").strip()[:100]
    shown = [row for row in quiz.rows if wanted.lower() in row.name.lower()]
    return event_page(
        request,
        event,
        "tes",
        "training/desk_tests.html",
        title="Tes",
        here="Tes",
        parts=parts(event, "tes"),
        quiz=quiz,
        wanted=wanted,
        page=Paginator(shown, ON_A_PAGE).get_page(request.GET.get("halaman")),
    )


def parts(event, current):
    """The two pages under the tab: (words, address, whether one is on it)."""
    return [
        ("Tes", reverse("admin:training_event_tests", args=[event.pk]), current == "tes"),
        (
            "Evaluasi",
            reverse("admin:training_event_evaluation", args=[event.pk]),
            current == "evaluasi",
        ),
    ]


@require_safe
def export(request, pk):
    event = event_of(request, pk, to_change=False)
    quiz = Quiz(event)
    return workbook(
        f"tes-{event.slug}",
        {
            "Peserta": [
                ["Nama", "Instansi", "Tes awal", "Tes akhir", "Kenaikan"],
                *([row.name, row.institution, row.pre, row.post, row.gain] for row in quiz.rows),
            ],
            "Soal": [
                ["Nomor", "Soal", "Jawaban benar", "Benar di tes awal (%)", "Di tes akhir (%)"],
                *(
                    [one.question.number, one.question.text, one.answer, one.pre, one.post]
                    for one in quiz.questions
                ),
            ],
        },
    )


def urls(model_admin):
    return pages(model_admin, [("tes/", tests, "tests"), ("tes/unduh/", export, "tests_export")])
