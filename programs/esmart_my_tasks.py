"""What e-Smart expects of a person, for *Beranda saya* and for the page of the IKM."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import capfirst

from programs.esmart_enums import ACCEPTED, EnrolmentStatus
from programs.esmart_news import page_of
from programs.esmart_stages import STAGES
from programs.models import Certification, Enrolment, Product
from programs.models.reach import places_of
from programs.my_tasks import Record, Task

S = EnrolmentStatus
# A certificate is a task from so many days before its end.
EXPIRES_SOON = timedelta(days=30)


def tasks_for(user, today):
    """Proposals to answer, the next step of each of one's IKM, certificates to renew."""
    enrolments = _enrolments(user)
    tasks = [task for enrolment in enrolments for task in tasks_of(enrolment)]
    with_products = [one.organization_id for one in enrolments if one.has_product and one.is_mine]
    if with_products:
        tasks += certification_tasks(with_products, today)
    return tasks


def records_for(user):
    """One's IKM in e-Smart, and where each stands."""
    return [
        Record(
            title=f"e-Smart IKM: {enrolment.organization}",
            about=enrolment.organization.region.name if enrolment.organization.region else "",
            url=page_of(enrolment),
            badge=capfirst(enrolment.get_status_display()),
            icon=STAGES[enrolment.status].icon,
            kind=STAGES[enrolment.status].kind,
        )
        for enrolment in _enrolments(user)
        if enrolment.is_mine
    ]


def with_facts(enrolments):
    """Enrolments that know whether their IKM has a product: what ``tasks_of`` asks."""
    return enrolments.annotate(
        has_product=Exists(Product.objects.filter(organization=OuterRef("organization")))
    )


def tasks_of(enrolment):
    """What the people of an IKM do next, where it stands now."""
    organization = enrolment.organization
    if enrolment.status == S.PROPOSED:
        yield Task(
            f"Setujui pendaftaran {organization}",
            "Dinas mengisi pendaftaran e-Smart IKM untuk Anda. Tanpa persetujuan Anda, tidak ada "
            "yang berlaku.",
            reverse("esmart:confirm", args=[enrolment.code]),
            "Periksa",
        )
        return
    if enrolment.status == S.SCHEDULED:
        yield Task(
            f"Hadiri {enrolment.workshop}",
            f"Untuk {organization}. Bawa ponsel, contoh produk, dan daftar harga.",
            page_of(enrolment),
            "Lihat",
            enrolment.workshop_on,
        )
    if enrolment.status == S.TRAINED:
        yield Task(
            f"Catat toko pertama {organization}",
            "Buka toko di salah satu lokapasar, lalu salin tautannya ke sini. Terhambat? Minta "
            "bantuan pendamping.",
            f"{reverse('esmart:shop_new')}?usaha={organization.pk}",
            "Catat toko",
        )
    if not enrolment.has_product and enrolment.status in [S.REGISTERED, *ACCEPTED]:
        yield Task(
            f"Isi produk {organization}",
            "Nama, harga, dan foto; sekitar 2 menit untuk satu produk. Pembeli menemukannya di "
            "katalog.",
            reverse("esmart:product_new", args=[organization.pk]),
            "Tambah produk",
        )


def certification_tasks(organizations, today):
    """Certificates of these IKM that expire soon and have no later one of the same kind."""
    renewed = Certification.objects.filter(
        product=OuterRef("product"), kind=OuterRef("kind")
    ).filter(Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on")))
    expiring = Certification.objects.filter(
        ~Exists(renewed),
        product__organization__in=organizations,
        expires_on__range=(today, today + EXPIRES_SOON),
    )
    return [
        Task(
            f"Perpanjang sertifikat {one}",
            f"Untuk produk {one.product}. Sesudah diperpanjang, catat sertifikat yang baru.",
            reverse("esmart:product_detail", args=[one.product_id]),
            "Lihat produk",
            one.expires_on,
        )
        for one in expiring.select_related("product").order_by("expires_on", "pk")
    ]


def _enrolments(user):
    """Running ones of one's IKM, and proposals that wait for one's yes; asked once a request."""
    if not hasattr(user, "_esmart_enrolments"):
        mine = Q(organization__in=places_of(user))
        proposed = Q(status=S.PROPOSED, owner_email=user.email)
        user._esmart_enrolments = list(
            with_facts(Enrolment.objects.running())
            .filter(mine | proposed)
            .annotate(is_mine=mine)
            .select_related("organization__region")
            .order_by("-entered_at", "-pk")
        )
    return user._esmart_enrolments
