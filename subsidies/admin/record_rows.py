"""Rows that hang on an application and are only read, fetched together with it in one query."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from subsidies.models import AmountLine, RuleOutcome, VisitAnswer


def rules():
    rows = RuleOutcome.objects.filter(application=OuterRef("pk")).order_by("occasion", "position")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                occasion="occasion",
                title="title",
                verdict="verdict",
                reason="reason",
                judged_at="judged_at",
            )
        )
    )


def amount_lines():
    rows = AmountLine.objects.filter(application=OuterRef("pk")).order_by("occasion", "position")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                occasion="occasion", machine="machine", kind="kind", label="label", amount="amount"
            )
        )
    )


def visit_rows():
    rows = VisitAnswer.objects.filter(visit__application=OuterRef("pk")).order_by("machine", "pk")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                question="question", machine="machine__name", is_yes="is_yes", note="note"
            )
        )
    )
