from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Print the site's address and, where there is a demonstration, its accounts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        line = f"  {settings.WAGTAIL_SITE_NAME}: {settings.SITE_ORIGIN}"
        self.stdout.write(f"\n{line}\n  Editing:  {settings.SITE_ORIGIN}/admin/\n")
        if "demo_accounts" in get_commands():
            call_command("demo_accounts", stdout=self.stdout)
        self.stdout.write("  Stop with Ctrl+C.\n\n")
