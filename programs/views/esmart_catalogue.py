"""The public catalogue: products of IKM whose owners agreed to be shown, and their photos."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from programs.enums import Commodity
from programs.esmart_enums import LinkState
from programs.esmart_filters import CatalogueFilter
from programs.models import Certification, Organization, Product, ProductPhoto, Region, Shop
from programs.thumbnails import small_picture

ON_A_PAGE = 24
SMALL, LARGE = (320, 320), (1000, 1000)
# A product that its owner hides is gone from everybody's screen within so many seconds.
PHOTO_KEPT_FOR = 300
PHOTOS = Prefetch("photos", ProductPhoto.objects.select_related("document"))


@require_safe
@login_not_required
def catalogue(request):
    products = Product.objects.public()
    found = CatalogueFilter(
        request.GET,
        products.select_related("organization__region__province").prefetch_related(PHOTOS),
        regions=Region.objects.filter(
            pk__in=products.order_by().values("organization__region"), province__isnull=False
        )
        .select_related("province")
        .order_by("province__name", "name"),
    )
    return render(
        request,
        "programs/esmart/catalogue.html",
        {
            "filter": found,
            "page": Paginator(found.qs, ON_A_PAGE).get_page(request.GET.get("halaman")),
            "chips": [(value, _without(request, name)) for name, value in found.chosen()],
        },
    )


def _without(request, name):
    """This list's address with one filter taken away."""
    query = request.GET.copy()
    for parameter in (name, "halaman"):
        query.pop(parameter, None)
    return f"?{query.urlencode()}" if query else request.path


@require_safe
@login_not_required
def product(request, pk):
    today = timezone.localdate()
    valid = Certification.objects.filter(Q(expires_on=None) | Q(expires_on__gte=today))
    product = get_object_or_404(
        Product.objects.public()
        .select_related("organization__region__province", "organization__ikm")
        .prefetch_related(PHOTOS, Prefetch("certifications", valid)),
        pk=pk,
    )
    return render(
        request,
        "programs/esmart/catalogue_product.html",
        {
            "product": product,
            "photos": product.photos.all(),
            "certifications": product.certifications.all(),
            "shops": _shops(product.organization),
        },
    )


@require_safe
@login_not_required
def business(request, pk):
    """An IKM as buyers see it: what the owner agreed to show, and no more."""
    products = list(
        Product.objects.public()
        .filter(organization=pk)
        .select_related("organization")
        .prefetch_related(PHOTOS)
    )
    if not products:
        raise Http404
    organization = Organization.objects.select_related("region__province", "ikm").get(pk=pk)
    profile = getattr(organization, "ikm", None)
    return render(
        request,
        "programs/esmart/catalogue_business.html",
        {
            "organization": organization,
            "brands": profile.brands if profile else "",
            "commodity": capfirst(Commodity(profile.commodity).label)
            if profile and profile.commodity
            else "",
            "products": products,
            "shops": _shops(organization),
        },
    )


def _shops(organization):
    """Where it sells now. A link that an officer found to lead elsewhere is not given to buyers."""
    return (
        Shop.objects.open()
        .filter(organization=organization)
        .exclude(url="")
        .exclude(link_state=LinkState.WRONG)
        .select_related("marketplace")
    )


@require_safe
@login_not_required
def photo(request, code):
    """A photo of a product: of a public one for everybody, else for those who see the product."""
    photo = get_object_or_404(ProductPhoto.objects.select_related("document"), document__code=code)
    is_public = Product.objects.public().filter(pk=photo.product_id).exists()
    if not is_public and not _may_see(request.user, photo):
        raise Http404
    size = SMALL if "kecil" in request.GET else LARGE
    response = HttpResponse(small_picture(photo.document, size), content_type="image/jpeg")
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age={PHOTO_KEPT_FOR}"
    return response


def _may_see(user, photo):
    return (
        user.is_authenticated
        and Product.objects.visible_to(user).filter(pk=photo.product_id).exists()
    )
