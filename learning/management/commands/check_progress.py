from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from learning.models import LearningPath
from learning.overview.counters import BATCH, differences


class Command(BaseCommand):
    help = (
        "Verify the counters of enrolments against the rows that they sum up, and mend them with --fix. "
        "Exit code 1 when something differs and was not mended."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="write what the rows say")
        parser.add_argument("--path", type=UUID, help="the identifier of one path (default: all)")
        parser.add_argument("--batch", type=int, default=BATCH, help="enrolments read at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["path"]
        if path and not LearningPath.objects.filter(uuid=path).exists():
            raise CommandError(f"There is no path {path}.")
        if options["batch"] < 1:
            raise CommandError("A batch holds at least one enrolment.")
        number = 0
        for number, found in enumerate(
            differences(path=path, batch=options["batch"], fix=options["fix"]), start=1
        ):
            self.stdout.write(str(found))
        self.stdout.write(f"{number} differences{', mended' if number and options['fix'] else ''}.")
        if number and not options["fix"]:
            raise SystemExit(1)
