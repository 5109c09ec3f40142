from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms import backup


class Command(BaseCommand):
    help = "Put an archive of `backup` back; what was there is kept in an archive of its own."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?")
        parser.add_argument("--no-keep", action="store_true", help="do not keep the present state")

    def handle(self, *args: Any, **options: Any) -> None:
        archive = options["archive"]
        if archive is None:
            found = [str(path) for path in backup.archives()] or ["(none)"]
            raise CommandError("Name the archive to put back:\n  " + "\n  ".join(found))
        try:
            done = backup.restore(archive, keep_previous=not options["no_keep"])
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        # An archive of an earlier release has earlier tables.
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored the state of {done.created}.")
        if done.previous:
            self.stdout.write(f"The state before is in {done.previous}.")
