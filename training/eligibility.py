"""Who may register for an event: a person and the event's terms in, verdicts with reasons out.

Nobody is turned away without reading why and what to do instead; what we do not know about a
person is never a refusal.
"""

from typing import NamedTuple

from django.db.models import TextChoices

from programs.enums import Commodity
from training.enums import AudienceKind

MOST_NAMES = 6
COMMODITY_NAMES = dict(Commodity.choices)


class State(TextChoices):
    PASS = "PASS", "Sesuai"
    FAIL = "FAIL", "Tidak sesuai"
    UNKNOWN = "UNKNOWN", "Belum diketahui"


class Person(NamedTuple):
    """As what somebody registers. ``region`` is the code of a kabupaten/kota or a province; what is
    not known is empty."""

    kind: str = ""
    region: str = ""
    region_name: str = ""
    commodity: str = ""


class Terms(NamedTuple):
    """Whom an event is for; an empty set sets no limit. ``regions`` are codes of provinces and
    kabupaten/kota, ``region_names`` their names for people to read."""

    kinds: frozenset = frozenset()
    regions: frozenset = frozenset()
    region_names: dict = {}
    commodities: frozenset = frozenset()


class Verdict(NamedTuple):
    rule: str
    title: str
    state: State
    reason: str
    what_to_do: str = ""


def judge(person, terms):
    """The verdict of every rule, in the order in which people read them."""
    return [rule(person, terms) for rule in (_kind, _region, _commodity)]


def failures(verdicts):
    return [verdict for verdict in verdicts if verdict.state == State.FAIL]


def _kind(person, terms):
    rule, title = "kind", "Peserta"
    if _is_for_everybody(terms):
        return Verdict(rule, title, State.PASS, "Kegiatan ini terbuka untuk umum.")
    meant = f"Kegiatan ini untuk {_kinds(terms)}."
    if person.kind in terms.kinds:
        return Verdict(rule, title, State.PASS, meant)
    if not person.kind:
        what = "Lengkapi profil Anda, agar kami tahu Anda mendaftar sebagai apa."
        return Verdict(rule, title, State.UNKNOWN, meant, what)
    if person.kind == AudienceKind.PUBLIC:
        what = (
            "Bila Anda termasuk kelompok itu, lengkapi profil Anda dahulu. Bila tidak, lihat "
            "kegiatan untuk umum."
        )
        return Verdict(rule, title, State.FAIL, f"{meant} Anda tercatat sebagai umum.", what)
    own = AudienceKind(person.kind).label
    return Verdict(
        rule,
        title,
        State.FAIL,
        f"{meant} Anda tercatat sebagai {own}.",
        f"Lihat kegiatan untuk {own}, atau perbaiki profil Anda bila catatan itu keliru.",
    )


def _region(person, terms):
    rule, title = "region", "Wilayah"
    if not terms.regions:
        return Verdict(rule, title, State.PASS, "Kegiatan ini untuk seluruh Indonesia.")
    who = "peserta" if _is_for_everybody(terms) else _kinds(terms)
    names = [terms.region_names.get(code, code) for code in sorted(terms.regions)]
    meant = f"Kegiatan ini untuk {who} dari {listed(names, MOST_NAMES)}."
    if not person.region:
        what = "Lengkapi kabupaten/kota di profil Anda."
        return Verdict(rule, title, State.UNKNOWN, meant, what)
    if person.region in terms.regions or person.region[:2] in terms.regions:
        return Verdict(rule, title, State.PASS, meant)
    own = f"{meant} Wilayah Anda {person.region_name or person.region}."
    if any(code.startswith(f"{person.region}.") for code in terms.regions):
        # Somebody of a province, and only some of its kabupaten/kota are meant.
        what = (
            "Lengkapi kabupaten/kota di profil Anda. Bila Anda bertugas di tingkat provinsi, "
            "hubungi penyelenggara."
        )
        return Verdict(rule, title, State.UNKNOWN, own, what)
    return Verdict(rule, title, State.FAIL, own, "Lihat kegiatan untuk wilayah Anda.")


def _commodity(person, terms):
    rule, title = "commodity", "Komoditas"
    if not terms.commodities:
        return Verdict(rule, title, State.PASS, "Kegiatan ini untuk semua komoditas.")
    names = [label for value, label in Commodity.choices if value in terms.commodities]
    meant = f"Bagi pelaku IKM, kegiatan ini untuk komoditas {listed(names, MOST_NAMES)}."
    if person.kind not in ("", AudienceKind.IKM):
        return Verdict(rule, title, State.PASS, meant)
    if not person.commodity:
        what = "Lengkapi komoditas di profil usaha Anda." if person.kind else ""
        return Verdict(rule, title, State.UNKNOWN, meant, what)
    if person.commodity in terms.commodities:
        return Verdict(rule, title, State.PASS, meant)
    own = COMMODITY_NAMES.get(person.commodity, person.commodity)
    return Verdict(
        rule,
        title,
        State.FAIL,
        f"{meant} Komoditas usaha Anda {own}.",
        f"Lihat kegiatan untuk komoditas {own}, atau perbaiki profil usaha bila catatan itu "
        "keliru.",
    )


def _is_for_everybody(terms):
    return not terms.kinds or AudienceKind.PUBLIC in terms.kinds


def _kinds(terms):
    return listed([kind.label for kind in AudienceKind if kind in terms.kinds])


def listed(names, most=None):
    """“A”, “A dan B”, “A, B, dan C”; with ``most`` a long list ends in how many more there are."""
    if most and len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} lainnya"]
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"
