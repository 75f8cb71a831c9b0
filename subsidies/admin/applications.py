"""Applications in the admin: queue and record page are ours, in the desk's shell (ADR 6)."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from programs.admin_base import ReadOnlyAdmin
from programs.once import once
from subsidies import permissions
from subsidies.admin import (
    assessment,
    decrees,
    evidence_pages,
    queue_pages,
    record_pages,
    visits,
)
from subsidies.models import Application


def on_the_desk(view):
    """For whom the desk is; which rows and which buttons is for each page to say."""

    @wraps(view)
    def view_on_the_desk(request, *args, **kwargs):
        if not permissions.can_enter_desk(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return view_on_the_desk


@admin.register(Application)
class ApplicationAdmin(ReadOnlyAdmin):
    """Officers read here and press buttons. Every button is one function of ``workflow``."""

    def has_module_permission(self, request):
        return permissions.can_enter_desk(request.user)

    def has_view_permission(self, request, obj=None):
        return permissions.can_enter_desk(request.user)

    @method_decorator(on_the_desk)
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
                self.admin_site.admin_view(never_cache(on_the_desk(once(view)))),
                name=f"subsidies_application_{name}",
            )
            for route, view, name in pages
        ] + super().get_urls()
