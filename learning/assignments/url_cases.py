"""What the addresses of assignments answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, signed_in


@registry.url_cases.provide("learning.assignments")
def cases() -> Iterator[Case]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from . import files, services
    from .factories import hand_in, make_assignment, make_cohort, make_learner

    path, unit = make_assignment()
    learner = make_learner(path, make_cohort(path))
    draft: Any = services.open_draft(learner, unit)
    import uuid

    file = files.add(draft, SimpleUploadedFile("a.txt", b"Bonjour"), key=uuid.uuid4(), most=3)
    row = hand_in(learner, unit)
    step = f"{path.get_absolute_url()}etapes/{unit.uuid}/devoir/"
    # Nobody here is enrolled: the work of another does not exist for them.
    for word in ("brouillon", "remettre", "reprendre", "fichiers", f"fichiers/{file.uuid}/retirer"):
        yield Case(f"{step}{word}/", signed_in(404), method="post")
    steering = ("national-team", "administrator")
    marks = only("trainer", *steering)
    yield Case("/espace-pro/corrections/", marks)
    yield Case(f"/espace-pro/corrections/{row.uuid}/", only(*steering, others=404))
    yield Case(f"/espace-pro/corrections/{row.uuid}/ailleurs/", only(others=404), method="post")
    group = f"/espace-pro/cohortes/{learner.cohort.uuid}/corrections/"
    yield Case(group, only(*steering, others=404))
    yield Case(file.url, only(*steering, others=404, anonymous=404))
