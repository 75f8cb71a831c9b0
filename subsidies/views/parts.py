"""The parts of an application that are about the business, its papers and its account."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from programs.once import once
from subsidies.forms.business import AccountForm, BaselineForm, BusinessForm, StatementForm
from subsidies.views.part_page import part_page
from subsidies.views.reach import own_application
from subsidies.workflow import answers as workflow

# “berkas” is files alone.
FORMS = {
    "usaha": BusinessForm,
    "kapasitas": BaselineForm,
    "berkas": None,
    "rekening": AccountForm,
    "pernyataan": StatementForm,
}


@require_http_methods(["GET", "POST"])
@once
def application_part(request, pk, key):
    if key not in FORMS:
        raise Http404
    application = own_application(request, pk)

    def find(parts):
        return next((part for part in parts if part.key == key), None)

    def make_form(application, part, data, notes):
        form = FORMS[key]
        return form(data, record=application, notes=notes) if form else None

    def save(values):
        if key == "pernyataan":
            return workflow.accept_statement(
                application, by=request.user, accepted=values["accepted"]
            )
        return workflow.save_answers(application, part=key, by=request.user, values=values)

    return part_page(
        request,
        application,
        find,
        make_form=make_form,
        save=save,
        template=f"subsidies/part_{key}.html",
    )
