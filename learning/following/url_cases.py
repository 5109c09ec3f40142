"""What the addresses of cohorts answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only

STEERING = ("national-team", "administrator")


@registry.url_cases.provide("learning.following")
def cases() -> Iterator[Case]:
    from .factories import make_cohort, make_learner

    cohort = make_cohort()
    make_learner(cohort)
    base = f"/espace-pro/cohortes/{cohort.uuid}/"
    training = ("trainer", *STEERING)
    yield Case("/espace-pro/cohortes/", only(*training, others=403))
    yield Case("/espace-pro/cohortes/?page=abc", only(*training, others=403))
    # The trainer of the matrix is named on no cohort: it does not exist for them.
    yield Case(base, only(*STEERING, others=404))
    wrong = "repere=zz&etat=zz&etape=zz&stade=zz&page=abc&q=" + "a" * 200
    yield Case(f"{base}?{wrong}", only(*STEERING, others=404))
