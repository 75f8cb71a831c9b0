"""A thousand certificates: how long until they are numbered, and until they are drawn."""

import resource
import time
from unittest.mock import patch

from django.utils import timezone

from programs.models import IssuedPaper
from programs.papers import render_paper
from tests.factories.programs import UserFactory
from tests.factories.training import EventFactory, bring_to
from tests.training.test_certificates_survive_a_kill import qualified
from training.enums import EventStatus
from training.workflow.certificates import issue_next_batch, order_certificates

HOW_MANY = 1000


def measure():
    event = EventFactory(capacity=HOW_MANY)
    qualified(event, HOW_MANY)
    bring_to(event, EventStatus.CONCLUDED)
    order_certificates(event, by=UserFactory(), now=timezone.now())
    # The settings of the tests would draw and mail at once what a worker does afterwards.
    with (
        patch("programs.papers.hand_over", lambda task, what: None),
        patch("programs.notifications.hand_over", lambda task, what: None),
    ):
        start = time.perf_counter()
        while issue_next_batch(event.pk, today=timezone.localdate()):
            pass
        taken = time.perf_counter() - start
    yield f"{HOW_MANY} certificates numbered, told and recorded", f"{taken:.1f} s", "–"
    papers = list(
        IssuedPaper.objects.filter(kind="CERTIFICATE", file="").values_list("pk", flat=True)
    )
    before, start = _peak(), time.perf_counter()
    for paper in papers:
        render_paper(paper)
    taken = time.perf_counter() - start
    yield f"… {len(papers)} of them drawn as PDF", f"{taken:.1f} s", "–"
    yield (
        "… peak memory of the process",
        f"{_peak():.0f} MB, {_peak() - before:.0f} more",
        "bounded",
    )


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
