from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"subsidies.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


SCHEME = "scheme schemerate schemescale schemekbli schemedocument schemestage"
CASE = may(
    "view",
    "application applicationhistoryentry applicationdocument correctionnote internalnote "
    "ruleoutcome machine machinecut amountline visit visitanswer visitphoto visithistoryentry "
    + SCHEME,
)
MONEY = may(
    "view", "budgetline ledgerentry decree disbursement disbursementhistoryentry approvalband"
)

PERMISSIONS = {
    # Sets up who may approve how much, and approves nothing.
    roles.SYSTEM_ADMIN: may("view add change delete", "approvalband"),
    roles.IKMA_OFFICER: [
        *CASE,
        *MONEY,
        *may("add change delete", SCHEME),
        "subsidies.publish_scheme",
        *may("add change", "budgetline"),
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
