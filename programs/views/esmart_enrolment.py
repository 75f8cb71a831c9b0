"""Into e-Smart IKM: by the owner, or by a Dinas with the owner's yes; and out of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import arrows, kept_input, permissions
from programs.asking import ask, typed
from programs.enums import MembershipRole, MembershipState, OrganizationKind
from programs.esmart_enums import EnrolmentStatus, EsmartDimension
from programs.esmart_filters import NotEnrolledFilter
from programs.esmart_forms import EnrolForm, ProposeForm
from programs.esmart_news import page_of
from programs.forms import ReasonForm, blame
from programs.models import Enrolment, EsmartFigure, Membership, Organization, Region, User
from programs.models.reach import places_of
from programs.once import once
from programs.transitions import TransitionNotAllowed
from programs.workflow import enrolment as workflow

ON_A_PAGE = 20
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@login_not_required
def about(request):
    """What e-Smart IKM is, for everybody."""
    return render(
        request,
        "programs/esmart/about.html",
        {"total": EsmartFigure.objects.filter(dimension=EsmartDimension.TOTAL).first()},
    )


@require_safe
def enrol_choose(request):
    """Which of one's IKM is to be enrolled; with a single one this page is skipped."""
    organizations = list(
        Organization.objects.of_kind(OrganizationKind.IKM)
        .filter(pk__in=places_of(request.user))
        .select_related("region__province")
    )
    running = {
        enrolment.organization_id: enrolment
        for enrolment in Enrolment.objects.running().filter(organization__in=organizations)
    }
    if len(organizations) == 1:
        [only] = organizations
        if only.pk in running:
            return redirect(page_of(running[only.pk]))
        return redirect("esmart:enrol", only.pk)
    return render(
        request,
        "programs/esmart/enrol_choose.html",
        {"choices": [(one, running.get(one.pk)) for one in organizations]},
    )


@require_http_methods(FORM_METHODS)
@once
def enrol(request, pk):
    """One form, filled in from the register; sending it enrols the IKM."""
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user)
        .of_kind(OrganizationKind.IKM)
        .select_related("ikm", "region"),
        pk=pk,
    )
    if not permissions.can_enrol(request.user, organization):
        raise PermissionDenied("Pendaftaran diisi oleh orang dari usaha itu sendiri.")
    running = Enrolment.objects.running().filter(organization=organization).first()
    if running and request.method != "POST":
        messages.info(request, f"{organization} sudah terdaftar pada e-Smart IKM.")
        return redirect(page_of(running))
    form = EnrolForm(typed(request), organization=organization)
    status = 422 if form.is_bound else 200
    if form.is_valid() and not form.raises_doubts():
        try:
            enrolment = workflow.enrol(
                organization,
                by=request.user,
                today=timezone.localdate(),
                details=form.cleaned_data,
            )
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(
                request, f"{organization} sudah didaftarkan. Petugas memeriksa data usahanya."
            )
            return redirect(page_of(enrolment))
    kept_input.fill(form, kept_input.take(request))
    return render(
        request,
        "programs/esmart/enrol.html",
        {"form": form, "organization": organization},
        status=status,
    )


@require_safe
def proposal_list(request):
    """The IKM of a Dinas' region that are not in e-Smart yet."""
    agencies = Membership.objects.filter(
        user=request.user,
        state=MembershipState.APPROVED,
        organization__kind=OrganizationKind.AGENCY,
    )
    if not agencies.exists():
        raise PermissionDenied(
            "Halaman ini untuk anggota dinas. Bila Anda bekerja di dinas, minta bergabung dengan "
            "dinas Anda lebih dahulu."
        )
    organizations = Organization.objects.filter(
        Organization.objects.in_regions_of(request.user)
    ).exclude(pk__in=Enrolment.objects.running().values("organization"))
    found = NotEnrolledFilter(
        request.GET,
        organizations.select_related("region__province", "ikm"),
        regions=Region.objects.filter(organizations__in=organizations).distinct().order_by("name"),
    )
    return render(
        request,
        "programs/esmart/proposal_list.html",
        {
            "filter": found,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "page": Paginator(found.qs, ON_A_PAGE).get_page(request.GET.get("halaman")),
        },
    )


@require_http_methods(FORM_METHODS)
@once
def propose(request, pk):
    """A Dinas enrols an IKM of its region; the owner is asked by mail."""
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user)
        .of_kind(OrganizationKind.IKM)
        .select_related("ikm", "region__province"),
        pk=pk,
    )
    if not permissions.can_propose(request.user, organization):
        raise PermissionDenied("Usulan diisi oleh dinas untuk IKM di wilayahnya.")
    owner = User.objects.filter(
        memberships__organization=organization,
        memberships__role=MembershipRole.OWNER,
        memberships__state=MembershipState.APPROVED,
    ).first()
    profile = getattr(organization, "ikm", None)
    form = ProposeForm(
        typed(request),
        owner=owner,
        initial={
            "owner_name": profile.owner_name if profile else "",
            "owner_email": organization.email,
        },
    )
    return ask(
        request,
        form,
        lambda cleaned: workflow.propose(
            organization, **cleaned, by=request.user, today=timezone.localdate()
        ),
        done=f"Permintaan persetujuan untuk {organization} dikirim kepada pemiliknya.",
        then=page_of,
        template="programs/esmart/propose.html",
        organization=organization,
        profile=profile,
        owner=owner,
    )


