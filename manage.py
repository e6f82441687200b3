#!/usr/bin/env python
"""Django's command line for this project. What is missing in the environment is said in one sentence, without a traceback."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inspectie.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.INSTALLED_APPS  # noqa: B018 (reads the settings)
    except ImproperlyConfigured as fout:
        sys.exit(str(fout))
    execute_from_command_line(sys.argv)
