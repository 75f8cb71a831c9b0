from django.contrib import admin, messages
from django.db.models import Q

from programs.admin.places import ProvinceFilter
from programs.admin_base import (
    ChoicesDropdownFilter,
    DropdownFilter,
    ModelAdmin,
    ReadOnlyAdmin,
    TabularInline,
    TextInput,
    display,
)
from programs.enums import MembershipState
from programs.forms import GuidedModelForm, NibField, NpsnField, NpwpField
from programs.models import Membership, Organization, ReviewFlag
from programs.review import resolve_flag
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed
from programs.workflow import memberships


class OrganizationForm(GuidedModelForm):
    """Identifiers may be typed with dots and blanks; an empty one stays empty."""

    nib = NibField(label="NIB", required=False, widget=TextInput)
    npwp = NpwpField(label="NPWP", required=False, widget=TextInput)
    npsn = NpsnField(label="NPSN", required=False, widget=TextInput)


class MembershipInline(TabularInline):
    """The people of an organization. An officer may enter one; decisions are made in their list."""

    model = Membership
    fk_name = "organization"
    extra = 0
    fields = ["user", "role", "state_words", "requested", "decided_by"]
    readonly_fields = ["state_words", "requested", "decided_by"]
    autocomplete_fields = ["user"]
    verbose_name_plural = "orang dalam organisasi ini"

    def get_queryset(self, request):
        people = super().get_queryset(request)
        return people.select_related("user", "organization", "decided_by")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="keadaan")
    def state_words(self, membership):
        return membership.get_state_display() if membership.pk else "disetujui"

    @display(description="diminta pada")
    def requested(self, membership):
        return tanggal(membership.requested_at)


