"""What the addresses of paths answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import SIGN_IN, Case, public, signed_in


@registry.url_cases.provide("learning.paths")
def cases() -> Iterator[Case]:
    from ..models import LearningPathPage
    from .factories import make_path, units_of

    path = make_path()
    unit: Any = units_of(path)[0]
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    base = path.get_absolute_url()
    step = f"{base}etapes/{unit.uuid}/"
    ahead = ("trainer", "editor", "chief-editor", "national-team", "administrator")
    yield Case(page.get_url() or "", public())
    # Without an enrolment, the learner's page leads to the public one.
    yield Case(base, signed_in(302))
    yield Case(step, {"anonymous": SIGN_IN, **dict.fromkeys(ahead, 200), "*": 302})
    for address in (f"{step}fait/", f"{step}rapport/", f"{base}quitter/"):
        yield Case(address, signed_in(404), method="post")
    yield Case(
        f"{base}inscription/", {"anonymous": SIGN_IN, "person": 403, "*": 302}, method="post"
    )
