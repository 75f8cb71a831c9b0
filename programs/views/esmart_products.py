"""An owner's products: entered, photographed, certified, shown in the catalogue or not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import permissions
from programs.asking import ask, sent_files, typed
from programs.enums import ConsentPurpose, MembershipRole, MembershipState, OrganizationKind
from programs.esmart_product_forms import CertificationForm, PhotoForm, ProductForm
from programs.models import Certification, Consent, Organization, Product, ProductPhoto
from programs.models.reach import places_of
from programs.once import once
from programs.views.my_data import WHAT_FOR
from programs.workflow import products as workflow
from programs.workflow.accounts import give_consent

FORM_METHODS = ["GET", "HEAD", "POST"]
PHOTOS = Prefetch("photos", ProductPhoto.objects.select_related("document"))
NOT_YOURS = "Produk ini milik usaha lain. Anda dapat melihatnya, tetapi tidak mengubahnya."


@require_safe
def product_list(request):
    """One's products, IKM by IKM, and whether the catalogue shows them."""
    places = list(
        Organization.objects.of_kind(OrganizationKind.IKM).filter(pk__in=places_of(request.user))
    )
    products = list(
        Product.objects.filter(organization__in=places).prefetch_related(PHOTOS, "certifications")
    )
    public = _public(products)
    for product in products:
        product.is_public = product.pk in public
    return render(
        request,
        "programs/esmart/product_list.html",
        {
            "places": [
                (place, [one for one in products if one.organization_id == place.pk])
                for place in places
            ],
            "hidden_for_want_of_consent": any(
                one.is_shown and not one.is_public for one in products
            ),
            **_consent(request.user, places),
        },
    )


@require_http_methods(FORM_METHODS)
@once
def product_new(request, pk):
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user)
        .of_kind(OrganizationKind.IKM)
        .select_related("ikm"),
        pk=pk,
    )
    if not permissions.can_edit(request.user, organization):
        raise PermissionDenied("Produk diisi oleh orang dari usaha itu sendiri.")
    profile = getattr(organization, "ikm", None)
    form = ProductForm(typed(request), initial={"commodity": profile.commodity if profile else ""})
    return ask(
        request,
        form,
        lambda cleaned: workflow.add_product(organization, by=request.user, **cleaned),
        done="Produk disimpan. Tambahkan fotonya.",
        then=_page,
        template="programs/esmart/ask.html",
        heading="Produk baru",
        lead=organization.name,
        button="Simpan produk",
        back=reverse("esmart:product_list"),
        back_label="Kembali ke produk saya",
    )


@require_safe
def product_detail(request, pk):
    """A product as its owner keeps it; a Dinas and officers read it."""
    product = get_object_or_404(
        Product.objects.visible_to(request.user)
        .select_related("organization")
        .prefetch_related(PHOTOS),
        pk=pk,
    )
    today = timezone.localdate()
    return render(
        request,
        "programs/esmart/product_detail.html",
        {
            "product": product,
            "is_own": permissions.can_edit(request.user, product.organization),
            "is_public": bool(_public([product])),
            "photos": product.photos.all(),
            "may_add_photo": len(product.photos.all()) < workflow.MOST_PHOTOS,
            "most_photos": workflow.MOST_PHOTOS,
            "certifications": [
                (one, bool(one.expires_on and one.expires_on < today))
                for one in product.certifications.all()
            ],
            **_consent(request.user, [product.organization]),
        },
    )


@require_http_methods(FORM_METHODS)
@once
def product_edit(request, pk):
    product = _own(request, pk)
    names = ("name", "commodity", "price", "unit", "description")
    form = ProductForm(typed(request), initial={name: getattr(product, name) for name in names})
    return ask(
        request,
        form,
        lambda cleaned: workflow.change_product(product, by=request.user, **cleaned),
        done="Produk disimpan.",
        then=_page(product),
        template="programs/esmart/ask.html",
        heading=f"Ubah {product}",
        button="Simpan",
        **_back(product),
    )


