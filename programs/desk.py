"""The shell of the officers' own pages inside the admin (``desk_base.html``): its menu and search.

Queues and decisions stand in it; registers stand in the theme's shell (ADR 6). Both have one menu.
"""

# The theme's menu names its pictures after another set than our sprite.
ICONS = {
    "account_balance": "bank",
    "apartment": "office",
    "attach_file": "clip",
    "bar_chart": "chart",
    "calendar_month": "calendar",
    "dashboard": "home",
    "description": "file",
    "event": "calendar",
    "factory": "factory",
    "flag": "flag",
    "gavel": "certificate",
    "group": "users",
    "groups": "users",
    "handshake": "users",
    "history": "history",
    "inbox": "inbox",
    "list_alt": "list",
    "location_on": "pin",
    "mail": "mail",
    "map": "pin",
    "newspaper": "file",
    "payments": "money",
    "person": "user",
    "rule": "scale",
    "school": "school",
    "settings": "settings",
    "storefront": "shop",
    "verified_user": "shield",
    "visibility": "eye",
    "workspace_premium": "certificate",
}


def desk(request, site, **page):
    """The context of a page that extends ``desk_base.html``: what is given, in the shell."""
    shell = site.each_context(request)
    return {
        **shell,
        "desk_navigation": [
            {
                "title": group["title"],
                "items": [
                    {
                        "url": item["link"],
                        "label": item["title"],
                        "icon": ICONS.get(item.get("icon"), "list"),
                        "current": item.get("active"),
                    }
                    for item in group["items"]
                ],
            }
            for group in shell["sidebar_navigation"]
        ],
        **page,
    }
