"""The menu at the side of the admin, and the links behind the officer's name."""

from django.contrib import admin
from django.urls import reverse

# Title of a group, and what stands in it: the label of a model, or of an app for all its models.
MENU = [
    (
        "Bantuan mesin",
        [
            "subsidies.Application",
            "subsidies.Visit",
            "subsidies.Decree",
            "subsidies.Disbursement",
            "subsidies.Scheme",
            "subsidies.BudgetLine",
            "subsidies.LedgerEntry",
            "subsidies.ApprovalBand",
        ],
    ),
    (
        "Kemitraan",
        [
            "partnerships.Agreement",
            "partnerships.SchoolProfile",
            "partnerships.CompanyProfile",
            "partnerships",
            "partnerships.Figure",
            "partnerships.Memorandum",
            "partnerships.OfficialFigure",
            "partnerships.Competence",
            "partnerships.SectorCompetence",
            "partnerships.LaunchPhase",
        ],
    ),
    (
        "Pelatihan",
        [
            "training.Event",
            "training.Registration",
            "training.Series",
            "training",
            "programs.Participation",
        ],
    ),
    ("Diklat 3in1", ["training.Batch", "training.Trainee", "training.Course"]),
    (
        "e-Smart IKM",
        [
            "programs.Enrolment",
            "programs.MentoringTask",
            "programs.Mentor",
            "programs.Shop",
            "programs.SalesReport",
            "programs.Marketplace",
            "programs.EsmartFigure",
            "programs.Campaign",
            "programs.CampaignImport",
        ],
    ),
    (
        "Program dan angka",
        [
            "programs.Program",
            "programs.Indicator",
            "programs.Target",
            "programs.OfficialFigure",
            "programs.PublishedFigure",
        ],
    ),
    (
        "Register",
        [
            "programs.Organization",
            "programs.IkmProfile",
            "programs.Membership",
            "programs.ReviewFlag",
            "programs.User",
            "auth.Group",
        ],
    ),
    (
        "Surat dan kabar",
        ["programs.News", "programs.IssuedPaper", "programs.Notification", "programs.Document"],
    ),
    ("Data acuan", ["programs.Region", "programs.KbliCode", "programs.Holiday"]),
    ("Jejak", ["admin.LogEntry", "programs.SensitiveAccess", "programs.Consent"]),
]
# An app stands for its models that have no place of their own.
PLACED = {name for _, names in MENU for name in names if "." in name}
# Where officers say it shorter than the model does.
TITLES = {"partnerships.Agreement": "Perjanjian (PKS)"}
ICONS = {
    "programs.Enrolment": "inbox",
    "programs.EsmartFigure": "bar_chart",
    "programs.Campaign": "flag",
    "programs.CampaignImport": "attach_file",
    "programs.OfficialFigure": "newspaper",
    "programs.Indicator": "rule",
    "programs.Target": "bar_chart",
    "programs.PublishedFigure": "verified_user",
    "subsidies.Application": "inbox",
    "subsidies.Visit": "location_on",
    "subsidies.Decree": "gavel",
    "subsidies.Disbursement": "payments",
    "subsidies.Scheme": "rule",
    "subsidies.BudgetLine": "account_balance",
    "subsidies.LedgerEntry": "history",
    "subsidies.ApprovalBand": "settings",
    "partnerships.Agreement": "description",
    "partnerships.SchoolProfile": "school",
    "partnerships.CompanyProfile": "factory",
    "partnerships.Competence": "category",
    "partnerships.SectorCompetence": "account_tree",
    "partnerships.LaunchPhase": "flag",
    "training.Batch": "school",
    "training.Trainee": "group",
    "training.Course": "description",
    "training.Event": "calendar_month",
    "training.Registration": "groups",
    "training.Series": "list_alt",
    "partnerships.Figure": "bar_chart",
    "partnerships.Memorandum": "handshake",
    "partnerships.OfficialFigure": "newspaper",
    "programs.Program": "flag",
    "programs.Participation": "workspace_premium",
    "programs.MentoringTask": "handshake",
    "programs.Mentor": "group",
    "programs.Shop": "storefront",
    "programs.SalesReport": "bar_chart",
    "programs.Marketplace": "list_alt",
    "programs.Organization": "apartment",
    "programs.IkmProfile": "storefront",
    "programs.Membership": "badge",
    "programs.ReviewFlag": "flag",
    "programs.User": "person",
    "auth.Group": "group",
    "programs.IssuedPaper": "description",
    "programs.News": "campaign",
    "programs.Notification": "mail",
    "programs.Document": "attach_file",
    "programs.Region": "map",
    "programs.KbliCode": "category",
    "programs.Holiday": "event",
    "admin.LogEntry": "history",
    "programs.SensitiveAccess": "visibility",
    "programs.Consent": "verified_user",
}


def navigation(request):
    """What this officer may open, in the order of their work. Apps without pages do not appear."""
    allowed = {
        model["model"]._meta.label: model
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"]
    }
    first = [_item("Meja kerja", reverse("admin:index"), "dashboard")]
    if request.user.has_perm("programs.view_livefigure"):
        first.append(_item("Program dan sasaran", reverse("minister:overview"), "bar_chart"))
    groups = [{"title": "", "items": first}]
    for title, wanted in MENU:
        labels = [label for name in wanted for label in _labels(name, allowed)]
        items = [
            _item(
                TITLES.get(label, allowed[label]["name"]),
                allowed[label]["admin_url"],
                ICONS.get(label, "folder"),
            )
            for label in labels
        ]
        if items:
            groups.append({"title": title, "items": items, "separator": True})
    return groups


def _labels(name, allowed):
    if "." in name:
        return [name] if name in allowed else []
    rest = [label for label in allowed if label not in PLACED]
    return [label for label in rest if label.startswith(f"{name}.")]


def _item(title, link, icon):
    return {"title": title, "link": link, "icon": icon}


def account_links(request):
    """Password, second factor and news live on the pages that everybody uses."""
    links = [
        ("Kabar", "programs:inbox"),
        ("Keamanan akun", "mfa_index"),
        ("Ubah kata sandi", "account_change_password"),
    ]
    return [{"title": title, "link": reverse(name)} for title, name in links]
