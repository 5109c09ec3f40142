from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take away the second factors of somebody who lost them, and end their sessions. Make sure"
        " of who asks, by another channel than e-mail, before you do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the address {options['email']}.")
        count = services.reset_second_factor(user)
        self.stdout.write(
            f"{count} second factors taken away; {user.email} signs in and sets one up."
        )
