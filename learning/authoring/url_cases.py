"""What the screens for authors of paths answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only

AUTHORS = ("editor", "chief-editor", "national-team", "administrator")
AHEAD = (*AUTHORS, "trainer")


@registry.url_cases.provide("learning.authoring")
def cases() -> Iterator[Case]:
    from accounts.factories import UserFactory

    from ..models import LearningPathPage, PathImport
    from ..paths.factories import make_path, units_of

    path = make_path()
    page: Any = LearningPathPage.objects.get(translation_key=path.uuid)
    base = "/admin/formation/parcours/"
    sent = PathImport.objects.create(by=UserFactory(), filename="parcours.zip", state="refused")
    yield Case(base, only(*AUTHORS))
    yield Case(f"{base}{page.pk}/", only(*AUTHORS))
    yield Case(f"{base}{page.pk}/dupliquer/", only(*AUTHORS))
    yield Case(f"{base}{page.pk}/exporter/", only(*AUTHORS))
    yield Case(f"{base}{page.pk}/publier/", only(*AUTHORS, answer=302), method="post")
    yield Case(f"{base}importer/", only(*AUTHORS))
    # Only who sent a file sees what was read of it.
    yield Case(f"{base}importer/{sent.uuid}/", only())
    preview = f"/espace-pro/parcours/{path.uuid}/apercu/"
    yield Case(preview, only(*AHEAD, others=403))
    yield Case(f"{preview}{units_of(path)[0].uuid}/", only(*AHEAD, others=403))
