"""What participants hand in themselves: tests, the evaluation, their name on the certificate."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from training.enums import SpeakerRole, TestOccasion
from training.forms.answers import EvaluationForm, NameForm, TestForm
from training.models import Registration, Speaker
from training.quiz import gain
from training.workflow import answers as workflow
from training.workflow import registration as registration_workflow

# In the address, as people say it.
OCCASIONS = {"awal": TestOccasion.PRE, "akhir": TestOccasion.POST}


@require_http_methods(["GET", "POST"])
@once
def test(request, pk, occasion):
    """The questions, all on one page; once handed in, what came of it."""
    registration = _own(request, pk)
    event, now = registration.event, timezone.now()
    if occasion not in OCCASIONS:
        raise Http404
    asked = OCCASIONS[occasion]
    attempts = {attempt.occasion: attempt for attempt in registration.test_attempts.all()}
    if asked in attempts:
        return _result(request, registration, asked, attempts, now)
    try:
        workflow.refuse_test_unless_open(registration, asked, now=now)
    except TransitionNotAllowed as refusal:
        return _closed(request, registration, asked.label, refusal)
    questions = list(event.questions.all())
    form = TestForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.hand_in_test(registration, asked, answers=form.answers(), now=now)
        except TransitionNotAllowed as refusal:
            return _closed(request, registration, asked.label, refusal)
        messages.success(request, f"Jawaban {asked.label} Anda sudah kami terima.")
        return redirect("training:test", registration.pk, occasion)
    return render(
        request,
        "training/test_form.html",
        {
            "registration": registration,
            "event": event,
            "asked": asked,
            "count": len(questions),
            "is_marked": asked == TestOccasion.POST and event.posttest_minimum is not None,
            "form": fill(form, take(request)),
        },
        status=422 if form.errors else 200,
    )


def _result(request, registration, asked, attempts, now):
    event, attempt = registration.event, attempts[asked]
    before, after = attempts.get(TestOccasion.PRE), attempts.get(TestOccasion.POST)
    rows = []
    if workflow.solutions_shown(event, now=now):
        rows = [_answered(question, attempt) for question in event.questions.all()]
    minimum = event.posttest_minimum if asked == TestOccasion.POST else None
    return render(
        request,
        "training/test_result.html",
        {
            "registration": registration,
            "event": event,
            "asked": asked,
            "attempt": attempt,
            "before": before if asked == TestOccasion.POST else None,
            "gain": gain(before and before.score, after and after.score)
            if asked == TestOccasion.POST
            else None,
            "minimum": minimum,
            "is_enough": minimum is None or attempt.score >= minimum,
            "rows": rows,
        },
    )


def _answered(question, attempt):
    """(question, what was chosen, what is right, whether they are the same)."""
    chosen = attempt.answers.get(str(question.number))
    known = chosen is not None and 1 <= chosen <= len(question.options)
    return (
        question,
        question.options[chosen - 1] if known else "",
        question.options[question.correct - 1],
        chosen == question.correct,
    )


@require_http_methods(["GET", "POST"])
@once
def evaluation(request, pk):
    """Marks for the event and its speakers. Officers read them without the name."""
    registration = _own(request, pk)
    now = timezone.now()
    try:
        workflow.refuse_evaluation_unless_open(registration, now=now)
    except TransitionNotAllowed as refusal:
        return _closed(request, registration, "evaluasi", refusal)
    speakers = (
        Speaker.objects.filter(session__event=registration.event, role=SpeakerRole.SPEAKER)
        .select_related("session")
        .order_by("session__starts_at", "session__number", "pk")
    )
    form = EvaluationForm(request.POST if request.method == "POST" else None, speakers=speakers)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.hand_in_evaluation(
                registration, scores=form.scores(), comment=form.cleaned_data["comment"], now=now
            )
        except TransitionNotAllowed as refusal:
            return _closed(request, registration, "evaluasi", refusal)
        messages.success(request, "Terima kasih. Evaluasi Anda sudah kami terima.")
        return redirect("training:registration_detail", registration.pk)
    return render(
        request,
        "training/evaluation.html",
        {
            "registration": registration,
            "event": registration.event,
            "form": fill(form, take(request)),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@once
def name_confirm(request, pk):
    """The name as on the certificate: looked at, put right, confirmed; until it was issued."""
    registration = _own(request, pk)
    try:
        registration_workflow.refuse_name_unless_open(registration)
    except TransitionNotAllowed as refusal:
        return _closed(request, registration, "nama di sertifikat", refusal)
    kept = take(request)
    data = request.POST if request.method == "POST" else None
    form = fill(NameForm(data, initial={"name": registration.name}), kept)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "lihat" not in request.POST:
        try:
            registration_workflow.confirm_name(
                registration, by=request.user, name=form.cleaned_data["name"]
            )
        except TransitionNotAllowed as refusal:
            return _closed(request, registration, "nama di sertifikat", refusal)
        messages.success(request, "Terima kasih. Begitulah nama Anda ditulis di sertifikat.")
        return redirect("training:registration_detail", registration.pk)
    return render(
        request,
        "training/name_confirm.html",
        {
            "registration": registration,
            "event": registration.event,
            "form": form,
            "shown": form.cleaned_data["name"] if is_valid else registration.name,
        },
        status=422 if form.errors else 200,
    )


def _own(request, pk):
    """Only the person answers for themselves, not the Dinas that sent them."""
    return get_object_or_404(
        Registration.objects.of(request.user).select_related("event__unit"), pk=pk
    )


def _closed(request, registration, what, refusal):
    """Why nothing can be handed in here now, and whom to ask."""
    return render(
        request,
        "training/answers_closed.html",
        {
            "registration": registration,
            "event": registration.event,
            "what": what,
            "reason": str(refusal),
        },
        status=422 if request.method == "POST" else 200,
    )
