"""What the addresses of evaluation answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, only, signed_in


@registry.url_cases.provide("learning.evaluations")
def cases() -> Iterator[Case]:
    from ..factories import SessionFactory
    from .factories import answer, make_evaluation

    session: Any = SessionFactory()
    evaluation = make_evaluation(session)
    answer(evaluation, 5)
    steering = ("national-team", "administrator")
    preparing = ("trainer", "operator-editor", *steering)
    results = "/espace-pro/formations/evaluations/"
    # Only those who were there are asked, whatever their role.
    yield Case(evaluation.get_absolute_url(), signed_in(404))
    yield Case(evaluation.get_absolute_url(), signed_in(404), method="post")
    yield Case(f"/espace-pro/seances/{session.uuid}/evaluation/", only(*steering, others=404))
    yield Case(results, only(*preparing, others=403))
    yield Case(
        f"{results}?module=zz&ville=%00&annee=x&moment=y&formateur=z&page=abc",
        only(*preparing, others=403),
    )
    yield Case(f"{results}textes/?page=99", only(*preparing, others=403))
    for file_format in ("csv", "xlsx"):
        yield Case(
            f"/exports/learning-evaluations/?format={file_format}",
            only(*preparing, others=404),
        )
