"""Filling in the text of a PKS: each side its own part, both what belongs to both."""

from django.views.decorators.http import require_http_methods

from partnerships import arrows
from partnerships.enums import Side
from partnerships.forms.competences import Catalog, offered_to
from partnerships.forms.text import TextForm
from partnerships.models import Agreement
from partnerships.views.asking import ask, not_now
from partnerships.views.reach import own
from partnerships.workflow import text as workflow
from programs.asking import typed
from programs.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def agreement_text(request, pk):
    agreement, side = own(request, pk)
    if back := not_now(request, agreement, arrows.FINALIZE):
        return back
    chosen = list(agreement.competences.all())
    scope = [(item.kind, item.target, item.note) for item in agreement.scope.all()]
    form = TextForm(
        typed(request),
        side=side,
        agreement=agreement,
        offered=offered_to(agreement.school, agreement.company, chosen=chosen),
        catalog=Catalog(),
        chosen=chosen,
        scope=scope,
    )
    missing = workflow.missing_in(agreement)

    def do(values):
        workflow.save_text(
            agreement,
            by=request.user,
            side=side,
            values=form.values(),
            competences=form.chosen(),
            scope=form.scope(),
        )

    return ask(
        request,
        form,
        do,
        agreement=agreement,
        done="Isian naskah disimpan. Petugas menetapkan naskahnya setelah lengkap.",
        template="partnerships/agreement_text.html",
        missing=missing,
        others=_of_the_other_side(agreement, side),
        other_name=agreement.company if side == Side.SCHOOL else agreement.school,
        draft=f"pks-{agreement.pk}-naskah",
    )


def _of_the_other_side(agreement, side):
    """(what it is, what the other side wrote), to be read beside one's own."""
    theirs = workflow.OF_SIDE[Side.COMPANY if side == Side.SCHOOL else Side.SCHOOL]
    return [
        (Agreement._meta.get_field(name).verbose_name, getattr(agreement, name))
        for name in theirs
        if not name.endswith("_email")
    ]
