"""The officers' desk of link and match: registers, agreements, matching, figures."""
