"""Officers' lists and forms of the register, one file for each group of the menu."""

from programs.admin import (
    campaigns,
    esmart_enrolments,
    esmart_figures,
    esmart_mentoring,
    esmart_shops,
    ikm,
    indicators,
    news,
    organizations,
    people,
    places,
    programs,
    targets,
    traces,
    writings,
)

__all__ = [
    "campaigns",
    "esmart_enrolments",
    "esmart_figures",
    "esmart_mentoring",
    "esmart_shops",
    "ikm",
    "indicators",
    "news",
    "organizations",
    "people",
    "places",
    "programs",
    "targets",
    "traces",
    "writings",
]
