"""“Bekukan angka”: keep a live figure for a press release, a speech, an answer to parliament."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from config.minister import asked as reading
from config.minister.pages import for_officers, standing_of
from programs.asking import ask
from programs.desk import desk
from programs.forms import GuidedForm
from programs.once import once
from programs.workflow.published_figures import freeze, period_of


class FreezeForm(GuidedForm):
    occasion = forms.CharField(
        label="Untuk apa angka ini dibekukan?",
        max_length=200,
        help_text="Kesempatan dan harinya. Contoh: Siaran pers hari jadi ke-10 e-Smart, 27 Januari "
        "2027.",
        error_messages={"required": "Tulis untuk apa angka ini dibekukan."},
    )
    # What the officer read; shown anew each time, so the template writes it.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
@once
def freeze_figure(request, slug):
    if not request.user.has_perm("programs.add_publishedfigure"):
        raise PermissionDenied(
            "Membekukan angka memerlukan hak menambah angka yang dibekukan "
            "(programs.add_publishedfigure)."
        )
    asked = reading.read(request.GET)
    standing = standing_of(slug, asked)
    record = f"{reverse('minister:indicator', args=[slug])}{asked.query}"
    return ask(
        request,
        FreezeForm(request.POST or None),
        lambda typed: freeze(
            standing.indicator,
            region=asked.region,
            seen=typed["seen"] or 0,
            occasion=typed["occasion"],
            by=request.user,
            today=asked.day,
            is_over=asked.is_over,
        ),
        done=f"Angka “{standing.indicator}” dibekukan. Nilainya tidak berubah lagi.",
        then=f"{record}#beku",
        template="minister/freeze.html",
        **desk(
            request,
            admin.site,
            title="Bekukan angka",
            asked=asked,
            standing=standing,
            period=period_of(standing, today=asked.day, is_over=asked.is_over),
            record=record,
        ),
    )
