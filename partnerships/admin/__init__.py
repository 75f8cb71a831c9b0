"""The officers' desk of link and match: registers, agreements, matching, figures."""

from partnerships.admin import agreements, matching

__all__ = ["agreements", "matching"]
