"""What participants think of an event and its speakers, in sums that betray nobody."""

import secrets
from typing import NamedTuple

from django.db.models import Count
from django.views.decorators.http import require_safe

from training.admin.reach import event_of, event_page, pages
from training.admin.tests import parts
from training.admin.workbooks import workbook
from training.enums import ASPECTS_OF_A_SPEAKER, ASPECTS_OF_THE_EVENT, EvaluationAspect
from training.models import Evaluation, EvaluationScore, Speaker
from training.rates import satisfaction, with_comma

# Fewer answers than this would show what one person said.
FEWEST = 3
MARKS = (1, 2, 3, 4, 5)


class Opinion(NamedTuple):
    """The marks on one thing: ``counts`` says how often each of 1 to 5 was given."""

    words: str
    counts: tuple

    @property
    def answers(self):
        return sum(self.counts)

    @property
    def is_shown(self):
        return self.answers >= FEWEST

    @property
    def mean(self):
        marks = [mark for mark, count in zip(MARKS, self.counts, strict=True) for _ in range(count)]
        return satisfaction(marks)

    @property
    def mean_words(self):
        return with_comma(self.mean)


class Opinions:
    """All that was handed in at an event, in four queries."""

    def __init__(self, event):
        handed_in = Evaluation.objects.filter(registration__event=event)
        self.count = handed_in.count()
        self.expected = event.taken
        given = {}
        marks = EvaluationScore.objects.filter(evaluation__registration__event=event)
        for aspect, speaker, score, count in marks.values_list(
            "aspect", "speaker", "score"
        ).annotate(count=Count("pk")):
            given[aspect, speaker, score] = count
        self.event = [
            self._opinion(EvaluationAspect(aspect).label, given, aspect, None)
            for aspect in ASPECTS_OF_THE_EVENT
        ]
        speakers = Speaker.objects.filter(session__event=event).select_related("session")
        self.speakers = [
            (
                speaker,
                [
                    self._opinion(EvaluationAspect(aspect).label, given, aspect, speaker.pk)
                    for aspect in ASPECTS_OF_A_SPEAKER
                ],
            )
            for speaker in speakers.order_by("session__number", "-role", "pk")
        ]
        comments = list(handed_in.exclude(comment="").values_list("comment", flat=True))
        # In no order from which one could tell whose they are.
        secrets.SystemRandom().shuffle(comments)
        self.comments = comments if self.is_shown else []

    @property
    def is_shown(self):
        return self.count >= FEWEST

    @property
    def missing(self):
        return max(self.expected - self.count, 0)

    @staticmethod
    def _opinion(words, given, aspect, speaker):
        counts = tuple(given.get((aspect, speaker, mark), 0) for mark in MARKS)
        return Opinion(words[:1].upper() + words[1:], counts)


@require_safe
def evaluation(request, pk):
    event = event_of(request, pk, to_change=False)
    return event_page(
        request,
        event,
        "tes",
        "training/desk_evaluation.html",
        title="Evaluasi",
        parts=parts(event, "evaluasi"),
        opinions=Opinions(event),
        fewest=FEWEST,
        marks=MARKS,
    )


@require_safe
def export(request, pk):
    event = event_of(request, pk, to_change=False)
    opinions = Opinions(event)
    return workbook(
        f"evaluasi-{event.slug}",
        {
            "Nilai": [
                ["Tentang", "Aspek", "Jawaban", "Rata-rata", *(f"Nilai {mark}" for mark in MARKS)],
                *_lines("Kegiatan", opinions.event),
                *(
                    line
                    for speaker, rated in opinions.speakers
                    for line in _lines(f"{speaker.name} (sesi {speaker.session.number})", rated)
                ),
            ],
            "Saran": [["Saran"], *([comment] for comment in opinions.comments)],
        },
    )


def _lines(about, rated):
    for opinion in rated:
        if opinion.is_shown:
            yield [about, opinion.words, opinion.answers, opinion.mean, *opinion.counts]
        else:
            yield [about, opinion.words, f"kurang dari {FEWEST} jawaban"]


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("evaluasi/", evaluation, "evaluation"),
            ("evaluasi/unduh/", export, "evaluation_export"),
        ],
    )