@require_POST
@once
def product_show(request, pk):
    """Into the catalogue, or out of it."""
    product = _own(request, pk)
    is_shown = request.POST.get("tampil") == "1"
    workflow.show_product(product, is_shown=is_shown, by=request.user)
    words = "ditampilkan di" if is_shown else "disembunyikan dari"
    messages.success(request, f"{product} {words} katalog.")
    return redirect(_page(product))


@require_POST
@once
def publish(request):
    """The person's yes to showing the business to everybody; taken back on *Data saya*."""
    give_consent(ConsentPurpose.PUBLISH_PROFILE, by=request.user)
    messages.success(
        request,
        "Izin menampilkan profil usaha dicatat. Anda dapat menariknya kapan saja di Data pribadi "
        "saya.",
    )
    return redirect("esmart:product_list")


@require_http_methods(FORM_METHODS)
@once
def photo_add(request, pk):
    product = _own(request, pk)
    return ask(
        request,
        PhotoForm(typed(request), sent_files(request)),
        lambda cleaned: workflow.add_photo(product, cleaned["photo"], by=request.user),
        done="Foto disimpan.",
        then=_page(product),
        template="programs/esmart/ask.html",
        heading="Tambah foto",
        lead=f"{product}. Paling banyak {workflow.MOST_PHOTOS} foto.",
        button="Unggah foto",
        has_files=True,
        **_back(product),
    )


@require_POST
@once
def photo_remove(request, photo_pk):
    photo = _own_part(request, ProductPhoto, photo_pk)
    workflow.remove_photo(photo, by=request.user)
    messages.success(request, "Foto dihapus.")
    return redirect(_page(photo.product))


@require_POST
@once
def photo_first(request, photo_pk):
    photo = _own_part(request, ProductPhoto, photo_pk)
    workflow.put_first(photo, by=request.user)
    messages.success(request, "Foto itu kini tampil pertama.")
    return redirect(_page(photo.product))


@require_http_methods(FORM_METHODS)
@once
def certification_add(request, pk):
    product = _own(request, pk)
    return ask(
        request,
        CertificationForm(typed(request)),
        lambda cleaned: workflow.add_certification(
            product, by=request.user, today=timezone.localdate(), **cleaned
        ),
        done="Sertifikat disimpan.",
        then=_page(product),
        template="programs/esmart/ask.html",
        heading="Tambah sertifikat",
        lead=f"Sertifikat yang dimiliki {product}.",
        button="Simpan sertifikat",
        **_back(product),
    )


@require_POST
@once
def certification_remove(request, certification_pk):
    certification = _own_part(request, Certification, certification_pk)
    workflow.remove_certification(certification, by=request.user)
    messages.success(request, f"Sertifikat {certification} dihapus.")
    return redirect(_page(certification.product))


def _page(product):
    return reverse("esmart:product_detail", args=[product.pk])


def _back(product):
    return {"back": _page(product), "back_label": f"Kembali ke {product}"}


def _own(request, pk):
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("organization"), pk=pk
    )
    if not permissions.can_edit(request.user, product.organization):
        raise PermissionDenied(NOT_YOURS)
    return product


def _own_part(request, model, pk):
    """A photo or certificate of a product that the person may change."""
    part = get_object_or_404(
        model.objects.filter(product__in=Product.objects.visible_to(request.user)).select_related(
            "product__organization"
        ),
        pk=pk,
    )
    if not permissions.can_edit(request.user, part.product.organization):
        raise PermissionDenied(NOT_YOURS)
    return part


def _public(products):
    """The keys of those that the catalogue shows."""
    keys = [product.pk for product in products]
    return set(Product.objects.public().filter(pk__in=keys).values_list("pk", flat=True))


def _consent(user, organizations):
    """What the page says about the consent that the catalogue needs."""
    owns = user.memberships.filter(
        organization__in=organizations, role=MembershipRole.OWNER, state=MembershipState.APPROVED
    ).exists()
    given = Consent.objects.filter(
        user=user, purpose=ConsentPurpose.PUBLISH_PROFILE, withdrawn_at=None
    ).exists()
    return {
        "may_consent": owns and not given,
        "consent_words": WHAT_FOR[ConsentPurpose.PUBLISH_PROFILE],
    }