@admin.register(Organization)
class OrganizationAdmin(ModelAdmin):
    form = OrganizationForm
    list_display = ["name", "kind", "nib", "region", "created"]
    list_select_related = ["region__province"]
    list_filter = [("kind", ChoicesDropdownFilter), ProvinceFilter]
    search_fields = ["name"]
    search_help_text = "Cari nama, NIB, NPWP, NPSN, atau kode satker"
    autocomplete_fields = ["region"]
    readonly_fields = ["created"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["kind", "name", "about"]}),
        ("Nomor pengenal", {"fields": ["nib", "npwp", "npsn", "satker_code"]}),
        ("Alamat dan kontak", {"fields": ["address", "region", "email", "phone"]}),
        ("Catatan sistem", {"fields": ["created"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False  # papers and cases name it

    @display(description="terdaftar pada", ordering="created_at")
    def created(self, organization):
        return tanggal(organization.created_at)

    def get_readonly_fields(self, request, obj=None):
        # What an organization is decides which records may belong to it.
        return [*self.readonly_fields, "kind"] if obj else self.readonly_fields

    def get_search_results(self, request, queryset, search_term):
        """Digits are one of the numbers, whole; words are part of the name."""
        digits = search_term.replace(".", "").replace("-", "").replace(" ", "")
        if digits.isdigit():
            numbers = Q(nib=digits) | Q(npwp=digits) | Q(npsn=digits) | Q(satker_code=digits)
            return queryset.filter(numbers), False
        return super().get_search_results(request, queryset, search_term)

    def save_formset(self, request, form, formset, change):
        """Whom an officer enters belongs to the organization by that officer's word."""
        for membership_form in formset.extra_forms:
            membership_form.instance.state = MembershipState.APPROVED
            membership_form.instance.decided_by = request.user
        super().save_formset(request, form, formset, change)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who asked to belong where. Officers decide where an organization has no owner to ask."""

    list_display = ["user", "organization", "role", "state_words", "requested", "decided_by"]
    list_select_related = ["user", "organization", "decided_by"]
    list_filter = [("state", ChoicesDropdownFilter), ("role", ChoicesDropdownFilter)]
    search_fields = ["user__name", "user__email", "organization__name"]
    search_help_text = "Cari nama orang, surel, atau organisasi"
    ordering = ["-requested_at", "-pk"]
    actions = ["approve", "refuse", "end", "make_owner"]
    fields = ["user", "organization", "role", "state_words", "requested", "decided_by"]

    @display(
        description="keadaan",
        ordering="state",
        label={"Menunggu persetujuan": "warning", "Disetujui": "success", "Berakhir": "info"},
    )
    def state_words(self, membership):
        return membership.get_state_display().capitalize()

    @display(description="diminta pada", ordering="requested_at")
    def requested(self, membership):
        return tanggal(membership.requested_at)

    def has_decide_permission(self, request):
        return request.user.has_perm("programs.change_membership")

    @admin.action(description="Setujui permintaan bergabung", permissions=["decide"])
    def approve(self, request, queryset):
        self.decide(memberships.approve, request, queryset)

    @admin.action(description="Tolak permintaan bergabung", permissions=["decide"])
    def refuse(self, request, queryset):
        self.decide(memberships.refuse, request, queryset)

    @admin.action(description="Akhiri keanggotaan", permissions=["decide"])
    def end(self, request, queryset):
        self.decide(memberships.end, request, queryset)

    @admin.action(description="Jadikan pemilik", permissions=["decide"])
    def make_owner(self, request, queryset):
        self.decide(memberships.make_owner, request, queryset)

    def decide(self, step, request, queryset):
        """Take one step of the workflow for each chosen row, or say why it cannot be taken."""
        done = 0
        for membership in queryset:
            try:
                step(membership, by=request.user)
            except TransitionNotAllowed as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
            else:
                self.log_change(request, membership, [{"changed": {"fields": ["keadaan"]}}])
                done += 1
        if done:
            self.message_user(request, f"{done} keanggotaan diperbarui.", messages.SUCCESS)


class OpenFilter(DropdownFilter):
    title = "penanganan"
    parameter_name = "penanganan"

    def lookups(self, request, model_admin):
        return [("menunggu", "menunggu diperiksa"), ("selesai", "selesai")]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(resolved_at__isnull=self.value() == "menunggu")
        return queryset


@admin.register(ReviewFlag)
class ReviewFlagAdmin(ModelAdmin):
    """What looks wrong in the register: raised by the system, settled by an officer."""

    list_display = ["organization", "reason", "note", "raised", "handled", "outcome"]
    list_select_related = ["organization", "resolved_by"]
    list_filter = [OpenFilter, ("reason", ChoicesDropdownFilter)]
    search_fields = ["organization__name"]
    search_help_text = "Cari nama organisasi"
    actions = ["find_nothing_wrong"]
    fields = ["organization", "reason", "note", "raised", "handled", "outcome"]

    @display(description="dicatat pada", ordering="raised_at")
    def raised(self, flag):
        return tanggal(flag.raised_at)

    @display(
        description="penanganan",
        label={"Menunggu diperiksa": "warning", "Selesai": "success"},
        ordering="resolved_at",
    )
    def handled(self, flag):
        return "Selesai" if flag.resolved_at else "Menunggu diperiksa"

    def get_readonly_fields(self, request, obj=None):
        facts = ["organization", "reason", "note", "raised", "handled"]
        return [*facts, "outcome"] if obj and obj.resolved_at else facts

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "outcome" in form.base_fields:
            form.base_fields["outcome"].required = True
            form.base_fields[
                "outcome"
            ].help_text = (
                "Misalnya: NIK dicocokkan dengan KTP, benar. Menyimpan berarti menyelesaikan."
            )
        return form

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        resolve_flag(obj, by=request.user, outcome=form.cleaned_data["outcome"])

    @admin.action(description="Selesaikan: tidak ada masalah", permissions=["change"])
    def find_nothing_wrong(self, request, queryset):
        waiting = list(queryset.filter(resolved_at=None))
        for flag in waiting:
            resolve_flag(flag, by=request.user, outcome="Diperiksa, tidak ada masalah.")
            self.log_change(request, flag, [{"changed": {"fields": ["hasil pemeriksaan"]}}])
        self.message_user(request, f"{len(waiting)} hal diselesaikan.", messages.SUCCESS)
