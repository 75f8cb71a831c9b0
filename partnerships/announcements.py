"""What was announced of link and match as a whole, told to the register's pages.

Those of a single launch stay with the launch: they are no figure of the country.
"""

from partnerships.enums import Measure
from partnerships.models import OfficialFigure
from programs.announcements import offer

INDICATORS = {
    Measure.SCHOOLS: "lm-smk",
    Measure.COMPANIES: "lm-perusahaan",
    Measure.AGREEMENTS: "lm-pks",
}


def said(until):
    figures = OfficialFigure.objects.filter(measure__in=INDICATORS, phase=None, as_of__lte=until)
    return [(INDICATORS[one.measure], one) for one in figures]


offer(INDICATORS.values(), said)
