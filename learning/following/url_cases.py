"""What the addresses of cohorts answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, signed_in

STEERING = ("national-team", "administrator")


@registry.url_cases.provide("learning.following")
def cases() -> Iterator[Case]:
    from ..paths.factories import units_of
    from .factories import make_cohort, make_flag, make_learner

    cohort = make_cohort()
    row = make_learner(cohort)
    unit = units_of(cohort.path)[0]
    flag = make_flag(row)
    base = f"/espace-pro/cohortes/{cohort.uuid}/"
    training = ("trainer", *STEERING)
    yield Case("/espace-pro/cohortes/", only(*training, others=403))
    yield Case("/espace-pro/cohortes/?page=abc", only(*training, others=403))
    # The trainer of the matrix is named on no cohort: it does not exist for them.
    yield Case(base, only(*STEERING, others=404))
    wrong = "repere=zz&etat=zz&etape=zz&stade=zz&page=abc&q=" + "a" * 200
    yield Case(f"{base}?{wrong}", only(*STEERING, others=404))
    for page in (
        "regles/",
        "quiz/",
        "quiz/?etape=zz",
        "messages/",
        "messages/ecrire/",
        f"personnes/{row.uuid}/",
    ):
        yield Case(f"{base}{page}", only(*STEERING, others=404))
    one = f"{base}personnes/{row.uuid}/"
    yield Case(f"{one}?page=abc", only(*STEERING, others=404))
    yield Case(f"{base}messages/ecrire/?a=zz&repere=zz&etape=1", only(*STEERING, others=404))
    yield Case(f"{one}etapes/{unit.uuid}/valider/", only(*STEERING, others=404))
    yield Case(f"{one}etapes/{unit.uuid}/zz/", signed_in(404))
    yield Case(f"{one}signalements/{flag.kind}/", only(*STEERING, others=404))
    yield Case(f"{one}signalements/zz/", signed_in(404))
    yield Case(
        f"{one}signalements/{flag.kind}/montrer/",
        only(*STEERING, answer=302, others=404),
        method="post",
    )
