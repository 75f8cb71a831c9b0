"""A draft that begins with what the eligibility check was told."""

from django.db import transaction

from subsidies.workflow.answers import add_machine, save_answers
from subsidies.workflow.application import draft


@transaction.atomic
def draft_from_check(*, organization, scheme, by, today, answers, machines):
    """Open an application and write the answers of the check into it.

    The register's own facts give way to them: they were typed today. Raises as ``draft`` does.
    """
    application = draft(organization=organization, scheme=scheme, by=by, today=today)
    if answers:
        application = save_answers(application, part="usaha", by=by, values=answers)
    for values in machines:
        add_machine(application, by=by, values=values)
    return application
