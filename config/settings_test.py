"""What tests need to be quick and to stay on this machine."""

from config.logging import logging_settings
from config.settings import *  # noqa: F403
from config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A worker of the browser asks for files after its test has ended; the test of the page turns it on.
OFFLINE_PAGE = False
# Race tests open more connections than a web process does.
DATABASES["default"]["OPTIONS"]["pool"] = False
LOGGING = logging_settings("WARNING")
