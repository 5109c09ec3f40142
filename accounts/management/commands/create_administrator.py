from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts import services
from accounts.links import password_link
from accounts.models import User
from accounts.scopes import ADMINISTRATOR


class Command(BaseCommand):
    help = (
        "Give the role of administrator to an address, whose account is made when missing, and print"
        " a link that lets its owner choose a password, once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: {error.messages[0]}") from error
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email, first_name=options["first_name"], last_name=options["last_name"]
            )
        if not user.is_active:
            raise CommandError(f"{email} is deactivated: activate the account first.")
        services.grant(user, ADMINISTRATOR)
        self.stdout.write(f"{email} is an administrator.")
        if not user.has_usable_password():
            self.stdout.write(f"Choose a password (valid three days): {password_link(user)}")
