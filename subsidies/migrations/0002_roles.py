from django.db import migrations

from programs import roles

CASE = [
    f"subsidies.view_{model}"
    for model in [
        "application",
        "applicationhistoryentry",
        "applicationdocument",
        "correctionnote",
        "internalnote",
        "ruleoutcome",
        "machine",
        "machinecut",
        "amountline",
        "visit",
        "visitanswer",
        "visitphoto",
        "visithistoryentry",
        "scheme",
        "schemerate",
        "schemescale",
        "schemekbli",
        "schemedocument",
        "schemestage",
    ]
]
MONEY = [
    f"subsidies.view_{model}"
    for model in [
        "budgetline",
        "ledgerentry",
        "decree",
        "disbursement",
        "disbursementhistoryentry",
        "approvalband",
    ]
]
SCHEME_TERMS = [
    f"subsidies.{verb}_{model}"
    for model in [
        "scheme",
        "schemerate",
        "schemescale",
        "schemekbli",
        "schemedocument",
        "schemestage",
    ]
    for verb in ("add", "change", "delete")
]

PERMISSIONS = {
    # Sets up who may approve how much, and approves nothing.
    roles.SYSTEM_ADMIN: [
        f"subsidies.{verb}_approvalband" for verb in ("view", "add", "change", "delete")
    ],
    roles.IKMA_OFFICER: [
        *CASE,
        *MONEY,
        *SCHEME_TERMS,
        "subsidies.publish_scheme",
        "subsidies.add_budgetline",
        "subsidies.change_budgetline",
        "subsidies.allocate_budget",
        "subsidies.assign_application",
    ],
    roles.COMPLETENESS_CHECKER: [
        *CASE,
        "subsidies.check_completeness",
        "subsidies.reject_application",
    ],
    roles.CONFORMITY_CHECKER: [
        *CASE,
        "subsidies.check_conformity",
        "subsidies.reject_application",
    ],
    roles.FIELD_VERIFIER: ["subsidies.conduct_visit"],
    roles.ASSESSOR: [*CASE, "subsidies.assess_application", "subsidies.reject_application"],
    roles.PPK: [
        *CASE,
        *MONEY,
        "subsidies.approve_application",
        "subsidies.reject_application",
        "subsidies.issue_decree",
    ],
    roles.KPA: [
        *CASE,
        *MONEY,
        "subsidies.approve_application",
        "subsidies.reject_application",
    ],
    roles.FINANCE_OFFICER: [
        *CASE,
        *MONEY,
        "subsidies.request_payment",
        "subsidies.record_payment",
    ],
    roles.SPM_SIGNATORY: [*CASE, *MONEY, "subsidies.order_payment"],
}
# Our choice until the ministry names its own limits; officers change them in the admin.
BANDS = {roles.PPK: 200_000_000, roles.KPA: 5_000_000_000}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "subsidies")
    group_model = apps.get_model("auth", "Group")
    band_model = apps.get_model("subsidies", "ApprovalBand")
    for role, up_to in BANDS.items():
        band_model.objects.get_or_create(
            group=group_model.objects.get(name=role), defaults={"up_to": up_to}
        )


def remove_roles(apps, schema_editor):
    apps.get_model("subsidies", "ApprovalBand").objects.all().delete()
    roles.withdraw(apps, "subsidies")


class Migration(migrations.Migration):
    """Who may do what with applications, and up to how much may be approved."""

    dependencies = [("subsidies", "0001_initial"), ("programs", "0002_roles")]

    operations = [migrations.RunPython(make_roles, remove_roles)]
