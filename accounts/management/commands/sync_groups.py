from typing import Any

from django.core.management.base import BaseCommand

from accounts.groups import sync_groups, sync_user_groups
from accounts.models import User


class Command(BaseCommand):
    help = "Bring groups, and who is in them, to what the roles say. `migrate` does the former."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_groups()
        changed = sum(sync_user_groups(user) for user in User.objects.all().iterator())
        self.stdout.write(f"Groups are up to date; {changed} people changed groups.")
