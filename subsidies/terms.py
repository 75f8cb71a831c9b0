"""What the rules judge: the terms of one version of a call, and the facts of an applicant."""

from dataclasses import dataclass, field
from datetime import date

from programs.scale import scale_of
from subsidies.amounts import Limits


@dataclass(frozen=True)
class ScaleRange:
    """One row of the call's limits. A bound of None is open; both bounds are included."""

    scale: str
    workers_min: int | None = None
    workers_max: int | None = None
    investment_min: int | None = None
    investment_max: int | None = None

    def holds(self, workers, investment):
        return (
            (self.workers_min is None or workers >= self.workers_min)
            and (self.workers_max is None or workers <= self.workers_max)
            and (self.investment_min is None or investment >= self.investment_min)
            and (self.investment_max is None or investment <= self.investment_max)
        )


@dataclass(frozen=True)
class Terms:
    """One version of a call, as the rules read it. Days are inclusive."""

    opens_on: date
    closes_on: date
    purchase_from: date
    purchase_until: date
    install_by: date
    scales: tuple[ScaleRange, ...]
    percents: dict[tuple[str, str], int]  # (scale, origin) to percent
    floor: int
    ceiling: int
    kbli: tuple[tuple[str, int], ...]  # (prefix, version); empty means every manufacturing code
    max_participations: int
    bank_payment_required: bool = True
    tax_invoice_required: bool = True

    def limits(self, scale):
        """The amounts for a business of ``scale``; without a rate of its own it gets nothing."""
        return Limits(
            domestic_percent=self.percents.get((scale, "DOMESTIC"), 0),
            import_percent=self.percents.get((scale, "IMPORT"), 0),
            floor=self.floor,
            ceiling=self.ceiling,
        )


@dataclass(frozen=True)
class MachineFacts:
    """What is known of one machine. None is “not answered”, which is not the same as no."""

    name: str
    origin: str
    claimed: int
    is_new: bool | None = None
    bought_on: date | None = None
    paid_on: date | None = None
    installed_on: date | None = None
    payment_method: str = ""
    has_tax_invoice: bool | None = None
    cuts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of the applicant on the day of judgement."""

    applied_on: date
    workers: int | None = None
    investment: int | None = None
    kbli_code: str = ""
    kbli_version: int | None = None
    has_licence: bool | None = None
    participations: int | None = None
    other_scheme_this_year: bool | None = None
    granted_this_year: int = 0
    machines: tuple[MachineFacts, ...] = field(default_factory=tuple)

    @property
    def scale(self):
        if self.workers is None or self.investment is None:
            return None
        return scale_of(workers=self.workers, investment=self.investment)
