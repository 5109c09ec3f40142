from django.core.management.base import BaseCommand

from cms.jobs import tick


class Command(BaseCommand):
    help = "Runs the periodic jobs that are due. Call it every minute, or run `clock`."

    def handle(self, *args, **options) -> None:
        for name in tick():
            self.stdout.write(name)
