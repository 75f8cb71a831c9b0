from django.db import migrations

from programs import roles


def may(verbs, nouns):
    return [f"programs.{verb}_{noun}" for noun in nouns.split() for verb in verbs.split()]


READ = may("view", "region kblicode holiday")
READ_BUSINESSES = [*READ, *may("view", "organization document issuedpaper")]
# Who checks papers compares the NIK with the card; each look at it is written down.
CHECK_BUSINESSES = [*READ_BUSINESSES, *may("view", "ikmprofile")]

PERMISSIONS = {
    roles.SYSTEM_ADMIN: [
        *may("view add change", "user organization membership region"),
        *may("view add change delete", "kblicode holiday"),
        "auth.view_group",
        "auth.add_group",
        "auth.change_group",
        *may("view change", "notification"),
        *may("view", "issuedpaper sensitiveaccess consent"),
        "admin.view_logentry",
    ],
    roles.IKMA_OFFICER: [
        *CHECK_BUSINESSES,
        *may("add change", "organization ikmprofile holiday"),
        *may("view add change", "membership"),
        *may("view change", "reviewflag notification"),
        "programs.view_user",
    ],
    roles.COMPLETENESS_CHECKER: CHECK_BUSINESSES,
    roles.CONFORMITY_CHECKER: CHECK_BUSINESSES,
    # Comes from outside the ministry: sees what is assigned for a visit, nothing of the register.
    roles.FIELD_VERIFIER: [],
    roles.ASSESSOR: CHECK_BUSINESSES,
    roles.PPK: READ_BUSINESSES,
    roles.KPA: READ_BUSINESSES,
    roles.FINANCE_OFFICER: READ_BUSINESSES,
    roles.SPM_SIGNATORY: READ_BUSINESSES,
    roles.BPSDMI_OFFICER: [*READ, *may("view", "organization issuedpaper")],
    roles.BDI_ADMIN: READ,
    roles.EDUCATION_UNIT_ADMIN: READ,
    roles.AUDITOR: ["auth.view_group", "admin.view_logentry"],
}


def make_roles(apps, schema_editor):
    roles.grant(apps, PERMISSIONS)
    roles.grant_sight(apps, roles.AUDITOR, "programs")


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=PERMISSIONS).delete()


class Migration(migrations.Migration):
    """The groups of ``domain.md`` §10.11, and what they may do with the register."""

    dependencies = [
        ("programs", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
