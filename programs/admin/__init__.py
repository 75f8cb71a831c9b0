"""Officers' lists and forms of the register, one file for each group of the menu."""

from programs.admin import (
    esmart_enrolments,
    esmart_shops,
    ikm,
    organizations,
    people,
    places,
    programs,
    traces,
    writings,
)

__all__ = [
    "esmart_enrolments",
    "esmart_shops",
    "ikm",
    "organizations",
    "people",
    "places",
    "programs",
    "traces",
    "writings",
]
