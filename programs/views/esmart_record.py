"""*e-Smart saya*: where an IKM stands, what is next, and how it sells."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs import arrows, permissions
from programs.asking import ask, typed
from programs.esmart_enums import ACCEPTED, ENDED, REPORTING, EnrolmentStatus, MentoringKind
from programs.esmart_my_tasks import certification_tasks, tasks_of, with_facts
from programs.esmart_news import page_of
from programs.esmart_stages import OWNER, SETBACKS, STAGES, text_for, way_of
from programs.forms import ReasonForm
from programs.models import (
    Enrolment,
    Holiday,
    MentoringTask,
    Product,
    SalesReport,
)
from programs.months import first_of, month_after, months_between
from programs.once import once
from programs.rupiah import format_rupiah
from programs.templatetags.bina import bulan
from programs.workflow import mentoring
from programs.workflow.stages import workshops_passed

CARD_KINDS = {"ok", "warn", "danger"}
MONTHS_DRAWN = 12
S = EnrolmentStatus


@require_safe
def enrolment_list(request):
    """One's own enrolments; with a single one, its page at once."""
    enrolments = list(
        Enrolment.objects.of_people(request.user)
        .running()
        .select_related("organization__region__province")
    )
    if len(enrolments) == 1:
        return redirect(page_of(enrolments[0]))
    return render(
        request,
        "programs/esmart/enrolment_list.html",
        {"enrolments": [(one, STAGES[one.status]) for one in enrolments]},
    )


@require_safe
def enrolment_detail(request, pk):
    """For its people to act on; for the Dinas of its region and officers to read."""
    enrolment = get_object_or_404(
        with_facts(Enrolment.objects.visible_to(request.user)).select_related(
            "organization__region__province", "organization__ikm"
        ),
        pk=pk,
    )
    organization, today = enrolment.organization, timezone.localdate()
    is_own = permissions.is_member(request.user, organization)
    history = list(enrolment.history.order_by("pk"))
    holidays = Holiday.objects.days() if enrolment.status == S.REGISTERED else frozenset()
    words = STAGES[enrolment.status]
    tasks = _mentoring(enrolment)
    help_is_coming = any(
        one.kind == MentoringKind.REQUESTED and one.closed_on is None for one in tasks
    )
    products = list(
        Product.objects.filter(organization=organization).prefetch_related("certifications")
    )
    return render(
        request,
        "programs/esmart/enrolment_detail.html",
        {
            "enrolment": enrolment,
            "organization": organization,
            "profile": getattr(organization, "ikm", None),
            "is_own": is_own,
            "is_officer": request.user.is_staff
            and request.user.has_perm("programs.view_enrolment"),
            "words": words,
            "is_owners_turn": words.actor == OWNER,
            "kind": words.kind if words.kind in CARD_KINDS else "",
            "state_text": text_for(enrolment, holidays, is_own=is_own),
            "action": _action(enrolment) if is_own else None,
            "reason": history[-1].reason if history and history[-1].action in SETBACKS else "",
            "way": way_of(enrolment, history),
            "tasks": _tasks(enrolment, today) if is_own else [],
            "sales": _sales(organization, today),
            "shops": list(organization.shops.open().select_related("marketplace")),
            "products": products,
            "certificates": [
                (product, one, bool(one.expires_on and one.expires_on < today))
                for product in products
                for one in product.certifications.all()
            ],
            "workshops": list(workshops_passed(enrolment).select_related("user")),
            "mentoring": tasks,
            "may_ask_for_help": is_own and enrolment.status in ACCEPTED and not help_is_coming,
            "may_leave": is_own and enrolment.status in arrows.LEAVE.sources,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask_for_help(request, pk):
    """The owner's question to a mentor, in own words."""
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("organization"), pk=pk
    )
    if not permissions.can_enrol(request.user, enrolment.organization):
        raise PermissionDenied("Bantuan diminta oleh orang dari usaha itu sendiri.")
    if enrolment.status not in ACCEPTED:
        messages.info(request, "Pendampingan diberikan setelah usaha Anda diterima petugas.")
        return redirect(page_of(enrolment))
    form = ReasonForm(
        typed(request),
        label="Apa yang ingin Anda tanyakan?",
        hint="Contoh: Toko sudah dibuka, tetapi belum ada pesanan. Bagaimana menata fotonya?",
        missing="Tulis pertanyaan Anda agar pendamping dapat bersiap.",
        max_length=300,
    )
    return ask(
        request,
        form,
        lambda cleaned: mentoring.ask_for_help(
            enrolment, by=request.user, text=cleaned["reason"], today=timezone.localdate()
        ),
        done="Permintaan Anda kami terima. Pendamping menghubungi Anda lewat telepon atau surel.",
        then=page_of(enrolment),
        template="programs/esmart/ask.html",
        heading="Minta bantuan pendamping",
        lead=f"Untuk {enrolment.organization}. Gratis.",
        button="Kirim permintaan",
        back=page_of(enrolment),
        back_label="Kembali ke e-Smart saya",
    )


def _action(enrolment):
    """The one thing that the people of the IKM do at this stage: its words and its address."""
    organization = enrolment.organization
    if enrolment.status == S.PROPOSED:
        return "Periksa dan jawab", reverse("esmart:confirm", args=[enrolment.code])
    if enrolment.status == S.TRAINED:
        return "Catat toko", f"{reverse('esmart:shop_new')}?usaha={organization.pk}"
    if enrolment.status in REPORTING:
        return "Laporkan penjualan", reverse("esmart:shop_list")
    if enrolment.status in ENDED:
        return "Daftar lagi", reverse("esmart:enrol", args=[organization.pk])
    if not enrolment.has_product:
        return "Isi produk", reverse("esmart:product_new", args=[organization.pk])
    return None


def _tasks(enrolment, today):
    action = _action(enrolment)
    # What the card of the state says already is not said twice.
    tasks = [one for one in tasks_of(enrolment) if action is None or one.url != action[1]]
    tasks = [one for one in tasks if one.url != page_of(enrolment)]
    return tasks + certification_tasks([enrolment.organization_id], today)


def _sales(organization, today):
    """The last twelve months over all shops: bars, and their sum. None before the first report."""
    last = first_of(today)
    first = month_after(last, 1 - MONTHS_DRAWN)
    months = {
        row["month"]: row
        for row in SalesReport.objects.filter(
            shop__organization=organization, month__range=(first, last)
        )
        .order_by()
        .values("month")
        .annotate(turnover=Sum("turnover"), orders=Sum("orders"))
    }
    if not months:
        return None
    most = max(row["turnover"] for row in months.values())
    return {
        "bars": [
            _bar(month, months.get(month), most, is_running=month == last)
            for month in months_between(min(months), last)
        ],
        "turnover": sum(row["turnover"] for row in months.values()),
        "orders": sum(row["orders"] for row in months.values()),
    }


def _bar(month, row, most, *, is_running):
    if row:
        words = format_rupiah(row["turnover"])
    else:
        words = "masih berjalan" if is_running else "belum dilaporkan"
    return bulan(month), row["turnover"] if row else 0, most, words


def _mentoring(enrolment):
    """What is open between the IKM and its mentors, and what was settled last."""
    return list(
        MentoringTask.objects.filter(enrolment=enrolment)
        .select_related("mentor__user")
        .order_by("-status", "due_on")
    )
