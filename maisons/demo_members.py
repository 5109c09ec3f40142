"""The Maison of the demonstration's agent and of its manager."""

from accounts.models import User
from cms import registry

from .models import Maison, Membership
from .services import join

MAISON = "ayen"
MEMBERS = {"agent@example.org": "agent", "responsable@example.org": "manager"}


class Loader:
    """Adds the memberships that nobody ever had; after the accounts."""

    order = 45

    def load(self, verbosity: int = 1) -> None:
        maison = Maison.objects.filter(slug=MAISON).first()
        for user in User.objects.filter(email__in=MEMBERS):
            if maison and not Membership.objects.filter(user=user).exists():
                join(user, maison, MEMBERS[user.email])


registry.demo_loaders.register("maisons.members", Loader())
