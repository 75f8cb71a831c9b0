"""A school or a company keeps up to date what link and match knows of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partnerships.forms.competences import Catalog
from partnerships.forms.profiles import CompanyForm, SchoolForm, competence_rows
from partnerships.models import CompanyNeed, SchoolCompetence
from partnerships.permissions import can_edit_profile
from partnerships.workflow import profiles as workflow
from programs.asking import typed
from programs.enums import OrganizationKind
from programs.forms import blame
from programs.kept_input import fill, fill_all, take
from programs.models import Organization
from programs.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def profile_edit(request, pk):
    organization = get_object_or_404(
        Organization.objects.visible_to(request.user).select_related("school", "company"), pk=pk
    )
    if not can_edit_profile(request.user, organization):
        raise PermissionDenied(
            "Profil ini diisi oleh orang dari sekolah atau perusahaan itu, dan oleh petugas."
        )
    is_school = organization.kind == OrganizationKind.SCHOOL
    profile = getattr(organization, "school" if is_school else "company", None)
    form_of = SchoolForm if is_school else CompanyForm
    form = form_of(typed(request), initial=_values(profile, form_of))
    rows = competence_rows(
        typed(request),
        known=_known(profile, is_school),
        catalog=(catalog := Catalog()),
        label="Jumlah siswa" if is_school else "Kebutuhan setahun",
    )
    if form.is_bound and form.is_valid() & rows.is_valid():
        save = workflow.save_school if is_school else workflow.save_company
        try:
            save(organization, form.cleaned_data, rows.figures())
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, f"Profil {organization} disimpan.")
            if "lagi" in request.POST:
                return redirect("partnerships:profile_edit", organization.pk)
            return redirect("partnerships:agreement_list")
    kept = take(request)
    fill(form, kept)
    fill_all(rows.forms, kept)
    return render(
        request,
        "partnerships/profile_edit.html",
        {
            "organization": organization,
            "is_school": is_school,
            "form": form,
            "rows": rows,
            "catalog": catalog,
        },
        status=422 if form.is_bound else 200,
    )


def _values(profile, form_of):
    if profile is None:
        return {"wants_schools": 5}
    return {name: getattr(profile, name) for name in form_of.base_fields}


def _known(profile, is_school):
    if profile is None:
        return []
    if is_school:
        rows = SchoolCompetence.objects.filter(school=profile).select_related("competence")
        return [(row.competence, row.pupils) for row in rows]
    rows = CompanyNeed.objects.filter(company=profile).select_related("competence")
    return [(row.competence, row.places) for row in rows]
