#!/usr/bin/env python
"""Django's command line. On a developer's machine it brings PostgreSQL and Valkey along."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.embedded import EmbeddedProblem, services


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with services():
            settings.INSTALLED_APPS  # noqa: B018 - reads the settings, so that problems show here
            execute_from_command_line(sys.argv)
    except (EmbeddedProblem, ImproperlyConfigured) as problem:
        sys.exit(f"Cannot start: {problem}")


if __name__ == "__main__":
    main()
