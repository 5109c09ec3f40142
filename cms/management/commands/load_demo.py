"""Load the demonstration content of every app. Adds what is missing; changes and deletes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from cms import registry


class Command(BaseCommand):
    help = "Load the demonstration content that is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, loader in sorted(
            registry.demo_loaders.items(), key=lambda item: (item[1].order, item[0])
        ):
            if options["verbosity"]:
                self.stdout.write(f"Demo content: {name}")
            loader.load(options["verbosity"])
