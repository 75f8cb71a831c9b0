"""Which application goes which way, how far, and since how many working days it stands there."""

from typing import NamedTuple

from subsidies.enums import PaymentMethod, RejectionCode

# Each step is the name of a function of ``config.demo_data.deeds``.
HANDED_IN = ["draft", "submit"]
RETURNED = [*HANDED_IN, "ask_for_correction"]
HANDED_IN_AGAIN = [*RETURNED, "resubmit"]
REGISTERED = [*HANDED_IN, "register"]
TO_BE_VISITED = [*REGISTERED, "send_to_visit"]
SCHEDULED = [*TO_BE_VISITED, "schedule"]
VISITED = [*SCHEDULED, "conduct"]
VISIT_CONFIRMED = [*VISITED, "confirm"]
ASSESSED = [*VISIT_CONFIRMED, "assess"]
APPROVED = [*ASSESSED, "approve"]
DECREED = [*APPROVED, "decree"]
PAYMENT = ["request_payment", "order_payment", "record_payment"]
REQUESTED = [*DECREED, *PAYMENT[:1]]
ORDERED = [*DECREED, *PAYMENT[:2]]
PAID = [*DECREED, *PAYMENT]
CLOSED = [*PAID, "close"]

# The clock ends an application on the eighth working day after the letter.
UNTIL_IT_LAPSES = 8
# Working days that usually pass after a step until the next one.
THEN = {
    "draft": 3,
    "submit": 2,
    "ask_for_correction": 4,
    "resubmit": 1,
    "register": 4,
    "send_to_visit": 3,
    "ask_other_day": 2,
    "schedule": 6,
    "conduct": 2,
    "dispute": 4,
    "confirm": 4,
    "assess": 3,
    "return_assessment": 2,
    "approve": 3,
    "decree": 3,
    "request_payment": 2,
    "return_request": 1,
    "order_payment": 5,
    "record_payment": 8,
}


class Story(NamedTuple):
    """``route`` ends where the application stands now, and there it has stood ``since`` days.

    ``picks`` are the machines it bought. ``cut`` is what the team does not recognize of the first
    one, in percent of its price.
    """

    business: str
    route: list
    since: int
    picks: tuple = (0,)
    cut: int = 0
    rejection: tuple = ()
    payment_method: str = ""
    filled: str = "all"
    visit_in: int = 3


THIS_YEAR = [
    # With the owners.
    Story("lince", ["draft"], 1, filled="nothing"),
    Story("zulkifli", ["draft"], 4, (0, 1), filled="half"),
    Story("kadek", ["draft"], 2, (1,)),
    Story("rahmah", RETURNED, 2, (0, 1)),
    Story("markus", RETURNED, 6, (0,)),
    # Completeness: two days are allowed.
    Story("nurul", HANDED_IN, 4, (0, 2)),
    Story("sutrisno", HANDED_IN, 2, (0,)),
    Story("yetty", HANDED_IN_AGAIN, 1, (0,)),
    Story("carwin", HANDED_IN, 1, (1, 2)),
    Story("wahida", HANDED_IN, 0, (0, 1)),
    # Conformity: five days.
    Story("sulastri", REGISTERED, 6, (0, 1)),
    Story("tri", REGISTERED, 1, (0, 2)),
    # The field visit.
    Story("jufri", TO_BE_VISITED, 5, (2,)),
    Story("yohanes", [*SCHEDULED, "ask_other_day"], 1, (1,)),
    Story("agus", SCHEDULED, 2, (1, 2), visit_in=2),
    Story("sabar", SCHEDULED, 11, (0, 1), visit_in=0),
    Story("wayan", VISITED, 1, (2, 1)),
    Story("hermin", VISITED, 3, (0,)),
    # The decision.
    Story("daeng", VISIT_CONFIRMED, 5, (0, 1)),
    Story("komariah", [*VISITED, "dispute", "conduct", "confirm"], 2, (0,)),
    Story("parjo", ASSESSED, 3, (0, 1), cut=4),
    Story("meiske", [*ASSESSED, "return_assessment", "assess"], 6, (2, 0), cut=4),
    Story("ratna", APPROVED, 5, (0, 2), cut=6),
    # The money.
    Story("sumarni", DECREED, 4, (0, 2)),
    Story("rusdi", DECREED, 4, (2,)),
    Story("asep", REQUESTED, 2, (0, 1), cut=5),
    Story("musa", REQUESTED, 2, (0,)),
    Story("dedeh", ORDERED, 3, (0,)),
    Story("tiur", PAID, 4, (0, 2), cut=8),
    Story("slamet", PAID, 2, (3,), cut=7),
    Story("wagiyo", CLOSED, 3, (2,)),
    Story("maria", [*REQUESTED, "return_request", *PAYMENT, "close"], 1),
    # Those that ended without money.
    Story(
        "ngadiman",
        [*HANDED_IN, "reject"],
        6,
        (2,),
        rejection=(RejectionCode.R01, "Surat permohonan dan surat pernyataan tidak bermeterai."),
    ),
    Story(
        "yulce",
        [*REGISTERED, "reject"],
        9,
        (1,),
        rejection=(RejectionCode.R09, "Mesin dibayar tunai; bukti bank tidak ada."),
        payment_method=PaymentMethod.CASH,
    ),
    Story(
        "hendrik",
        [*VISIT_CONFIRMED, "reject"],
        4,
        (1,),
        rejection=(RejectionCode.R07, "Pelat nama menyebut tahun 2014; mesin bukan baru."),
    ),
    Story("frans", [*RETURNED, "lapse"], 5, (0,)),
    Story("hasan", [*REGISTERED, "withdraw"], 3, (2,)),
]
# A call with little money: the first one took most of it, and the next waits for more. The third
# would fit into what is left, but waits behind the second.
RAN_DRY = [
    Story("yusuf", CLOSED, 5, (0, 1)),
    Story("rukiah", APPROVED, 7, (0, 2)),
    Story("hasan", APPROVED, 4, (2,)),
]
# Registered in 2020, when the rule was the same; some came back this year.
IN_2020 = [
    Story("slamet", CLOSED, 2, (0,), cut=8),
    Story("rahmah", CLOSED, 3, (0,)),
    Story("sulastri", CLOSED, 2, (1,), cut=5),
    Story("tiur", CLOSED, 6, (0, 1)),
]
