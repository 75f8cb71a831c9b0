"""The arithmetic of the reimbursement. Whole rupiah, no floats, and every step kept in words.

Rates, floor and ceiling come from the scheme (``domain.md`` §A2); nothing is a constant here.
"""

from dataclasses import dataclass
from typing import NamedTuple

from subsidies.enums import Origin


@dataclass(frozen=True)
class PricedMachine:
    """One purchase line: what was claimed, and what of it is not recognized and why.

    ``cuts`` are (reason in words, rupiah) pairs. ``claimed`` is quantity times unit price.
    """

    name: str
    origin: str
    claimed: int
    cuts: tuple[tuple[str, int], ...] = ()

    @property
    def recognized(self):
        return self.claimed - sum(amount for _, amount in self.cuts)


@dataclass(frozen=True)
class Limits:
    """What one scheme pays: percent by origin, floor and ceiling for a company in rupiah."""

    domestic_percent: int
    import_percent: int
    floor: int
    ceiling: int

    def percent(self, origin):
        return self.domestic_percent if origin == Origin.DOMESTIC else self.import_percent


class Line(NamedTuple):
    """One row of the explanation. ``machine`` is the position of its machine, None for the sum."""

    machine: int | None
    kind: str
    label: str
    amount: int


class Calculation(NamedTuple):
    lines: tuple[Line, ...]
    machine_amounts: tuple[int, ...]
    claimed: int
    recognized: int
    reimbursed: int

    @property
    def below_floor(self):
        """Recognized something, yet too little to be paid at all."""
        return self.recognized > 0 and self.reimbursed == 0


def calculate(machines, limits, *, already_granted=0):
    """What the ministry gives back for ``machines``, with every step as a row.

    Each machine's share is rounded down to the rupiah. The ceiling holds for the company in the
    budget year, so ``already_granted`` rupiah of the same year use it up (domain.md §9, point 2).
    A sum below the floor is not paid at all.
    """
    lines, shares = [], []
    for position, machine in enumerate(machines):
        if machine.recognized < 0:
            raise ValueError(f"{machine.name}: potongan melebihi harga mesin.")
        percent = limits.percent(machine.origin)
        share = machine.recognized * percent // 100
        lines.append(Line(position, "claimed", "Harga pada faktur", machine.claimed))
        lines.extend(
            Line(position, "cut", f"{reason[:1].upper()}{reason[1:]} tidak diakui", -amount)
            for reason, amount in machine.cuts
        )
        lines.append(Line(position, "recognized", "Nilai yang diakui", machine.recognized))
        lines.append(Line(position, "share", f"Penggantian {percent} %", share))
        shares.append(share)
    total = sum(shares)
    lines.append(Line(None, "sum", "Jumlah penggantian mesin", total))
    room = max(limits.ceiling - already_granted, 0)
    if already_granted:
        lines.append(Line(None, "used", "Sudah diterima pada tahun anggaran ini", -already_granted))
    over = max(total - room, 0)
    lines.append(Line(None, "ceiling", "Melampaui batas atas per perusahaan", -over))
    reimbursed = total - over
    if reimbursed < limits.floor:
        lines.append(Line(None, "floor", "Di bawah batas bawah, tidak dibayar", -reimbursed))
        reimbursed = 0
    lines.append(Line(None, "reimbursed", "Penggantian", reimbursed))
    return Calculation(
        lines=tuple(lines),
        machine_amounts=tuple(_spread(shares, reimbursed)),
        claimed=sum(machine.claimed for machine in machines),
        recognized=sum(machine.recognized for machine in machines),
        reimbursed=reimbursed,
    )


def _spread(shares, reimbursed):
    """Divide the sum that is paid over the machines, in proportion, losing no rupiah.

    The rupiah left over by rounding down go to the first machines that were rounded.
    """
    total = sum(shares)
    if not total:
        return [0 for _ in shares]
    parts = [share * reimbursed // total for share in shares]
    rounded = [position for position, share in enumerate(shares) if share * reimbursed % total]
    for position in rounded[: reimbursed - sum(parts)]:
        parts[position] += 1
    return parts
