"""Machines that small industries buy, by line of business. Makers and sellers are invented."""

from datetime import timedelta
from random import Random
from typing import NamedTuple

from config.demo_data.businesses import MILLION, npwp
from subsidies.enums import Origin, PaymentMethod

HOME = "Indonesia"


class Offer(NamedTuple):
    """A machine in a catalogue; ``price`` is of one, in thousand rupiah."""

    name: str
    maker: str
    model: str
    country: str
    price: int
    quantity: int = 1


CATALOGUE = {
    "sewing": [
        Offer("Mesin bordir komputer 12 jarum", "Tekno", "TB-1201", HOME, 186_500),
        Offer("Mesin jahit kecepatan tinggi", "Hoshi", "HS-880", "Jepang", 7_250, 6),
        Offer("Mesin obras benang lima", "Hoshi", "HO-5", "Jepang", 9_800, 3),
        Offer("Mesin potong kain 10 inci", "Lidah", "LK-10", HOME, 14_900, 2),
    ],
    "weaving": [
        Offer("Alat tenun dobi semiotomatis", "Jaya", "JT-24", HOME, 38_400, 3),
        Offer("Mesin palet dan kelos benang", "Jaya", "JP-8", HOME, 27_600),
        Offer("Mesin cetak kain digital", "Iro", "IR-180", "Jepang", 412_000),
    ],
    "oil": [
        Offer("Ketel penyuling minyak atsiri 500 liter", "Wangi", "KS-500", HOME, 142_000),
        Offer("Ketel uap 300 kilogram per jam", "Wangi", "KU-300", HOME, 218_000),
        Offer("Kondensor pipa baja tahan karat", "Wangi", "KP-40", HOME, 46_500),
    ],
    "coffee": [
        Offer("Mesin sangrai kopi 15 kilogram", "Arang", "AR-15", HOME, 98_700),
        Offer("Mesin pengupas kulit kopi basah", "Arang", "AK-600", HOME, 34_200),
        Offer("Mesin sortir warna biji", "Mata", "MT-64", "Tiongkok", 365_000),
    ],
    "food": [
        Offer("Mesin penggoreng vakum 10 kilogram", "Renyah", "RV-10", HOME, 71_300),
        Offer("Oven pengering rak 24 loyang", "Renyah", "RO-24", HOME, 43_800),
        Offer("Mesin pengemas vakum dua ruang", "Kemas", "KV-2", "Tiongkok", 58_900),
    ],
    "coconut": [
        Offer("Mesin pemeras santan hidrolik", "Nyiur", "NS-200", HOME, 96_000),
        Offer("Mesin parut kelapa 500 kilogram per jam", "Nyiur", "NP-500", HOME, 52_400),
        Offer("Sentrifugal minyak kelapa murni", "Putar", "PS-60", "Tiongkok", 540_000),
    ],
    "metal": [
        Offer("Mesin bubut CNC", "Takumi", "TC-200", "Taiwan", 785_000),
        Offer("Mesin milling universal", "Bor", "BM-3", "Tiongkok", 172_500),
        Offer("Mesin las TIG 300 ampere", "Nyala", "NT-300", HOME, 29_700, 2),
        Offer("Pusat permesinan CNC lima sumbu", "Takumi", "TX-500", "Taiwan", 1_480_000),
    ],
    "wood": [
        Offer("Mesin CNC router kayu 1325", "Serut", "SR-1325", HOME, 194_000),
        Offer("Mesin serut empat sisi", "Balok", "BS-4", "Tiongkok", 236_000),
        Offer("Gergaji pita 24 inci", "Serut", "SG-24", HOME, 37_900),
    ],
    "shoes": [
        Offer("Mesin pres sol hidrolik", "Tapak", "TP-12", "Taiwan", 124_000),
        Offer("Mesin jahit alas kaki lengan panjang", "Tapak", "TJ-9", "Taiwan", 48_600, 2),
        Offer("Mesin seset kulit", "Tapak", "TS-1", HOME, 26_300),
    ],
}
SELLERS = ["PT Mesin Nusantara Contoh", "CV Sarana Teknik Contoh", "PT Anugerah Mesin Contoh"]
METHODS = [PaymentMethod.TRANSFER, PaymentMethod.INTERNET_BANKING, PaymentMethod.DEBIT_CARD]


def purchases(business, picks, *, handed_in_on, payment_method=None):
    """What ``business`` says of the machines it bought and installed before it applied.

    ``picks`` are positions in the catalogue of its line.
    """
    random = Random(f"{business.key} {handed_in_on.year}")  # noqa: S311 - invented figures
    for position in picks:
        offer = CATALOGUE[business.line][position]
        bought_on = handed_in_on - timedelta(days=random.randrange(45, 90))
        seller = random.randrange(len(SELLERS))
        is_domestic = offer.country == HOME
        yield {
            "name": offer.name,
            "brand": offer.maker,
            "model": offer.model,
            "serial_number": f"{offer.model}-{random.randrange(10**6):06d}",
            "origin": Origin.DOMESTIC if is_domestic else Origin.IMPORT,
            "maker_country": offer.country,
            "tkdn_percent": random.randrange(26, 58) if is_domestic else None,
            "year": bought_on.year,
            "is_new": True,
            "quantity": offer.quantity,
            "unit_price": offer.price * MILLION // 1000,
            "seller": SELLERS[seller],
            "seller_npwp": npwp(500 + seller),
            "invoice_number": f"INV/{bought_on:%y%m}/{random.randrange(10**4):04d}",
            "bought_on": bought_on,
            "paid_on": bought_on + timedelta(days=random.randrange(1, 5)),
            "payment_method": payment_method or METHODS[random.randrange(len(METHODS))],
            "installed_on": bought_on + timedelta(days=random.randrange(14, 35)),
        }
