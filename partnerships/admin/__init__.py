"""The officers' desk of link and match: registers, agreements, matching, figures."""

from partnerships.admin import agreements

__all__ = ["agreements"]
