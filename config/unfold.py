"""The admin's shell: name, icon, colours and scripts. Its menu is in config.admin_menu."""

from django.templatetags.static import static

UNFOLD = {
    "SITE_TITLE": "Bina Industri",
    "SITE_HEADER": "Bina Industri",
    "SITE_SUBHEADER": "Meja petugas",
    "SITE_URL": "/",
    "SITE_SYMBOL": "factory",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("favicon.svg")}
    ],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": [lambda request: static("admin.css")],
    "SCRIPTS": [lambda request: static("unfold-csp.js")],
    "ACCOUNT": {"navigation": "config.admin_menu.account_links"},
    "SIDEBAR": {"navigation": "config.admin_menu.navigation"},
}
