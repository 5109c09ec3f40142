"""Retire the key that signs badges and make another one."""

from typing import Any

from django.core.management.base import BaseCommand

from learning.credentials import keys


class Command(BaseCommand):
    help = (
        "Sign badges with a new key from now on. The former stays published, so that what it signed "
        "can still be verified; its private half is erased."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        key = keys.rotate()
        self.stdout.write(f"Badges are now signed with {keys.address(key)}")
