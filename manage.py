#!/usr/bin/env python3
"""Django's command line for the platform."""

import gc
import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["migrate"]:
        # Migrations make and drop models by the thousand: collecting each time costs a tenth of them.
        gc.set_threshold(100_000, 50, 50)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
