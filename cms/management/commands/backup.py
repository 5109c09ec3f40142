from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import backup


class Command(BaseCommand):
    help = "Write the database, media and private files into one dated archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="where to write it (default: var/backups)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            archive = backup.make(options["folder"])
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{archive} ({archive.stat().st_size / 1_000_000:.1f} MB)")
