"""Campaigns for domestic products, and the files of those who take part in them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import campaign_import
from programs.admin_base import (
    ModelAdmin,
    ReadOnlyAdmin,
    RelatedDropdownFilter,
    Textarea,
    TextInput,
    action,
    display,
)
from programs.campaign_forms import ParticipantsFileForm
from programs.campaign_lines import COLUMNS
from programs.campaign_tasks import record_soon
from programs.desk import desk
from programs.esmart_enums import ImportState
from programs.forms import DateField, GuidedModelForm
from programs.models import Campaign, CampaignImport
from programs.rupiah import group_thousands
from programs.spreadsheets import TableRefused, stream_csv, temporary_xlsx
from programs.templatetags.bina import tanggal, waktu
from programs.workflow import campaigns

MAY_IMPORT = "programs.import_esmart"
ON_A_PAGE = 50
MOST_TOLD = 200
# What a page can look at while somebody waits for it. Recording looks at every line.
MOST_LINES = 200_000
EXAMPLE = ["9120001234567", "Keripik Sanjai Contoh", "13.75", "2020-08-17"]


class CampaignForm(GuidedModelForm):
    starts_on = DateField(
        label="Mulai", widget=TextInput, help_text="Hari pertama. Contoh: 01/07/2020."
    )
    ends_on = DateField(
        label="Selesai",
        required=False,
        widget=TextInput,
        help_text="Hari terakhir. Kosongkan bila belum ditentukan. Contoh: 31/12/2020.",
    )

    class Meta:
        model = Campaign
        fields = "__all__"
        widgets = {"about": Textarea}
        help_texts = {
            "slug": "Bagian akhir alamat halaman. Contoh: semuanya-ada-di-sini.",
            "name": "Contoh: #SemuanyaAdaDisini.",
            "about": "Satu atau dua kalimat yang dibaca semua orang.",
        }


@admin.register(Campaign)
class CampaignAdmin(ModelAdmin):
    """Who takes part comes from files and from the page of the campaign itself."""

    form = CampaignForm
    list_display = ["name", "program", "period", "participants"]
    list_select_related = ["program"]
    list_filter = [("program", RelatedDropdownFilter)]
    search_fields = ["name", "slug"]
    search_help_text = "Cari nama kampanye"
    fields = ["name", "slug", "program", ("starts_on", "ends_on"), "about"]
    actions = None
    actions_detail = ["open_files"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(counted=Sum("counts__participants"))

    def has_delete_permission(self, request, obj=None):
        return False  # participants and figures name it

    def has_open_files_permission(self, request, object_id=None):
        return request.user.has_perm("programs.view_campaignimport")

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @display(description="berjalan", ordering="starts_on")
    def period(self, campaign):
        end = f"sampai {tanggal(campaign.ends_on)}" if campaign.ends_on else ""
        return f"mulai {tanggal(campaign.starts_on)} {end}".strip()

    @display(description="peserta", ordering="counted")
    def participants(self, campaign):
        return group_thousands(campaign.counted or 0)

    @action(
        description="Berkas peserta",
        url_path="berkas-peserta",
        icon="upload_file",
        permissions=["open_files"],
    )
    def open_files(self, request, object_id):
        return redirect("admin:programs_campaign_files", object_id)

    def get_urls(self):
        views = [
            ("<int:pk>/impor/", files_page, "programs_campaign_files"),
            ("impor/templat.xlsx", template_file, "programs_campaign_import_template"),
        ]
        return [*_wrapped(self, views), *super().get_urls()]


@admin.register(CampaignImport)
class CampaignImportAdmin(ReadOnlyAdmin):
    """The files that were sent, each with how far it got and what was refused in it."""

    list_display = ["name", "campaign", "state", "lines", "refused_lines", "when"]
    list_select_related = ["campaign"]
    list_filter = [("campaign", RelatedDropdownFilter)]
    search_fields = ["name"]
    search_help_text = "Cari nama berkas"
    actions = None

    @display(description="baris", ordering="lines_done")
    def lines(self, record):
        return group_thousands(record.lines_done)

    @display(description="ditolak", ordering="refused")
    def refused_lines(self, record):
        return group_thousands(record.refused)

    @display(description="dikirim", ordering="started_at")
    def when(self, record):
        return waktu(record.started_at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect("admin:programs_campaignimport_progress", record.pk)

    def get_urls(self):
        views = [
            ("<int:pk>/kemajuan/", progress_page, "programs_campaignimport_progress"),
            ("<int:pk>/catat/", start, "programs_campaignimport_start"),
            ("<int:pk>/buang/", forget, "programs_campaignimport_forget"),
            ("<int:pk>/ditolak.csv", refusals_file, "programs_campaignimport_refusals"),
        ]
        return [*_wrapped(self, views), *super().get_urls()]


def _wrapped(model_admin, views):
    return [
        path(route, model_admin.admin_site.admin_view(never_cache(view)), name=name)
        for route, view, name in views
    ]


def _ask(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def files_page(request, pk):
    """The files of a campaign; a new one is looked at and waits for the officer's yes."""
    _ask(request, "programs.view_campaignimport")
    campaign = get_object_or_404(Campaign, pk=pk)
    form = ParticipantsFileForm()
    if request.method == "POST":
        _ask(request, MAY_IMPORT)
        form = ParticipantsFileForm(request.POST, request.FILES)
        if form.is_valid() and (answer := _take_in(request, campaign, form)) is not None:
            return answer
    return _page(
        request,
        "programs/desk_campaign_files.html",
        f"Berkas peserta {campaign}",
        status=422 if form.is_bound else 200,
        campaign=campaign,
        form=form if request.user.has_perm(MAY_IMPORT) else None,
        columns=COLUMNS,
        example=EXAMPLE,
        page=Paginator(campaign.imports.all(), ON_A_PAGE).get_page(request.GET.get("halaman")),
    )


