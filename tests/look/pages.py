"""A catalogue of the parts, and a form like ours, for the tests of the look alone."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from config.urls import urlpatterns as site
from programs.forms import DateField, GuidedForm, NibField, NikField, RupiahField, UploadField

DESK = [
    {
        "title": "Pekerjaan saya",
        "items": [{"url": "/contoh/meja/", "label": "Meja kerja", "icon": "home"}],
    },
    {
        "title": "Bantuan mesin",
        "items": [
            {
                "url": "/contoh/meja/",
                "label": "Permohonan",
                "icon": "file",
                "tally": 38,
                "current": True,
            }
        ],
    },
]


class MachineForm(GuidedForm):
    name = forms.CharField(label="Nama mesin", help_text="Tulis seperti pada faktur.")
    nib = NibField(label="NIB", help_text="13 angka. Contoh: 9120001234567")
    nik = NikField(label="NIK pemilik", required=False)
    origin = forms.ChoiceField(
        label="Asal mesin",
        choices=[("DOMESTIC", "Dalam negeri"), ("IMPORT", "Impor")],
        widget=forms.RadioSelect,
    )
    country = forms.CharField(label="Negara pembuat", required=False)
    price = RupiahField(label="Harga per unit", help_text="Rupiah bulat. Contoh: 125.000.000")
    bought_on = DateField(label="Tanggal beli", help_text="Contoh: 17/08/2026")
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    invoice = UploadField(label="Faktur pajak", help_text="PDF atau foto.", required=False)
    is_new = forms.BooleanField(label="Mesin ini baru", help_text="Bukan bekas pakai.")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["origin"].choice_help = {"DOMESTIC": "Diganti 30 %."}
        self.fields["nib"].notes = [{"text": "periksa angka terakhir.", "by": "Pemeriksa, Jumat"}]
        self.fields["country"].show_when = "origin=IMPORT"


@login_not_required
def parts(request):
    context = {
        "page": Paginator(range(200), 10).get_page(3),
        "steps": ["on", "on", "fix", "now", "", "", ""],
        "now": timezone.now(),
        "slices": [
            ("Dibayar", 2_184_000_000, "q4"),
            ("Terikat surat keputusan", 1_460_500_000, "q3"),
            ("Permohonan ini, bila disetujui", 86_400_000, "bar2"),
        ],
        "status": SimpleNamespace(kind="ok", icon="check", word="Disetujui"),
    }
    return render(request, "look/parts.html", context)


@login_not_required
def form(request):
    form = MachineForm(request.POST, request.FILES) if request.method == "POST" else MachineForm()
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Mesin tersimpan.")
        return redirect("/contoh/bagian/")
    context = {"form": form, "steps": ["on", "now", ""]}
    return render(request, "look/form.html", context, status=422 if form.is_bound else 200)


@login_not_required
def desk(request):
    return render(
        request, "look/desk.html", {"desk_navigation": DESK, "desk_role": "Pemeriksa administrasi"}
    )


@login_not_required
def forbidden(request):
    raise PermissionDenied("Halaman ini untuk petugas verifikasi.")


@login_not_required
def broken(request):
    return render(request, "500.html")


urlpatterns = [
    *site,
    path("contoh/bagian/", parts),
    path("contoh/formulir/", form),
    path("contoh/meja/", desk),
    path("contoh/terlarang/", forbidden),
    path("contoh/rusak/", broken),
]
