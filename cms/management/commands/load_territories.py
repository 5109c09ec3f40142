"""Load regions, departments, communes and postcodes."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.territories import load_territories


class Command(BaseCommand):
    help = "Load regions, departments, communes and postcodes from cms/data/geo (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="load again what is already loaded"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        start = monotonic()
        written = load_territories(force=options["force"])
        if not options["verbosity"]:
            return
        if not written:
            self.stdout.write("Territories: already up to date.")
            return
        counts = ", ".join(f"{count} {table}" for table, count in written.items())
        self.stdout.write(f"Territories: {counts} in {monotonic() - start:.1f} s.")
