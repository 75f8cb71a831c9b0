"""The results of the competence test, for all at once; certificates that came later; mistypings."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from programs.kept_input import fill, fill_all, take
from programs.transitions import TransitionNotAllowed
from training.admin.diklat_desk import load, say, show
from training.admin.diklat_people import show_person, trainee_of, with_attendance
from training.diklat_enums import AT_WORK, TraineeStatus
from training.forms.diklat_desk import CertificateForm, ResultForm, TestForm, VoidForm
from training.models import CertificationResult
from training.workflow import certification as workflow

T = TraineeStatus
# Not competent so far: the first test, a retake, a retake beside the work.
TO_BE_TESTED = [T.TRAINING, T.NOT_YET_COMPETENT, *AT_WORK, T.NOT_WORKING]


@require_http_methods(["GET", "HEAD", "POST"])
def results(request, pk):
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=is_sent)
    waits_for_number = is_sent and request.POST.get("langkah") == "nomor"
    open_rows, passed_rows = _rows(found, request.POST if is_sent else None, waits_for_number)
    test = TestForm(
        request.POST if is_sent and not waits_for_number else None,
        initial={"assessed_on": min(found.today, found.batch.ends_on)},
    )
    if is_sent:
        deed = _name_certificates if waits_for_number else _record
        if deed(request, found, test, passed_rows if waits_for_number else open_rows):
            return redirect(found.address("results"))
    kept = take(request)
    if kept:
        fill(test, kept)
        fill_all([*open_rows, *passed_rows], kept)
    return show(
        request,
        found,
        "desk_diklat_results",
        tab="results",
        title="Hasil uji",
        status=422 if is_sent else 200,
        test=test,
        rows=open_rows,
        passed=passed_rows,
        may_write=found.may_manage and found.batch.status in workflow.TESTING,
    )


def _rows(found, data, waits_for_number):
    valid = CertificationResult.objects.filter(void_reason="").order_by("attempt")
    people = list(
        with_attendance(
            found.batch.trainees.filter(
                Q(status__in=TO_BE_TESTED, certified_on=None) | Q(certified_on__isnull=False)
            )
        )
        .prefetch_related(Prefetch("results", valid, to_attr="attempts"))
        .order_by("name", "pk")
    )
    for trainee in people:
        trainee.percent = (
            100 * trainee.days_present // trainee.days_listed if trainee.days_listed else None
        )
        trainee.is_rarely_there = (
            trainee.percent is not None and trainee.percent < found.course.min_attendance_percent
        )
    open_rows = [
        ResultForm(None if waits_for_number else data, person=trainee)
        for trainee in people
        if not trainee.certified_on
    ]
    passed_rows = [
        CertificateForm(
            data if waits_for_number else None,
            person=trainee,
            initial={"number": trainee.attempts[-1].certificate_number},
        )
        for trainee in people
        if trainee.certified_on
    ]
    return open_rows, passed_rows


def _record(request, found, test, rows):
    is_valid = all([form.is_valid() for form in (test, *rows)])  # noqa: C419 - all are judged
    chosen = [row for row in rows if is_valid and row.cleaned_data["outcome"]]
    if is_valid and not chosen:
        messages.warning(request, "Pilih hasil uji paling sedikit satu peserta.")
    if not chosen:
        return False
    try:
        workflow.record_results(
            [
                (
                    row.person,
                    row.cleaned_data["outcome"] == ResultForm.PASSED,
                    row.cleaned_data["number"],
                )
                for row in chosen
            ],
            by=request.user,
            today=found.today,
            **test.cleaned_data,
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        return False
    messages.success(request, f"Hasil uji {len(chosen)} peserta dicatat dan mereka diberi tahu.")
    return True


def _name_certificates(request, found, test, rows):
    if not all([row.is_valid() for row in rows]):  # noqa: C419 - every row is judged
        return False
    changed = [row for row in rows if row.has_changed()]
    try:
        workflow.name_certificates(
            [(row.person.attempts[-1], row.cleaned_data["number"]) for row in changed],
            by=request.user,
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        return False
    messages.success(request, f"{len(changed)} nomor sertifikat disimpan.")
    return True


@require_POST
def void(request, pk, trainee_pk, result_pk):
    """Take back a result that was typed wrongly."""
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    trainee = trainee_of(found, trainee_pk)
    result = get_object_or_404(trainee.results, pk=result_pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return show_person(request, found, trainee_pk, status=422, void_form=form)
    try:
        workflow.void_result(result, by=request.user, reason=form.cleaned_data["reason"])
    except TransitionNotAllowed as problem:
        say(request, problem)
        return show_person(request, found, trainee_pk, status=409, void_form=form)
    messages.success(request, f"Hasil uji {trainee} dibatalkan. Catat hasil yang benar.")
    return redirect(found.address("person", trainee_pk))
