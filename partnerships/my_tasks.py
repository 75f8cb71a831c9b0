"""What link and match expects of a person, for *Beranda saya*: of schools, companies, officers."""

from django.db.models import Count, Q
from django.urls import reverse

from partnerships.enums import AgreementStatus, AmendmentStatus, Side
from partnerships.models import Agreement, Amendment, Report
from partnerships.news import page_of
from partnerships.permissions import can_steer, confirmed_at, own_partners
from partnerships.stages import STAGES
from programs.my_tasks import Record, Task

NEWEST = 10
S = AgreementStatus


def tasks_for(user, today):
    """Proposals to answer, texts to fill in, signatures, reports and endings; desk work."""
    return own_tasks(user) + (_desk_tasks() if user.is_staff and can_steer(user) else [])


def records_for(user):
    """One's agreements, the newest first."""
    mine = _partners(user)
    if not mine:
        return []
    agreements = Agreement.objects.filter(Q(school__in=mine) | Q(company__in=mine))
    return [
        Record(
            title=str(agreement),
            about=f"PKS {agreement.number}" if agreement.number else "Usulan kerja sama",
            url=page_of(agreement),
            badge=agreement.get_status_display().capitalize(),
            icon=STAGES[agreement.status].icon,
            kind=STAGES[agreement.status].badge,
        )
        for agreement in agreements.with_names()[:NEWEST]
    ]


def _partners(user):
    """The keys of the schools and companies that ``user`` belongs to, asked for once a request."""
    if not hasattr(user, "_partner_keys"):
        user._partner_keys = set(own_partners(user).order_by().values_list("pk", flat=True))
    return user._partner_keys


def own_tasks(user):
    """What waits for ``user`` as one of a school or a company."""
    mine = _partners(user)
    if not mine:
        return []
    open_ones = (
        Agreement.objects.of_people(user)
        .filter(status__in=[S.PROPOSED, S.DRAFTING, S.READY, S.ENDING])
        .with_names()
        .annotate(
            renewed=Count("renewals", filter=~Q(renewals__status__in=[S.DECLINED, S.WITHDRAWN]))
        )
        .prefetch_related("signatures")
        .order_by("ends_on", "pk")
    )
    tasks = [task for one in open_ones for task in _tasks_of(one, mine)]
    agreements = Agreement.objects.of_people(user)
    reports = (
        Report.objects.waiting()
        .filter(agreement__in=agreements)
        .select_related("agreement__school", "agreement__company")
        .order_by("due_on", "pk")
    )
    tasks += [
        Task(
            f"Isi laporan kerja sama {report.period_name}",
            f"{report.agreement}. Cukup salah satu pihak yang mengisi.",
            reverse("partnerships:report_file", args=[report.pk]),
            "Isi laporan",
            report.due_on,
        )
        for report in reports
    ]
    amendments = (
        Amendment.objects.filter(status=AmendmentStatus.PROPOSED, agreement__in=agreements)
        .select_related("agreement__school", "agreement__company")
        .order_by("pk")
    )
    tasks += [
        Task(
            f"Jawab addendum {amendment.number}",
            f"{amendment.agreement}. Baca perubahannya, lalu setujui atau tolak.",
            page_of(amendment.agreement),
            "Baca",
        )
        for amendment in amendments
        if _asked(amendment, mine)
    ]
    return tasks


def _asked(amendment, mine):
    agreement = amendment.agreement
    asked = agreement.company_id if amendment.side == Side.SCHOOL else agreement.school_id
    return asked in mine


def _tasks_of(agreement, mine):
    url = page_of(agreement)
    sides = [
        side
        for side, pk in [(Side.SCHOOL, agreement.school_id), (Side.COMPANY, agreement.company_id)]
        if pk in mine
    ]
    if agreement.status == S.PROPOSED:
        if any(confirmed_at(agreement, side) is None for side in sides):
            yield Task(
                "Jawab usulan kerja sama",
                f"{agreement}. Baca kompetensi dan lingkupnya, lalu setujui atau tolak.",
                url,
                "Baca usulan",
            )
    elif agreement.status == S.DRAFTING:
        yield Task(
            "Lengkapi naskah perjanjian",
            f"{agreement}. Isi penanda tangan, masa berlaku, dan target.",
            reverse("partnerships:agreement_text", args=[agreement.pk]),
            "Isi naskah",
        )
    elif agreement.status == S.READY:
        open_ones = {one.signer for one in agreement.signatures.all() if one.signed_at is None}
        if open_ones & {str(side) for side in sides}:
            yield Task("Tanda tangani perjanjian", f"{agreement}.", url, "Baca dan tanda tangani")
    elif not agreement.renewed:
        yield Task(
            "Perpanjang perjanjian yang akan berakhir",
            f"{agreement}. Abaikan bila kerja sama tidak diteruskan.",
            url,
            "Lihat",
            agreement.ends_on,
        )


def _desk_tasks():
    """For officers who steer: how much waits in each pile, with the way to it."""
    piles = Agreement.objects.aggregate(
        matching=Count("pk", filter=Q(status=S.MATCHING)),
        ready=Count("pk", filter=Q(status=S.READY)),
    )
    reports = Report.objects.filter(filed_at__isnull=False, evaluated_at=None).count()
    agreements = reverse("admin:partnerships_agreement_changelist")
    return [
        Task(title.format(count), text, f"{agreements}{query}", "Buka")
        for count, title, text, query in [
            (
                piles["matching"],
                "{} usulan PKS menunggu pencocokan",
                "Periksa kompetensi dan lingkup, lalu teruskan ke naskah.",
                f"?status__exact={S.MATCHING}",
            ),
            (
                piles["ready"],
                "{} PKS menunggu tanda tangan",
                "Selesaikan yang sudah ditandatangani kedua pihak.",
                f"?status__exact={S.READY}",
            ),
            (
                reports,
                "{} laporan PKS menunggu evaluasi",
                "Baca laporannya dan beri nilai.",
                "?laporan=menunggu",
            ),
        ]
        if count
    ]
