"""Cohorts of the demonstration: one on each path, with a rule, due dates past and to come, and terms.

All of it is fictitious. What exists is left as it is.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cms import registry
from maisons.models import Membership

from ..models import Cohort, CohortRule, Enrolment, LearningPath, LearningPathPage
from ..paths import services as paths
from . import overrides

TRAINER, NATIONAL, AGENT = "formation@example.org", "cellule@example.org", "agent@example.org"
SLUGS = ("parcours-accompagnement-numerique", "parcours-communication-territoriale")
FOLLOWED, LATE = "Nouveaux agents, automne (fictif)", "Relais de communication (fictif)"
NOUR, LOU = "nour.fictif@agents.example.org", "lou.exemple@agents.example.org"
SACHA, ARIEL = "sacha.modele@agents.example.org", "ariel.essai@agents.example.org"


@transaction.atomic
def load() -> None:
    pages = LearningPathPage.objects.filter(slug__in=SLUGS)
    keys = dict(pages.values_list("slug", "translation_key"))
    found = {path.uuid: path for path in LearningPath.objects.filter(uuid__in=keys.values())}
    trainer = User.objects.filter(email=TRAINER).first()
    national = User.objects.filter(email=NATIONAL).first()
    if len(found) < len(SLUGS) or trainer is None or national is None:
        return
    if Cohort.objects.filter(name__in=(FOLLOWED, LATE)).exists():
        return
    first, second = (found[keys[slug]] for slug in SLUGS)
    _followed(first, trainer)
    _late(second, national)


def _followed(path: LearningPath, trainer: User) -> None:
    """A due date to come, a rule, and more time for somebody who was away."""
    today = timezone.localdate()
    due_on = today + dt.timedelta(days=12)
    cohort = Cohort.objects.create(path=path, name=FOLLOWED, due_on=due_on, created_by=trainer)
    cohort.trainers.add(trainer)
    _take_in(cohort, (AGENT, NOUR, SACHA, LOU))
    rule = CohortRule.objects.create(
        cohort=cohort,
        role=Membership.Role.AGENT,
        joined_from=today - dt.timedelta(days=30),
        set_by=trainer,
    )
    member = Membership.objects.in_force().filter(user__email=AGENT).select_related("maison")
    rule.maisons.set([row.maison for row in member])
    if row := _row(cohort, LOU):
        overrides.grant(
            row,
            by=trainer,
            reason="Deux mois d’absence, retour le mois dernier. (Fictif.)",
            due_on=today + dt.timedelta(days=45),
            attempts=5,
            extra_minutes=10,
        )


def _late(path: LearningPath, national: User) -> None:
    """A due date that is past, and somebody who has left for another Maison."""
    due_on = timezone.localdate() - dt.timedelta(days=9)
    cohort = Cohort.objects.create(path=path, name=LATE, due_on=due_on, created_by=national)
    _take_in(cohort, (NOUR, SACHA, ARIEL))
    if row := _row(cohort, ARIEL):
        paths.leave(row, by=national, reason="A changé de poste. (Fictif.)")


def _take_in(cohort: Cohort, emails: tuple[str, ...]) -> None:
    """People who follow the path already; nobody of the demonstration gets a mail."""
    rows = Enrolment.objects.filter(path=cohort.path, user__email__in=emails, superseded=False)
    rows.update(cohort=cohort, due_on=cohort.due_on)


def _row(cohort: Cohort, email: str) -> Enrolment | None:
    rows = Enrolment.objects.filter(cohort=cohort, user__email=email, superseded=False)
    return rows.exclude(state="completed").first()


class DemoLoader:
    # After the paths and the people who follow them.
    order = 69

    def load(self, verbosity: int = 1) -> None:
        load()


registry.demo_loaders.register("learning.enrolling", DemoLoader())
