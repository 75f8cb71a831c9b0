"""Who takes part in link and match in the demo, and how far each cooperation has come."""

from typing import NamedTuple

from partnerships.enums import AgreementStatus as S
from partnerships.enums import SchoolStatus, Source

SEWING, WEAVING, MACHINING, WELDING = "8.4.1", "1.9.3", "1.4.1", "1.4.2"


class School(NamedTuple):
    name: str
    npsn: str
    region: str
    competences: tuple
    status: str = SchoolStatus.PUBLIC


class Company(NamedTuple):
    name: str
    nib: str
    region: str
    kbli: str
    needs: tuple


SCHOOLS = [
    School("SMK Negeri 2 Agam Contoh", "10300002", "13.06", (MACHINING, WELDING)),
    School("SMK Swasta Karya Padang Contoh", "10300003", "13.71", (MACHINING,), "PRIVATE"),
    School("SMK Negeri 1 Demak Contoh", "20300004", "33.21", (SEWING, WEAVING)),
    School("SMK Negeri 3 Sukabumi Contoh", "20200005", "32.72", (MACHINING, WELDING)),
    School("SMK Negeri 5 Makassar Contoh", "40300006", "73.71", (WELDING,)),
    School("SMK Swasta Bina Tekstil Contoh", "20200007", "32.73", (SEWING, WEAVING), "PRIVATE"),
    School("SMK Negeri 1 Jayapura Contoh", "60300008", "91.71", (MACHINING,)),
]
COMPANIES = [
    Company("PT Logam Minang Contoh", "9120900000101", "13.71", "25920", (MACHINING, WELDING)),
    Company("PT Mesin Cikarang Contoh", "9120900000102", "32.16", "28223", (MACHINING,)),
    Company("PT Garmen Semarang Contoh", "9120900000103", "33.22", "14111", (SEWING,)),
    Company("PT Galangan Makassar Contoh", "9120900000104", "73.71", "30111", (WELDING,)),
]


class Story(NamedTuple):
    """Two places in the lists above (None is the school or company that can be signed in with), a
    competence, and how far the agreement has come; days lie before today."""

    school: int | None
    company: int | None
    competence: str
    reaches: S
    proposed: int
    source: str = Source.SCHOOL


STORIES = [
    # What the demo's school and company have to do today.
    Story(None, 2, SEWING, S.PROPOSED, 3, Source.COMPANY),
    Story(5, None, SEWING, S.PROPOSED, 2),
    Story(None, None, SEWING, S.ACTIVE, 520),
    Story(None, None, WEAVING, S.READY, 24, Source.COMPANY),
    Story(2, None, SEWING, S.DRAFTING, 18),
    # What waits on the desk, and all the other ways.
    Story(0, 0, MACHINING, S.MATCHING, 9),
    Story(1, 0, MACHINING, S.ENDING, 700),
    Story(3, 1, MACHINING, S.ACTIVE, 400, Source.COMPANY),
    Story(4, 3, WELDING, S.DORMANT, 900),
    Story(3, 0, WELDING, S.TERMINATED, 500),
    Story(2, 2, SEWING, S.RENEWED, 800),
    Story(5, 2, WEAVING, S.DECLINED, 40),
    Story(6, 1, MACHINING, S.WITHDRAWN, 60),
    Story(5, 2, SEWING, S.ENDED, 1200, Source.COMPANY),
]