@require_http_methods(FORM_METHODS)
@once
def confirm(request, code):
    """The owner reads what a Dinas filled in, and agrees with one press."""
    enrolment, elsewhere = _proposal(request, code)
    if elsewhere is not None:
        return elsewhere
    if request.method == "POST":
        try:
            enrolment = workflow.confirm(enrolment, by=request.user, today=timezone.localdate())
        except TransitionNotAllowed as refusal:
            return _proposal_page(request, enrolment, refused=str(refusal), status=409)
        messages.success(
            request,
            f"Pendaftaran {enrolment.organization} Anda setujui. Petugas memeriksa data usahanya.",
        )
        return redirect(page_of(enrolment))
    return _proposal_page(request, enrolment)


@require_http_methods(FORM_METHODS)
@once
def decline(request, code):
    """The owner says no, with the reason."""
    enrolment, elsewhere = _proposal(request, code)
    if elsewhere is not None:
        return elsewhere
    form = ReasonForm(
        typed(request),
        label="Alasan",
        hint="Contoh: Usaha ini bukan milik saya.",
        missing="Tulis alasannya agar dinas mengerti.",
        max_length=500,
    )
    return ask(
        request,
        form,
        lambda cleaned: workflow.refuse(
            enrolment, by=request.user, reason=cleaned["reason"], today=timezone.localdate()
        ),
        done="Pendaftaran itu Anda tolak. Tidak ada yang berlaku.",
        then=reverse("beranda"),
        template="programs/esmart/ask.html",
        heading="Tolak pendaftaran ini?",
        lead=f"{enrolment.organization} tidak jadi didaftarkan ke e-Smart IKM.",
        button="Tolak pendaftaran",
        is_danger=True,
        back=reverse("esmart:confirm", args=[code]),
        back_label="Kembali ke pendaftaran",
    )


def _proposal(request, code):
    """The enrolment that the mail led to, and where to go instead when there is nothing to do."""
    enrolment = get_object_or_404(
        Enrolment.objects.select_related(
            "organization__region__province", "organization__ikm", "entered_by"
        ),
        code=code,
    )
    if not permissions.can_confirm(request.user, enrolment):
        return enrolment, render(request, "programs/esmart/confirm_other.html", status=403)
    if enrolment.status == EnrolmentStatus.PROPOSED or request.method == "POST":
        return enrolment, None
    messages.info(
        request, f"Pendaftaran ini sudah dijawab. Keadaannya: {enrolment.get_status_display()}."
    )
    if Enrolment.objects.visible_to(request.user).filter(pk=enrolment.pk).exists():
        return enrolment, redirect(page_of(enrolment))
    return enrolment, redirect("beranda")


def _proposal_page(request, enrolment, *, refused="", status=200):
    organization = enrolment.organization
    return render(
        request,
        "programs/esmart/confirm.html",
        {
            "enrolment": enrolment,
            "organization": organization,
            "profile": getattr(organization, "ikm", None),
            "becomes_owner": not permissions.is_member(request.user, organization),
            "refused": refused,
        },
        status=status,
    )


@require_http_methods(FORM_METHODS)
@once
def leave(request, pk):
    """Out of e-Smart, with the reason; what was reported stays."""
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("organization"), pk=pk
    )
    if not permissions.can_enrol(request.user, enrolment.organization):
        raise PermissionDenied("Hanya orang dari usaha ini yang dapat mengeluarkannya.")
    if enrolment.status not in arrows.LEAVE.sources and request.method != "POST":
        messages.info(
            request,
            f"Tidak ada yang perlu diakhiri. Keadaannya: {enrolment.get_status_display()}.",
        )
        return redirect(page_of(enrolment))
    form = ReasonForm(
        typed(request),
        label="Mengapa Anda keluar?",
        hint="Contoh: Usaha pindah ke bidang lain.",
        missing="Tulis alasannya; itu membantu kami memperbaiki program ini.",
        max_length=500,
    )
    return ask(
        request,
        form,
        lambda cleaned: workflow.leave(
            enrolment, by=request.user, reason=cleaned["reason"], today=timezone.localdate()
        ),
        done=f"{enrolment.organization} sudah keluar dari e-Smart IKM.",
        then=page_of,
        template="programs/esmart/ask.html",
        heading="Keluar dari e-Smart IKM?",
        lead=f"{enrolment.organization} tidak lagi didampingi dan tidak lagi diminta laporan. "
        "Laporan yang sudah diisi tetap tersimpan. Anda dapat mendaftar lagi kapan saja.",
        button="Keluar dari e-Smart IKM",
        is_danger=True,
        back=page_of(enrolment),
        back_label="Kembali ke e-Smart saya",
    )
