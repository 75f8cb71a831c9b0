"""The roles of those who work in or for the ministry (``domain.md`` §10.11), as groups by name.

What each may do is data: the migrations ``0002_roles`` of the apps make it, officers may change it.
Owners, Dinas, schools and companies have no group: what they see follows from their membership.
"""

from django.contrib.auth.management import create_permissions

SYSTEM_ADMIN = "Admin sistem"
IKMA_OFFICER = "Petugas Ditjen IKMA"
COMPLETENESS_CHECKER = "Pemeriksa administrasi"
CONFORMITY_CHECKER = "Pemeriksa kesesuaian"
FIELD_VERIFIER = "Verifikator lapangan"
ASSESSOR = "Tim teknis"
PPK = "PPK"
KPA = "KPA"
FINANCE_OFFICER = "Petugas keuangan"
SPM_SIGNATORY = "Penanda tangan SPM"
BPSDMI_OFFICER = "Petugas BPSDMI"
BDI_ADMIN = "Admin BDI"
EDUCATION_UNIT_ADMIN = "Admin unit pendidikan"
AUDITOR = "Auditor"

ALL = [
    SYSTEM_ADMIN,
    IKMA_OFFICER,
    COMPLETENESS_CHECKER,
    CONFORMITY_CHECKER,
    FIELD_VERIFIER,
    ASSESSOR,
    PPK,
    KPA,
    FINANCE_OFFICER,
    SPM_SIGNATORY,
    BPSDMI_OFFICER,
    BDI_ADMIN,
    EDUCATION_UNIT_ADMIN,
    AUDITOR,
]


def grant(apps, permissions):
    """Give each role its permissions: ``{role: ["app.codename", …]}``. For migrations.

    A permission is made by Django only after all migrations, so those needed here are made first.
    """
    group_model, permission_model = _models(apps)
    for label in sorted(
        {name.partition(".")[0] for names in permissions.values() for name in names}
    ):
        _make_permissions(apps, label)
    for role, names in permissions.items():
        group, _ = group_model.objects.get_or_create(name=role)
        for name in names:
            label, _, codename = name.partition(".")
            group.permissions.add(
                permission_model.objects.get(content_type__app_label=label, codename=codename)
            )


def grant_sight(apps, role, label):
    """Let ``role`` see everything of an app and change nothing."""
    group_model, permission_model = _models(apps)
    _make_permissions(apps, label)
    group, _ = group_model.objects.get_or_create(name=role)
    group.permissions.add(
        *permission_model.objects.filter(
            content_type__app_label=label, codename__startswith="view_"
        )
    )


def withdraw(apps, label):
    """Take the permissions of an app from all roles."""
    group_model, permission_model = _models(apps)
    held = permission_model.objects.filter(content_type__app_label=label)
    for group in group_model.objects.filter(name__in=ALL):
        group.permissions.remove(*held)


def _models(apps):
    return apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")


def _make_permissions(apps, label):
    app = apps.get_app_config(label)
    # The stand-in of a migration has no module, and Django takes it for an app without models.
    app.models_module = getattr(app, "models_module", None) or True
    create_permissions(app, apps=apps, verbosity=0)
