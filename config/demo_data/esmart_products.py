"""What the IKM of e-Smart sell: products with a picture and certificates, in the catalogue."""

from datetime import timedelta

from config.demo_data.evidence import photo
from programs.enums import ConsentPurpose
from programs.esmart_enums import CertificationKind
from programs.workflow.accounts import give_consent
from programs.workflow.products import add_certification, add_photo, add_product

# By business: name, price in rupiah, per what.
PRODUCTS = {
    "rahmah": [
        ("Mukena bordir Koto Gadang", 450_000, "helai"),
        ("Selendang sulam", 275_000, "helai"),
    ],
    "hasan": [("Kulit manis batang", 38_000, "250 gram")],
    "komariah": [("Kemplang panggang", 27_000, "bungkus")],
    "sutrisno": [("Keripik pisang cokelat", 18_000, "bungkus")],
    "asep": [("Sepatu kulit pria", 385_000, "pasang")],
    "nurul": [("Kemeja seragam", 165_000, "helai")],
    "endang": [("Kain lurik tenun", 210_000, "lembar")],
    "wagiyo": [("Kemeja batik cap", 240_000, "helai")],
    "wayan": [("Gelang perak ukir", 320_000, "buah")],
    "kadek": [("Sarung pantai", 95_000, "helai")],
}
# A certificate that ends soon is reminded of; the days from today on which each ends.
CERTIFIED = {
    "rahmah": (CertificationKind.HKI, "IDM-CONTOH-0001", 900),
    "komariah": (CertificationKind.HALAL, "ID-CONTOH-0002", 45),
    "sutrisno": (CertificationKind.PIRT, "P-IRT CONTOH 0003", 400),
}


def show_products(business, owner, organization, *, today):
    """The products of one business; its owner agrees that the catalogue shows them."""
    for number, (name, price, unit) in enumerate(PRODUCTS.get(business, [])):
        product = add_product(
            organization,
            by=owner,
            name=name,
            commodity=organization.ikm.commodity,
            description="Dibuat sendiri di bengkel kami. Contoh produk untuk demo.",
            price=price,
            unit=unit,
        )
        picture = photo(f"{business}-{number + 1}.jpg", [name], seed=len(name))
        add_photo(product, picture, by=owner)
        if business in CERTIFIED and number == 0:
            kind, paper, days = CERTIFIED[business]
            add_certification(
                product,
                kind=kind,
                number=paper,
                issued_on=today - timedelta(days=300),
                expires_on=today + timedelta(days=days),
                by=owner,
                today=today,
            )
    if business in PRODUCTS:
        give_consent(ConsentPurpose.PUBLISH_PROFILE, by=owner)
