"""What the screens that import and export questions answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only

WRITERS = ("trainer", "editor", "chief-editor", "national-team", "administrator")


@registry.url_cases.provide("learning.question_formats")
def cases() -> Iterator[Case]:
    from accounts.factories import UserFactory

    from ..models import QuestionImport

    batch = QuestionImport.objects.create(by=UserFactory(), filename="a.xml", format="moodle")
    base = "/admin/questions/"
    yield Case(f"{base}importer/", only(*WRITERS))
    # Only who sent a file sees what was read of it.
    yield Case(f"{base}importer/{batch.uuid}/", only())
    yield Case(f"{base}exporter/", only(*WRITERS))
    yield Case(f"{base}exporter/?theme=zz", only(*WRITERS, answer=400))
