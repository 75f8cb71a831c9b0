"""The officers' desk: the queue, the record with its decisions, visits, payments, and the terms."""

from subsidies.admin import applications, budget, payments, schemes, visits

__all__ = ["applications", "budget", "payments", "schemes", "visits"]
