"""How the list of agreements is narrowed: by place, competence, sector, end, waiting reports."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from partnerships.models import Agreement, AgreementCompetence, CompanyProfile, Competence, Report
from programs.admin.places import ProvinceFilter
from programs.admin_base import DropdownFilter
from programs.models import KbliCode

DAYS = [("30", "dalam 30 hari"), ("90", "dalam 90 hari")]


class SchoolProvinceFilter(ProvinceFilter):
    title = "provinsi sekolah"
    region = "school__region"


class CompetenceFilter(DropdownFilter):
    """Competences that agreements name; the other curriculum's name of it counts as the same."""

    title = "kompetensi"
    parameter_name = "kompetensi"

    def lookups(self, request, model_admin):
        named = Exists(AgreementCompetence.objects.filter(competence=OuterRef("pk")))
        return [(str(one.pk), one.full_name) for one in Competence.objects.filter(named)]

    def queryset(self, request, queryset):
        value = self.value()
        if not value:
            return queryset
        if not value.isdecimal():
            return queryset.none()
        same = list(Competence.objects.same_as([value[:9]]).values_list("pk", flat=True))
        rows = AgreementCompetence.objects.filter(competence__in=same)
        return queryset.filter(pk__in=rows.values("agreement"))


class SectorFilter(DropdownFilter):
    """The company's division of KBLI, its first two digits."""

    title = "sektor"
    parameter_name = "sektor"

    def lookups(self, request, model_admin):
        codes = CompanyProfile.objects.exclude(kbli_code="").order_by()
        divisions = sorted(
            {code[:2] for code in codes.values_list("kbli_code", flat=True).distinct()}
        )
        titles = dict(
            KbliCode.objects.filter(code__in=divisions)
            .order_by("version")
            .values_list("code", "title")
        )
        return [(one, f"{one} {titles[one]}" if one in titles else one) for one in divisions]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        companies = CompanyProfile.objects.filter(kbli_code__startswith=self.value())
        return queryset.filter(company__in=companies.values("organization"))


class EndingFilter(DropdownFilter):
    title = "berakhir"
    parameter_name = "berakhir"

    def lookups(self, request, model_admin):
        return DAYS

    def queryset(self, request, queryset):
        if self.value() not in dict(DAYS):
            return queryset
        return queryset.ending_within(int(self.value()), today=timezone.localdate())


class ReportFilter(DropdownFilter):
    title = "laporan"
    parameter_name = "laporan"

    def lookups(self, request, model_admin):
        return [("menunggu", "menunggu evaluasi"), ("terlambat", "terlambat")]

    def queryset(self, request, queryset):
        if self.value() == "menunggu":
            reports = Report.objects.filter(filed_at__isnull=False, evaluated_at=None)
        elif self.value() == "terlambat":
            reports = Report.objects.overdue(today=timezone.localdate())
        else:
            return queryset
        wanted = reports.order_by().values("agreement")
        return queryset.filter(pk__in=Agreement.objects.filter(pk__in=wanted).values("pk"))
