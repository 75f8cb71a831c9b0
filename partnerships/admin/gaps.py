"""“Kesenjangan” on the desk: schools without a partner, companies with fewer than five schools."""

from django.contrib import admin
from django.http import FileResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.gap_pages import Asked
from programs.desk import desk
from programs.spreadsheets import temporary_xlsx


@require_safe
def gap_list(request):
    asked = Asked(request.GET)
    return TemplateResponse(
        request,
        "partnerships/desk_gaps.html",
        desk(
            request,
            admin.site,
            title="Kesenjangan",
            on_the_desk=True,
            **asked.page(),
        ),
    )


@require_safe
def export(request):
    return FileResponse(
        temporary_xlsx(Asked(request.GET).sheets()),
        as_attachment=True,
        filename=f"kesenjangan-{timezone.localdate():%Y-%m-%d}.xlsx",
    )
