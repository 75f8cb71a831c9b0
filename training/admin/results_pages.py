"""The pages of what happens at an event and what comes of it, from attendance to certificates."""

from training.admin import (
    attendance,
    certificates,
    check_in_screen,
    coverage,
    evaluation,
    figures,
    results,
    tests,
    zoom,
)

PAGES = [
    attendance, check_in_screen, zoom, tests, evaluation, results, certificates, coverage,
    figures,
]  # fmt: skip


def urls(model_admin):
    return [url for module in PAGES for url in module.urls(model_admin)]
