"""The JP record of a person: what counts, and the paper that says so to their office."""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from programs.enums import PaperKind, PaperState
from programs.models import IssuedPaper, User
from programs.papers import issue_paper, next_number, replace_paper, revoke_paper
from training import jp
from training.enums import CivilServantKind, EventStatus, RegistrationStatus
from training.models import Registration

CIVIL_SERVANTS = [CivilServantKind.PNS, CivilServantKind.PPPK]
SETTLED = [EventStatus.CONCLUDED, EventStatus.ARCHIVED]


class Person(NamedTuple):
    """Whom the record is about, as they gave it at the latest event of the year."""

    name: str
    nip: str
    servant_kind: str
    position: str
    institution: str

    @property
    def is_civil_servant(self):
        return self.servant_kind in CIVIL_SERVANTS


def record_of(user):
    """(years, newest first; {year: the person as of that year}). One query.

    What counts: certificates in force, and results that stand and have none yet.
    """
    counted = (
        Registration.objects.of(user)
        .filter(
            Q(status=RegistrationStatus.CERTIFIED)
            | Q(status=RegistrationStatus.QUALIFIED, event__status__in=SETTLED)
        )
        .select_related("event__unit", "certificate")
        .order_by("event__ends_at", "pk")
    )
    lines, people = [], {}
    for registration in counted:
        line = _line(registration)
        lines.append(line)
        people[line.ended_on.year] = Person(
            registration.name,
            registration.nip,
            registration.servant_kind,
            registration.position,
            registration.institution,
        )
    return jp.by_year(lines), people


@transaction.atomic
def issue_jp_record(user, year, *, today):
    """The paper for one year; None when nothing counts in it.

    As long as nothing changes it is the same paper; the next one replaces it.
    """
    # One at a time for each person, or two presses would make two papers of the same year.
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    years, people = record_of(user)
    found = next((one for one in years if one.year == year), None)
    if found is None:
        return None
    facts = _facts(found, people[year])
    earlier = IssuedPaper.objects.filter(key__startswith=_keys_of(user.pk, year))
    valid = earlier.filter(state=PaperState.VALID).first()
    if valid and valid.facts == facts:
        return valid
    number = next_number(f"rekap-jp/{today.year}")
    paper = issue_paper(
        PaperKind.JP_RECORD,
        key=f"{_keys_of(user.pk, year)}{earlier.count() + 1}",
        number=f"{number:05d}/JP/{today.year}",
        subject=f"Rekapitulasi jam pelajaran tahun {year}",
        holder=facts["name"],
        facts=facts,
        on=today,
        by=user,
    )
    if valid:
        replace_paper(valid, paper, reason="Ada rekapitulasi yang lebih baru.")
    return paper


def revoke_jp_records(user_id, certificate):
    """Take back what names a certificate that was revoked: the record would vouch for it."""
    papers = IssuedPaper.objects.filter(
        key__startswith=_keys_of(user_id),
        state=PaperState.VALID,
        facts__rows__contains=[{"number": certificate.number}],
    )
    for paper in papers:
        revoke_paper(paper, reason=f"Sertifikat {certificate.number} di dalamnya dicabut.")


def owner_of(paper):
    """The key of the person whose record ``paper`` is; None for a paper of another kind."""
    if paper.kind != PaperKind.JP_RECORD:
        return None
    return int(paper.key.split(".")[2])


def _keys_of(user_id, year=None):
    prefix = f"training.jp.{user_id}."
    return f"{prefix}{year}." if year else prefix


def _line(registration):
    event, certificate = registration.event, registration.certificate
    return jp.Line(
        title=event.title,
        kind=event.get_kind_display(),
        unit=event.unit.name,
        ended_on=timezone.localdate(event.ends_at),
        jp=registration.attended_jp,
        number=certificate.number if certificate else "",
    )


def _facts(year, person):
    units = {line.unit for line in year.lines}
    return {
        "year": year.year,
        "name": person.name,
        "nip": person.nip,
        "position": person.position,
        "institution": person.institution,
        # The letterhead names the unit where one unit held them all.
        "unit": units.pop() if len(units) == 1 else "",
        "rows": [
            {
                "title": line.title,
                "kind": line.kind,
                "unit": line.unit,
                "day": date_format(line.ended_on, "j F Y"),
                "jp": line.jp,
                "number": line.number,
            }
            for line in year.lines
        ],
        "total": year.total,
        "entitlement": jp.ENTITLEMENT if person.is_civil_servant else None,
        "contact": settings.HELP_CONTACT,
    }
