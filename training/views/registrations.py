"""A person's own registrations: a new one, all of them, the page of each, and giving it up."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from training import event_in_words as words
from training.audience import reasons_against, terms_of
from training.enums import RegistrationStatus
from training.forms.letter import LetterForm
from training.forms.registration import RegistrationForm
from training.models import CalendarFeed, Event, Registration
from training.next_steps import with_deeds
from training.openness import Openness, openness_of
from training.permissions import can_withdraw
from training.prefill import known_answers
from training.stages import WORDS
from training.views.registration_page import registration_page
from training.workflow import registration as workflow

MORE_EVENTS = 3
PAGE = 20


@require_http_methods(["GET", "POST"])
def registration_new(request, slug):
    """The form, and the place or the waiting list that follows from it.

    Hundreds may press at the same moment: what is asked of the database here is asked of it
    hundreds of times. A second press finds the first registration, so no token is needed.
    """
    if request.method == "POST" and "ubah" not in request.POST:
        return _register(request, slug)
    event = _announced(slug)
    if known := _standing_registration(request, event):
        return redirect("training:registration_detail", known.pk)
    try:
        workflow.refuse_unless_open(event, now=timezone.now())
    except TransitionNotAllowed as refusal:
        messages.info(request, str(refusal))
        return redirect("training:event_detail", event.slug)
    form = RegistrationForm(event=event, user=request.user)
    form.initial |= known_answers(request.user, kinds=form.kinds)
    typed = request.POST if request.method == "POST" else take(request)
    return _form_page(request, event, fill(form, typed))


def _announced(slug):
    return get_object_or_404(
        Event.objects.announced().with_area().select_related("unit"), slug=slug
    )


def _register(request, slug):
    # Less than a page shows of it: the page with what went wrong asks for the rest.
    event = Event.objects.for_registration(slug)
    if event is None:
        raise Http404
    form = RegistrationForm(request.POST, request.FILES, event=event, user=request.user)
    if not form.is_valid():
        return _form_page(request, _announced(slug), form)
    details = form.details()
    if against := reasons_against(terms_of(event), details, commodity=form.commodity):
        return _outside_page(request, _announced(slug), against, details)
    try:
        registration = workflow.register(
            event,
            user=request.user,
            details=details,
            by=request.user,
            now=timezone.now(),
            letter=form.cleaned_data.get("letter"),
        )
    except workflow.AlreadyRegistered as known:
        if known.registration.user_id == request.user.pk:
            messages.info(request, "Anda sudah terdaftar pada kegiatan ini.")
            return redirect("training:registration_detail", known.registration.pk)
        form.add_error(
            "nip",
            "NIP ini sudah terdaftar pada kegiatan ini dengan akun lain. Bila itu Anda, masuk "
            "dengan akun itu; bila bukan, hubungi narahubung.",
        )
    except TransitionNotAllowed as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, "Pendaftaran Anda sudah kami terima.")
        return redirect("training:registration_detail", registration.pk)
    return _form_page(request, _announced(slug), form)


def _standing_registration(request, event):
    """What there is already: one that runs, or one that the organizers turned down."""
    latest = event.registrations.of(request.user).order_by("-pk").first()
    if latest is None or latest.status == RegistrationStatus.WITHDRAWN:
        return None
    return latest


def _form_page(request, event, form):
    if "business" in form.fields and not form.fields["business"].queryset.exists():
        del form.fields["business"]
    return render(
        request,
        "training/registration_new.html",
        {
            "event": event,
            "form": form,
            "when": words.days(event),
            "begins": words.hours(event.starts_at),
            "whom": words.whom(event),
            "waits": openness_of(event, now=timezone.now()) == Openness.WAITING_LIST,
        },
        status=422 if form.errors else 200,
    )


def _outside_page(request, event, against, details):
    """Why this event is not for them, what to do, and which ones are."""
    now = timezone.now()
    others = Event.objects.upcoming(now=now).open_for_registration(now=now).exclude(pk=event.pk)
    others = others.open_to_kind(details["kind"])
    if details["region"]:
        others = others.open_to_region(details["region"].code)
    return render(
        request,
        "training/registration_outside.html",
        {
            "event": event,
            "against": against,
            "typed": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name != "csrfmiddlewaretoken"
            ],
            "others": [(other, words.days(other)) for other in others[:MORE_EVENTS]],
        },
    )


@require_safe
def registration_list(request):
    """*Kegiatan saya*: what one is registered for, and what is over."""
    registrations = (
        Registration.objects.of(request.user)
        .select_related("event__unit")
        .order_by("-event__starts_at", "-pk")
    )
    page = Paginator(registrations, PAGE).get_page(request.GET.get("halaman"))
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(
        request,
        "training/registration_list.html",
        {
            "page": page,
            "rows": [(one, WORDS[one.status], words.days(one.event)) for one in page.object_list],
            "feed_url": _feed_url(feed) if feed else "",
        },
    )


def _feed_url(feed):
    return settings.BASE_URL + reverse("training:calendar_feed", args=[feed.token])


@require_safe
def registration_detail(request, pk):
    """Where it stands, what to do now, and everything one needs on the day."""
    visible = Registration.objects.visible_to(request.user).select_related(
        "event__place_region__province",
        "region__province",
        "certificate",
        "sent_by",
        "assignment_letter",
    )
    registration = get_object_or_404(with_deeds(visible), pk=pk)
    return registration_page(request, registration)


@require_http_methods(["GET", "POST"])
@once
def registration_withdraw(request, pk):
    """Ask first, then give the place to the next."""
    registration = _own(request, pk)
    refused = ""
    if request.method == "POST":
        try:
            workflow.withdraw(registration, by=request.user)
        except TransitionNotAllowed as refusal:
            refused = str(refusal)
        else:
            is_mine = registration.user_id == request.user.pk
            who = "Anda" if is_mine else registration.name
            messages.success(request, f"{who} sudah mengundurkan diri. Tempatnya dilepas.")
            return redirect("training:registration_detail", registration.pk)
    return render(
        request,
        "training/registration_withdraw.html",
        {
            "registration": registration,
            "event": registration.event,
            "when": words.days(registration.event),
            "is_mine": registration.user_id == request.user.pk,
            "refused": refused,
        },
        status=422 if refused else 200,
    )


@require_http_methods(["GET", "POST"])
@once
def registration_letter(request, pk):
    """Hand in the surat tugas after the registration."""
    registration = _own(request, pk)
    form = LetterForm(request.POST, request.FILES) if request.method == "POST" else LetterForm()
    if request.method == "POST" and form.is_valid():
        workflow.attach_letter(registration, by=request.user, letter=form.cleaned_data["letter"])
        messages.success(request, "Surat tugas sudah kami terima.")
        return redirect("training:registration_detail", registration.pk)
    return render(
        request,
        "training/registration_letter.html",
        {"registration": registration, "event": registration.event, "form": form},
        status=422 if form.errors else 200,
    )


def _own(request, pk):
    """The registration of somebody who may change it; others who may see it are told why not."""
    registration = get_object_or_404(
        Registration.objects.visible_to(request.user).select_related("event__unit"),
        pk=pk,
    )
    if not can_withdraw(request.user, registration):
        raise PermissionDenied(
            "Pendaftaran ini hanya diubah oleh pesertanya, dinas yang mengutusnya, atau panitia."
        )
    return registration
