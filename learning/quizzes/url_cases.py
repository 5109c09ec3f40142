"""What the addresses of quizzes answer to each role."""

from collections.abc import Iterator
from uuid import uuid4

from django.urls import reverse

from cms import registry
from cms.matrix import REFUSED, SIGN_IN, Case, only, signed_in

IN_ADMIN = ("trainer", "editor", "chief-editor", "national-team", "administrator")
EDITORS = ("editor", "chief-editor", "national-team", "administrator")


@registry.url_cases.provide("learning.quizzes")
def cases() -> Iterator[Case]:
    from .factories import make_question, make_quiz

    path, unit = make_quiz()
    question = make_question()
    base = f"{path.get_absolute_url()}etapes/{unit.uuid}/"
    attempt = f"{base}essais/{uuid4()}/"
    yield Case(f"{base}essais/", signed_in(404), method="post")
    yield Case(attempt, signed_in(404))
    yield Case(f"{attempt}reponse/", signed_in(404), method="post")
    tried = {"anonymous": SIGN_IN, "*": 403, **dict.fromkeys(IN_ADMIN, 200)}
    yield Case(f"{base}essai-a-blanc/", tried)
    yield Case(f"{base}questions/", only(*EDITORS, others=403))
    regrade = reverse("learning:quiz-regrade", args=[question.uuid])
    yield Case(regrade, only(*IN_ADMIN, others=403))
    for model, row in (("question", question), ("banktheme", question.theme)):
        space = f"wagtailsnippets_learning_{model}"
        for name, args in (("list", []), ("add", []), ("edit", [row.pk])):
            yield Case(reverse(f"{space}:{name}", args=args), only(*IN_ADMIN, others=REFUSED))
    undo = reverse("learning_question_undo", args=[question.pk])
    yield Case(undo, only(*IN_ADMIN, answer=302, others=REFUSED))
    worded = reverse("learning_question_wording", args=[question.pk, "en"])
    yield Case(worded, only(*IN_ADMIN, others=REFUSED))
    yield Case(worded.replace("/en/", "/zz/"), only(*IN_ADMIN, answer=404, others=REFUSED))
