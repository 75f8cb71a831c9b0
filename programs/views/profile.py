from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from programs import kept_input
from programs.account_forms import CHOSEN_FREELY, ProfileForm
from programs.once import once
from programs.workflow.accounts import update_profile


@require_http_methods(["GET", "HEAD", "POST"])
@once
def profile(request):
    user = request.user
    declined = set(user.mail_declined.values_list("kind", flat=True))
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": user.name,
            "phone": user.phone,
            "mailed": [kind for kind in CHOSEN_FREELY if kind not in declined],
        },
    )
    if form.is_valid():
        update_profile(
            by=user,
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            declined_mail=form.declined_mail(),
        )
        messages.success(request, "Profil Anda disimpan.")
        return redirect("programs:profile")
    kept_input.fill(form, kept_input.take(request))
    return render(
        request, "programs/profile.html", {"form": form}, status=422 if form.is_bound else 200
    )
