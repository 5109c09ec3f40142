"""What the addresses of evaluation answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, signed_in


@registry.url_cases.provide("learning.evaluations")
def cases() -> Iterator[Case]:
    from ..factories import SessionFactory
    from .factories import make_evaluation

    session: Any = SessionFactory()
    evaluation = make_evaluation(session)
    # Only those who were there are asked, whatever their role.
    yield Case(evaluation.get_absolute_url(), signed_in(404))
    yield Case(evaluation.get_absolute_url(), signed_in(404), method="post")
