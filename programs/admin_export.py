"""The list of a register as an Excel or CSV file: what the filters and the search leave of it."""

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.admin_base import action
from programs.spreadsheets import stream_csv, temporary_xlsx


class GivesTables:
    """``rows_of`` is the export; the button carries the list's own filters along."""

    export_name: str

    @staticmethod
    def rows_of(queryset):
        raise NotImplementedError

    @action(description="Unduh Excel", url_path="unduh", icon="download", permissions=["view"])
    @method_decorator([never_cache, require_safe])
    def export(self, request):
        rows = self.get_changelist_instance(request).get_queryset(request)
        file = temporary_xlsx({self.export_name: self.rows_of(rows)})
        name = f"{self.export_name.lower()}-{timezone.localdate():%Y-%m-%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name)

    @action(description="Unduh CSV", url_path="unduh-csv", icon="download", permissions=["view"])
    @method_decorator([never_cache, require_safe])
    def export_csv(self, request):
        """The same line by line, for lists too long for a workbook."""
        rows = self.get_changelist_instance(request).get_queryset(request)
        answer = StreamingHttpResponse(
            stream_csv(self.rows_of(rows)), content_type="text/csv; charset=utf-8"
        )
        name = f"{self.export_name.lower()}-{timezone.localdate():%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        asked = request.GET.urlencode()
        if asked and hasattr(response, "context_data"):
            for button in response.context_data.get("actions_list", ()):
                if str(button.get("path", "")).endswith(("/unduh/", "/unduh-csv/")):
                    button["path"] = f"{button['path']}?{asked}"
        return response
