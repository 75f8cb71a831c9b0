import tempfile

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.enums import PRIVACY_NOTICE_VERSION, ConsentPurpose
from programs.models import Consent
from programs.my_data import write_archive
from programs.once import once
from programs.transitions import TransitionNotAllowed
from programs.workflow import accounts

WHAT_FOR = {
    ConsentPurpose.PUBLISH_PROFILE: (
        "Nama usaha, merek, komoditas, dan kabupaten/kota ditampilkan pada halaman program, agar "
        "pembeli dapat menemukan Anda."
    ),
    ConsentPurpose.NEWSLETTER: "Paling banyak sebulan sekali, lewat surel.",
}


@require_safe
def my_data(request):
    live = {
        consent.purpose: consent
        for consent in Consent.objects.filter(user=request.user, withdrawn_at=None)
    }
    consents = [
        {"purpose": purpose, "about": WHAT_FOR[purpose], "live": live.get(purpose)}
        for purpose in ConsentPurpose
    ]
    return render(
        request,
        "programs/my_data.html",
        {
            "consents": consents,
            "notice_is_new": request.user.notice_version != PRIVACY_NOTICE_VERSION,
        },
    )


@require_safe
@never_cache
@reauthentication_required
def my_data_download(request):
    """All that is stored about the person, after they have shown once more who they are."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_archive(request.user, archive)
    archive.seek(0)
    return FileResponse(
        archive,
        as_attachment=True,
        filename=f"data-saya-{timezone.localdate():%Y-%m-%d}.zip",
        content_type="application/zip",
    )


@require_POST
@once
def consent_give(request, purpose):
    purpose = _known(purpose)
    accounts.give_consent(purpose, by=request.user)
    messages.success(request, f"Persetujuan untuk {purpose.label} dicatat.")
    return redirect("programs:my_data")


@require_POST
@once
def consent_withdraw(request, purpose):
    purpose = _known(purpose)
    accounts.withdraw_consent(purpose, by=request.user)
    messages.success(
        request,
        f"Persetujuan untuk {purpose.label} ditarik. Data Anda tidak dipakai lagi untuk itu.",
    )
    return redirect("programs:my_data")


@require_POST
def notice_read(request):
    accounts.acknowledge_notice(by=request.user)
    return redirect("programs:my_data")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def account_close(request):
    """What closing an account means, and the button that does it."""
    reasons = accounts.reasons_against_closing(request.user)
    if request.method == "POST":
        try:
            accounts.close_account(request.user, by=request.user)
        except TransitionNotAllowed as problem:
            messages.error(request, str(problem))
            return redirect("programs:account_close")
        logout(request)
        messages.success(request, "Akun Anda sudah ditutup. Terima kasih.")
        return redirect("home")
    return render(request, "programs/account_close.html", {"reasons": reasons})


def _known(purpose):
    try:
        return ConsentPurpose(purpose)
    except ValueError:
        raise Http404 from None
