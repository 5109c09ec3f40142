from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import PASSWORD, PEOPLE
from accounts.models import User
from accounts.scopes import role_label


class Command(BaseCommand):
    help = "Print one account for each role of the demonstration."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ACCOUNTS:
            raise CommandError("There are no demonstration accounts here: DEMO_ACCOUNTS is off.")
        there = set(User.objects.filter(is_active=True).values_list("email", flat=True))
        people = [person for person in PEOPLE if person.email in there]
        if not people:
            return
        self.stdout.write(f"\n  Demonstration accounts (fictitious), password: {PASSWORD}\n")
        width = max(len(person.email) for person in people)
        for person in people:
            self.stdout.write(f"    {person.email:<{width}}  {role_label(person.role)}")
        self.stdout.write("")
