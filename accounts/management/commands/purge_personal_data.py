from typing import Any

from django.core.management.base import BaseCommand

from accounts import personal_data


class Command(BaseCommand):
    help = (
        "Erase the personal data that were kept as long as each model says. Runs daily by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for app, count in personal_data.purge().items():
            self.stdout.write(f"{app}: {count}")