def _take_in(request, campaign, form):
    """The preview of a new file, or the way to a file that came before. None with faults."""
    file = form.cleaned_data["file"]
    digest = campaign_import.digest_of(file)
    known = campaign.imports.filter(sha256=digest).exclude(state=ImportState.WAITING).first()
    # A command reads its file where it lies; killed, it left none for a worker to go on with.
    if known and (known.state == ImportState.DONE or known.file):
        messages.info(
            request,
            f"Berkas ini sudah pernah dikirim pada {waktu(known.started_at)} dengan nama "
            f"{known.name}. Tidak ada yang dicatat dua kali.",
        )
        return redirect("admin:programs_campaignimport_progress", known.pk)
    try:
        found = campaign_import.preview(
            file, campaign, today=timezone.localdate(), most_told=MOST_TOLD, most_lines=MOST_LINES
        )
    except TableRefused as refusal:
        form.add_error("file", str(refusal))
        return None
    record = campaigns.take_in(campaign, sha256=digest, name=file.name, by=request.user, file=file)
    return _page(
        request,
        "programs/desk_campaign_preview.html",
        f"Periksa berkas peserta {campaign}",
        campaign=campaign,
        record=record,
        found=found,
        most_told=MOST_TOLD,
    )


@require_safe
def progress_page(request, pk):
    """How far a file got, and the lines that were refused."""
    _ask(request, "programs.view_campaignimport")
    record = get_object_or_404(CampaignImport.objects.select_related("campaign", "by"), pk=pk)
    refusals = Paginator(record.refusals.all(), ON_A_PAGE)
    refusals.count = record.refused
    return _page(
        request,
        "programs/desk_campaign_import.html",
        f"Berkas {record.name}",
        campaign=record.campaign,
        record=record,
        may_import=request.user.has_perm(MAY_IMPORT),
        page=refusals.get_page(request.GET.get("halaman")),
    )


@require_POST
def start(request, pk):
    """The officer's yes, or going on with a file that stopped. A worker does the rest."""
    _ask(request, MAY_IMPORT)
    record = campaigns.start(get_object_or_404(CampaignImport, pk=pk), by=request.user)
    if record.state == ImportState.RUNNING:
        record_soon(record)
        messages.success(
            request,
            "Pencatatan dimulai. Halaman ini menunjukkan kemajuannya; Anda boleh menutupnya.",
        )
    return redirect("admin:programs_campaignimport_progress", record.pk)


@require_POST
def forget(request, pk):
    """Drop a file that was only looked at."""
    _ask(request, MAY_IMPORT)
    record = get_object_or_404(CampaignImport, pk=pk)
    if campaigns.forget(record.pk):
        messages.success(request, f"Berkas {record.name} dibuang; tidak ada yang dicatat.")
    else:
        messages.warning(request, "Berkas ini sudah mulai dicatat, jadi tidak dapat dibuang.")
        return redirect("admin:programs_campaignimport_progress", record.pk)
    return redirect("admin:programs_campaign_files", record.campaign_id)


@require_safe
def refusals_file(request, pk):
    """The refused lines as a file that Excel opens, line by line."""
    _ask(request, "programs.view_campaignimport")
    record = get_object_or_404(CampaignImport, pk=pk)
    lines = record.refusals.values_list("line", "column", "words").iterator(chunk_size=2000)
    response = StreamingHttpResponse(
        stream_csv(_with_heading(["Baris", "Kolom", "Yang salah"], lines)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="baris-ditolak-{record.pk}.csv"'
    return response


def _with_heading(heading, rows):
    yield heading
    yield from rows


@require_safe
def template_file(request):
    """An empty table with the right headings, and an example."""
    _ask(request, MAY_IMPORT)
    sheets = {"Data": [COLUMNS], "Contoh": [COLUMNS, EXAMPLE]}
    return FileResponse(
        temporary_xlsx(sheets), as_attachment=True, filename="templat-peserta-kampanye.xlsx"
    )


def _page(request, template, title, *, status=200, campaign, **context):
    page = desk(
        request,
        admin.site,
        title=title,
        campaign=campaign,
        here=reverse("admin:programs_campaign_files", args=[campaign.pk]),
        back=reverse("admin:programs_campaign_change", args=[campaign.pk]),
        **context,
    )
    return TemplateResponse(request, template, page, status=status)
