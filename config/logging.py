"""Logs are JSON, one event a line, without NIK and telephone numbers."""

import re

import structlog

# Sixteen digits, however they are grouped; mobile numbers with 0, 62 or +62 in front.
NIK = re.compile(r"(?<![\d.])\d(?:[ .-]?\d){15}(?!\d)")
PHONE = re.compile(r"(?<!\d)(?:\+?62|0)[ -]?8[1-9](?:[ -]?\d){6,10}(?!\d)")
# Made by ourselves; a random id could look like a telephone number.
LEFT_ALONE = {"timestamp", "request_id", "task_id", "parent_task_id"}


def mask_personal_numbers(logger, method_name, event):
    """A log is read by more people than the register, so no one is recognizable from it."""
    return {name: value if name in LEFT_ALONE else _masked(value) for name, value in event.items()}


def _masked(value):
    match value:
        case str():
            return PHONE.sub("[telepon]", NIK.sub("[NIK]", value))
        case bool() | None | float():
            return value
        case int():
            return "[NIK]" if len(str(value)) == 16 else value
        case dict():
            return {_masked(key): _masked(item) for key, item in value.items()}
        case list() | tuple() | set():
            return [_masked(item) for item in value]
        case _:
            return _masked(str(value))


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_structlog():
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging_settings(level):
    """Everything to standard error, from our code, Django, Celery and Gunicorn alike."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    mask_personal_numbers,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # django-structlog reports the same requests, with their id and user. A failure is told
            # twice: of one that happens before the user is known it says nothing.
            "django.request": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "django.server": {"level": "WARNING"},
            "gunicorn.http.wsgi": {"level": "ERROR"},  # it warns of every HEAD request
            "pikepdf": {"level": "WARNING"},  # it greets
        },
    }
