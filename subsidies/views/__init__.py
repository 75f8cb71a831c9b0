"""The pages of applicants. Officers work in ``subsidies.admin``."""
