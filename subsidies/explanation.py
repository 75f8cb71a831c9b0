"""How a sum of the reimbursement is laid out for reading: machine by machine, every step a row."""

from typing import NamedTuple

from programs.rupiah import format_rupiah
from subsidies.enums import Origin


class Row(NamedTuple):
    """One row of the sum. ``look`` is "cut" for a deduction and "sub" for a machine's result."""

    label: str
    note: str
    amount: int
    look: str = ""


class Group(NamedTuple):
    """One machine's part of the sum."""

    title: str
    rows: list


class Explained(NamedTuple):
    groups: list
    totals: list
    reimbursed: int


def explain(lines, machines, *, ceiling):
    """Group ``lines`` (of ``amounts.calculate``, or as they were stored) for people.

    ``machines`` maps what the lines call a machine to (name, origin); ``ceiling`` is the call's.
    """
    groups, totals, reimbursed = {}, [], 0
    for line in lines:
        if line.machine is not None:
            group = groups.setdefault(line.machine, Group(_title(*machines[line.machine]), []))
            _add_to_group(group.rows, line)
        elif line.kind == "reimbursed":
            reimbursed = line.amount
        else:
            totals += _total(line, ceiling, several=len(groups) > 1)
    return Explained(list(groups.values()), totals, reimbursed)


def _title(name, origin):
    where = {Origin.DOMESTIC: "dalam negeri", Origin.IMPORT: "impor"}.get(origin)
    return f"{name} ({where})" if where else name


def _add_to_group(rows, line):
    if line.kind == "recognized":
        # The same as the price when nothing was cut: then it is said with the share.
        if any(row.look == "cut" for row in rows):
            rows.append(Row(line.label, "", line.amount))
    elif line.kind == "share":
        rows.append(Row(line.label, "", line.amount, "sub"))
    else:
        rows.append(Row(line.label, "", line.amount, "cut" if line.kind == "cut" else ""))


def _total(line, ceiling, *, several):
    if line.kind == "sum":
        return [Row(line.label, "", line.amount, "sub")] if several else []
    if line.kind == "ceiling" and not line.amount:
        note = f"Paling banyak {format_rupiah(ceiling)}; tidak terlampaui"
        return [Row("Batas atas per perusahaan", note, 0)]
    note = f"Paling banyak {format_rupiah(ceiling)}" if line.kind == "ceiling" else ""
    return [Row(line.label, note, line.amount, "cut")]
