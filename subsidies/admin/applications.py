"""Applications in the admin: queue and record page are ours, in the desk's shell (ADR 6)."""

from django.contrib import admin
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programs.admin_base import ReadOnlyAdmin
from programs.once import once
from subsidies.admin import (
    assessment,
    decrees,
    evidence_pages,
    queue_pages,
    record_pages,
    visits,
)
from subsidies.models import Application
from subsidies.stages import stages_for


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """Officers read here and press buttons. Every button is one function of ``workflow``."""

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        # A verifier from outside sees what was assigned, and needs no more than that right.
        return super().has_view_permission(request, obj) or bool(stages_for(request.user))

    @method_decorator(require_safe)
    def changelist_view(self, request, extra_context=None):
        return queue_pages.queue(request)

    def get_urls(self):
        pages = [
            ("tugaskan/", queue_pages.assign, "assign"),
            ("unduh/", queue_pages.export, "export"),
            ("surat-keputusan/", decrees.issue, "decree"),
            ("<int:pk>/change/", record_pages.change, "change"),
            ("<int:pk>/keputusan/", record_pages.decide, "decide"),
            ("<int:pk>/penilaian/", assessment.assess, "assess"),
            ("<int:pk>/kunjungan/", visits.visit, "visit"),
            ("<int:pk>/kunjungan/jadwal/", visits.schedule, "schedule"),
            ("<int:pk>/kunjungan/foto/", visits.add_photo, "add_photo"),
            ("<int:pk>/serahkan/", evidence_pages.hand_over, "hand_over"),
            ("<int:pk>/berkas/<int:file_pk>/", evidence_pages.check, "check"),
            ("<int:pk>/catatan/", evidence_pages.pin_note, "pin_note"),
            ("<int:pk>/catatan/<int:note_pk>/hapus/", evidence_pages.drop_note, "drop_note"),
            ("<int:pk>/antarpetugas/", evidence_pages.write_note, "write_note"),
            ("<int:pk>/buka/<str:what>/", evidence_pages.reveal, "reveal"),
        ]
        return [
            path(
                route,
                self.admin_site.admin_view(never_cache(once(view))),
                name=f"subsidies_application_{name}",
            )
            for route, view, name in pages
        ] + super().get_urls()
