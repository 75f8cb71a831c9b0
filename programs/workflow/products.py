"""What IKM make, as the catalogue shows it: products, their photos and their certificates."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.documents import store_document
from programs.enums import NotificationKind
from programs.esmart_news import tell_people
from programs.models import Certification, Product, ProductPhoto
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed

MOST_PHOTOS = 5
# So many days before a certificate expires its IKM is reminded, once for each.
REMIND_BEFORE = (60, 30, 7)


@transaction.atomic
def add_product(organization, *, by, **details):
    """Enter a product of an IKM. ``ValidationError`` when there is one of that name already."""
    product = Product(organization=organization)
    return _write(product, details)


@transaction.atomic
def change_product(product, *, by, **details):
    return _write(_locked(product), details)


@transaction.atomic
def show_product(product, *, is_shown, by):
    """Let the catalogue show a product, or take it out. The owner's consent is asked besides."""
    product = _locked(product)
    product.is_shown = is_shown
    product.save(update_fields=["is_shown", "changed_at"])
    return product


@transaction.atomic
def add_photo(product, accepted, *, by):
    """Add a picture that ``accept_upload`` took: five at most, the first one is shown first."""
    product = _locked(product)
    photos = list(product.photos.all())
    if len(photos) >= MOST_PHOTOS:
        raise TransitionNotAllowed(
            f"Satu produk paling banyak {MOST_PHOTOS} foto. Hapus salah satu dahulu."
        )
    if any(photo.document.sha256 == accepted.sha256 for photo in photos):
        raise TransitionNotAllowed("Foto ini sudah ada pada produk ini. Pilih foto lain.")
    document = store_document(accepted, organization=product.organization, by=by)
    last = max((photo.position for photo in photos), default=-1)
    return product.photos.create(document=document, position=last + 1)


@transaction.atomic
def remove_photo(photo, *, by):
    """Take a picture away, and its file with it once that is certain."""
    _locked(photo.product)
    photo = ProductPhoto.objects.select_related("document").filter(pk=photo.pk).first()
    if photo is None:
        return
    document = photo.document
    photo.delete()
    document.delete()
    transaction.on_commit(lambda: document.file.delete(save=False))


@transaction.atomic
def put_first(photo, *, by):
    """Make a picture the one that stands in the catalogue; the others keep their order."""
    product = _locked(photo.product)
    photos = sorted(product.photos.all(), key=lambda one: one.pk != photo.pk)
    for position, one in enumerate(photos):
        one.position = position
    ProductPhoto.objects.bulk_update(photos, ["position"])
    return product


@transaction.atomic
def add_certification(product, *, kind, number, issued_on, expires_on, by, today):
    """Record a certificate of a product. One that has expired already does not count."""
    product = _locked(product)
    if issued_on and issued_on > today:
        raise ValidationError({"issued_on": "Tanggal terbit belum tiba. Periksa lagi tanggalnya."})
    if expires_on and expires_on < today:
        raise ValidationError(
            {
                "expires_on": f"Sertifikat ini berakhir {tanggal(expires_on)}. Catat yang masih "
                "berlaku saja."
            }
        )
    certification = Certification(
        product=product,
        kind=kind,
        number=" ".join(number.split()),
        issued_on=issued_on,
        expires_on=expires_on,
    )
    certification.full_clean()
    certification.save()
    return certification


@transaction.atomic
def remove_certification(certification, *, by):
    _locked(certification.product)
    Certification.objects.filter(pk=certification.pk).delete()


def remind_of(certification, *, days, today):
    """Tell the people of an IKM that a certificate expires in at most ``days`` days. Once."""
    product = certification.product
    tell_people(
        product.organization,
        fact=f"certification.{certification.pk}.{certification.expires_on:%Y%m%d}.{days}",
        subject=f"Sertifikat {certification} berakhir {tanggal(certification.expires_on)}",
        body=(
            f"Sertifikat {certification} pada produk {product} berlaku sampai "
            f"{tanggal(certification.expires_on)}, {(certification.expires_on - today).days} hari "
            "lagi. Urus perpanjangannya, lalu catat sertifikat yang baru. Sesudah hari itu "
            "katalog tidak menampilkannya lagi."
        ),
        url=reverse("esmart:product_detail", args=[product.pk]),
        kind=NotificationKind.TASK,
    )


def _locked(product):
    return (
        Product.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=product.pk)
    )


def _write(product, details):
    for name in ("name", "commodity", "description", "price", "unit"):
        setattr(product, name, details[name])
    product.name = " ".join(product.name.split())
    product.full_clean()
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError:
        # The same form in two tabs: the other one was first.
        raise ValidationError({"name": "Produk dengan nama ini sudah ada."}) from None
    return product
