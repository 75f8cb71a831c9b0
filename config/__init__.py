"""Settings and addresses: the only place that knows all four apps."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
