"""The officers' desk of training: events, their participants, and what comes of them."""

from training.admin import diklat, events, others, registrations

__all__ = ["diklat", "events", "others", "registrations"]
