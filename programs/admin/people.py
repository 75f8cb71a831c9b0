# These three register first, so that it can be undone.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group, Permission
from django.db.models import Count, Q
from django.utils import timezone

from programs.admin_base import (
    BooleanRadioFilter,
    CheckboxSelectMultiple,
    ModelAdmin,
    RelatedDropdownFilter,
    TabularInline,
    TextInput,
    display,
)
from programs.enums import NotificationKind
from programs.forms import GuidedModelForm, PhoneField
from programs.models import Membership, User
from programs.notifications import notify
from programs.templatetags.bina import tanggal, waktu

# Their pages would show keys and let officers mark an address as confirmed that is not.
for model in (EmailAddress, EmailConfirmation, Authenticator, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

GRANTABLE_APPS = ["programs", "subsidies", "partnerships", "training", "auth", "admin"]
FACTORS = {
    Authenticator.Type.TOTP: "aplikasi kode",
    Authenticator.Type.WEBAUTHN: "kunci sandi (passkey)",
    Authenticator.Type.RECOVERY_CODES: "kode pemulihan",
}
VERBS = {"add": "menambah", "change": "mengubah", "delete": "menghapus", "view": "melihat"}


class PermissionField(forms.ModelMultipleChoiceField):
    """Permissions in Indonesian; Django keeps their English names in the database."""

    def label_from_instance(self, permission):
        action, _, model = permission.codename.partition("_")
        noun = permission.content_type.name
        verb = VERBS.get(action) if model == permission.content_type.model else None
        return f"{noun}: {verb or permission.name.removeprefix('Dapat ')}"


class GroupForm(GuidedModelForm):
    permissions = PermissionField(
        label="Hak",
        queryset=Permission.objects.none(),
        required=False,
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Group
        fields = ["name", "permissions"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "permissions" in self.fields:
            held = self.instance.permissions.values("pk") if self.instance.pk else []
            self.fields["permissions"].queryset = (
                Permission.objects.filter(
                    Q(content_type__app_label__in=GRANTABLE_APPS) | Q(pk__in=held)
                )
                .select_related("content_type")
                .order_by("content_type__app_label", "content_type__model", "codename")
            )


@admin.register(Group)
class GroupAdmin(ModelAdmin):
    """A role in the ministry's work, and what its people may do. Roles are changed, not deleted."""

    form = GroupForm
    list_display = ["name", "people"]
    search_fields = ["name"]
    search_help_text = "Cari nama kelompok"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number_of_people=Count("user"))

    def get_readonly_fields(self, request, obj=None):
        # Who could widen the rights of a role could widen those of their own.
        return [] if request.user.is_superuser else ["permissions"]

    def has_delete_permission(self, request, obj=None):
        return False

    @display(description="jumlah orang", ordering="number_of_people")
    def people(self, group):
        return group.number_of_people


class UserForm(GuidedModelForm):
    phone = PhoneField(label="Nomor telepon", required=False, widget=TextInput)
    groups = forms.ModelMultipleChoiceField(
        label="Kelompok",
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=CheckboxSelectMultiple,
        help_text="Kelompok menentukan apa yang boleh dilakukan petugas ini.",
    )

    class Meta:
        labels = {"is_superuser": "Pengelola utama"}
        help_texts = {
            "is_superuser": "Boleh melakukan semua hal tanpa kelompok. Berikan hanya bila perlu."
        }

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class UserMembershipInline(TabularInline):
    """The organizations of a person, to look at; they are changed where the organization is."""

    model = Membership
    fk_name = "user"
    extra = 0
    fields = ["organization", "role", "state", "decided_by"]
    readonly_fields = fields
    verbose_name_plural = "organisasi orang ini"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organization", "decided_by", "user")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Accounts. No password is shown or set here: people choose their own by a mailed link."""

    form = UserForm
    list_display = ["name", "email", "roles", "is_staff", "is_active", "joined"]
    list_filter = [
        ("is_staff", BooleanRadioFilter),
        ("is_active", BooleanRadioFilter),
        ("groups", RelatedDropdownFilter),
    ]
    search_fields = ["name", "email"]
    search_help_text = "Cari nama atau surel"
    ordering = ["name", "pk"]
    inlines = [UserMembershipInline]
    readonly_fields = ["second_factor", "last_sign_in", "joined", "closed"]
    actions = ["remove_second_factor"]
    fieldsets = [
        (None, {"fields": ["name", "email", "phone"]}),
        ("Peran", {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        ("Keamanan", {"fields": ["second_factor", "last_sign_in", "joined", "closed"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["name", "email", "phone"],
                "description": "Orang ini membuat kata sandinya sendiri lewat “Lupa kata sandi”.",
            },
        ),
        ("Peran", {"fields": ["is_staff", "groups"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    @display(description="kelompok")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "–"

    @display(description="terdaftar pada", ordering="date_joined")
    def joined(self, user):
        return tanggal(user.date_joined)

    @display(description="ditutup pada")
    def closed(self, user):
        return waktu(user.closed_at)

    @display(description="masuk terakhir")
    def last_sign_in(self, user):
        return waktu(user.last_login)

    @display(description="langkah kedua")
    def second_factor(self, user):
        kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
        return ", ".join(sorted({FACTORS[kind] for kind in kinds})) or "belum dipasang"

    def has_change_permission(self, request, obj=None):
        # Whoever may edit a superuser can become one.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        if obj is not None and obj.closed_at:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # accounts are closed and made anonymous, never wiped out: papers name them

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.readonly_fields)
        if obj is not None:
            # People change their own address, with a confirmation; by it they sign in.
            readonly.append("email")
        if not request.user.is_superuser:
            readonly += ["is_staff", "is_superuser"]
            if obj == request.user or not request.user.has_perm("auth.change_group"):
                readonly.append("groups")
        return readonly

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            actions.pop("remove_second_factor", None)
        return actions

    @admin.action(description="Hapus langkah kedua (ponsel hilang)")
    def remove_second_factor(self, request, queryset):
        """Someone lost their telephone: at the next sign-in they set up a new second factor."""
        for user in queryset:
            Authenticator.objects.filter(user=user).delete()
            self.log_change(request, user, [{"changed": {"fields": ["langkah kedua"]}}])
            notify(
                user,
                key=f"second-factor-removed-{user.pk}-{timezone.now():%Y%m%d%H%M%S}",
                kind=NotificationKind.DECISION,
                subject="Langkah kedua akun Anda dihapus",
                body=(
                    f"Petugas {request.user} menghapus langkah kedua akun Anda. Pasang yang baru "
                    "saat Anda masuk. Bila Anda tidak memintanya, segera hubungi kami."
                ),
            )
        self.message_user(
            request, f"Langkah kedua {len(queryset)} orang dihapus.", messages.SUCCESS
        )
