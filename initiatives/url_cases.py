"""What the addresses of initiatives answer to each role."""

from collections.abc import Iterator
from uuid import uuid4

from django.urls import reverse

from cms import registry
from cms.matrix import SIGN_IN, Case, only, public

WRITERS = ("agent", "manager")
MODERATORS = ("editor", "chief-editor", "national-team", "administrator")


@registry.url_cases.provide("initiatives")
def cases() -> Iterator[Case]:
    from maisons.factories import MaisonFactory

    from . import factories
    from .models import Adoption

    maison = MaisonFactory()
    theirs = factories.sheet("Fiche d’une Maison", contributed_by=maison)
    row = Adoption.objects.create(sheet=theirs, maison=maison)
    key = theirs.translation_key
    yield Case("/initiatives/", public())
    yield Case("/initiatives/?theme=zz&periode=abc&page=1", public())
    yield Case(theirs.get_url(), public())
    yield Case(factories.sheet("Brouillon", live=False).get_url() or "/x/", public(404))
    # Members of a Maison write, each for theirs: the matrix's people belong to others.
    yield Case(reverse("initiatives:mine"), only(*WRITERS, others=403))
    yield Case(reverse("initiatives:start"), only(*WRITERS, others=403))
    for name in ("edit", "preview", "discard"):
        yield Case(reverse(f"initiatives:{name}", args=[key]), only(others=404))
    yield Case(reverse("initiatives:adopt", args=[key]), only(*WRITERS, others=403))
    unknown = reverse("initiatives:adopt", args=[uuid4()])
    yield Case(unknown, {"anonymous": SIGN_IN, "*": 404})
    yield Case(reverse("initiatives_adoptions"), only(*MODERATORS))
    yield Case(reverse("initiatives_adoption", args=[row.uuid]), only(*MODERATORS))
    yield Case("/admin/audience/", only(*MODERATORS))
    yield Case("/admin/audience/new/", only(*MODERATORS))
