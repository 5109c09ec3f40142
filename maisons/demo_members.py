"""The Maisons of the demonstration's agent and of its manager."""

from accounts.models import User
from cms import registry

from .models import Maison, Membership
from .services import join

MEMBERS = (
    ("agent@example.org", "ayen", "agent"),
    # A second one, and a project that the public does not see.
    ("agent@example.org", "demonstration-projet", "agent"),
    ("responsable@example.org", "ayen", "manager"),
)


class Loader:
    """Adds the memberships that nobody ever had; after the accounts."""

    order = 45

    def load(self, verbosity: int = 1) -> None:
        users = {user.email: user for user in User.objects.filter(email__endswith="@example.org")}
        maisons = {maison.slug: maison for maison in Maison.objects.all()}
        for email, slug, role in MEMBERS:
            user, maison = users.get(email), maisons.get(slug)
            if user is None or maison is None:
                continue
            if not Membership.objects.filter(user=user, maison=maison, role=role).exists():
                join(user, maison, role)


registry.demo_loaders.register("maisons.members", Loader())
