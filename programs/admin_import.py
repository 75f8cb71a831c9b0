"""Officers take in a table: a preview that writes nothing, then all of the file or none of it.

The rules of each table are its import module's; the commands use the same.
"""

import io

from django.contrib import admin, messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.admin_base import action
from programs.desk import desk
from programs.once import once
from programs.rupiah import group_thousands
from programs.spreadsheets import TableRefused, temporary_xlsx
from programs.table_forms import TableFileForm
from programs.table_import import ImportRefused, KeptFile, TableKind

MOST_SHOWN = 200


class TakesTables:
    """For the list of a register: its rows may come from a table. ``actions_list`` names it."""

    table: TableKind

    def has_import_permission(self, request):
        return request.user.has_perm(self.table.permission)

    @action(
        description="Impor dari berkas",
        url_path="impor",
        icon="upload_file",
        permissions=["import"],
    )
    @method_decorator([never_cache, once])
    def import_table(self, request):
        return _ImportPage(self, request).answer()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_import_template"
        view = self.admin_site.admin_view(require_safe(self.import_template))
        return [path("impor/templat.xlsx", view, name=name), *super().get_urls()]

    @action(permissions=["import"])
    def import_template(self, request):
        """An empty table with the right headings, an example, and the codes that it needs."""
        sheets = {
            "Data": [self.table.columns],
            "Contoh": [self.table.columns, self.table.example],
            **self.table.code_lists(),
        }
        name = f"templat-{self.table.noun.lower()}.xlsx"
        return FileResponse(temporary_xlsx(sheets), as_attachment=True, filename=name)


class _ImportPage:
    """One request to the page that takes a table in."""

    def __init__(self, register, request):
        self.request, self.table = request, register.table
        self.files = KeptFile(request, f"impor:{self.table.key}")
        name = f"{register.opts.app_label}_{register.opts.model_name}"
        self.here = reverse(f"admin:{name}_import_table")
        self.template = reverse(f"admin:{name}_import_template")
        self.back = reverse(f"admin:{name}_changelist")

    def answer(self):
        sent = self.request.method == "POST"
        if "kode" in self.request.POST:
            return self._record(self.request.POST["kode"])
        form = TableFileForm(
            self.request.POST if sent else None,
            self.request.FILES if sent else None,
            noun=self.table.noun,
        )
        if sent and form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                report = self.table.check(io.BytesIO(content))
            except TableRefused as refusal:
                form.add_error("file", str(refusal))
            else:
                return self._preview(report, content)
        return self._page("programs/desk_import.html", 422 if sent else 200, form=form)

    def _preview(self, report, content):
        code = ""
        if report.writes and not report.refused:
            code = self.files.keep(content)
        order = [report.refused, report.doubtful, report.changed, report.ready, report.known]
        shown = {row.number: row for rows in order for row in rows}
        return self._page(
            "programs/desk_import_preview.html",
            422 if report.refused else 200,
            report=report,
            code=code,
            refusals=_first(words for row in report.refused for words in row.sentences()),
            doubts=_first(words for row in report.doubtful for words in row.doubt_sentences()),
            rows=list(shown.values())[:MOST_SHOWN],
            most_shown=MOST_SHOWN,
        )

    def _record(self, code):
        """Read the kept file once more and write all of it, or nothing."""
        content = self.files.get(code)
        if content is None:
            messages.warning(
                self.request,
                "Pratinjau ini sudah tidak tersimpan; tidak ada yang dicatat. Unggah berkasnya "
                "lagi.",
            )
            return redirect(self.here)
        try:
            report = self.table.record(io.BytesIO(content), by=self.request.user)
        except (TableRefused, ImportRefused) as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.here)
        if report.refused:  # somebody was faster than the officer who read the preview
            return self._preview(report, content)
        self.files.drop(code)
        messages.success(self.request, in_words(report, self.table.noun))
        return redirect(self.back)

    def _page(self, template, status, **context):
        context |= {"table": self.table, "here": self.here, "back": self.back}
        page = desk(
            self.request,
            admin.site,
            title=f"Impor {self.table.noun} dari berkas",
            template_url=self.template,
            **context,
        )
        return TemplateResponse(self.request, template, page, status=status)


def in_words(report, noun):
    """What became of the file, for whoever sent it."""
    parts = [f"{group_thousands(len(report.ready))} {noun} dicatat"]
    if report.changed:
        parts.append(f"{group_thousands(len(report.changed))} diperbarui")
    if report.known:
        parts.append(f"{group_thousands(len(report.known))} sudah tercatat sebelumnya")
    return f"{', '.join(parts)}."


def _first(sentences):
    """So many that a page can show; the report counts all."""
    return [words for words, _ in zip(sentences, range(MOST_SHOWN), strict=False)]
