"""The officers' desk of link and match: registers, agreements, matching, figures."""

from partnerships.admin import (
    agreements,
    figures,
    matching,
    memoranda,
    official_figures,
    references,
    registers,
    tax_facts,
)

__all__ = [
    "agreements",
    "figures",
    "matching",
    "memoranda",
    "official_figures",
    "references",
    "registers",
    "tax_facts",
]
