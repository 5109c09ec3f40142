"""The digest of trainers: one mail a day, or a week, of what waits for them. Nothing to say, no mail."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Frequency, NotificationPreference, User
from accounts.notify import Kind
from accounts.roles import holders
from accounts.scopes import NATIONAL_TEAM
from cms import registry
from cms.jobs import Job
from cms.mail import Letter, queue_many
from cms.meta import absolute

from ..following.kinds import FlagKind
from ..following.queries import told
from ..models import Cohort, Enrolment, Flag, Submission, UnitQuestion
from ..paths.kinds import EnrolmentState
from ..paths.structure import read
from .kinds import SubmissionState

KIND = Kind(
    code="learning.trainer-digest",
    label=_("Works, questions and people that wait for me, as a trainer"),
    description=_("One mail, and none when nothing waits."),
    title=lambda context: "",
    site=False,
    mail=Frequency.DAILY,
    own_mail=True,
    offered=(Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER),
)
registry.notification_kinds.register(KIND.code, KIND)
MONDAY = 0


@dataclass
class Followed:
    """Somebody of whom something is said, and what: the most pressing first."""

    person: User
    kinds: list[FlagKind]


@dataclass
class Part:
    """What waits in one cohort (None: of people without a cohort, for the national team)."""

    cohort: Cohort | None
    works: int = 0
    late: int = 0
    questions: int = 0
    oldest: dt.datetime | None = None
    people: list[Followed] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.cohort.name if self.cohort else ""

    @property
    def path(self) -> str:
        version = self.cohort.path.version if self.cohort else None
        return read(version).title if version else ""

    @property
    def url(self) -> str:
        if self.cohort is not None:
            return absolute(reverse("learning:cohort", args=[self.cohort.uuid]))
        return absolute(reverse("learning:marking"))

    def __bool__(self) -> bool:
        return bool(self.works or self.questions or self.people)


def what_waits(today: dt.date) -> dict[int | None, Part]:
    """{primary key of a cohort, or None: what waits there}: four queries, whatever their number."""
    cohorts = Cohort.objects.filter(archived_at=None).select_related("path__version")
    found: dict[int | None, Part] = {row.pk: Part(row) for row in cohorts}
    found[None] = Part(None)
    works = Submission.objects.filter(
        state=SubmissionState.SUBMITTED, marked_at=None, enrolment__superseded=False
    ).exclude(enrolment__state=EnrolmentState.LEFT)
    for cohort, mark_by in works.values_list("enrolment__cohort", "mark_by"):
        part = found.get(cohort)
        if part is not None:
            part.works += 1
            part.late += mark_by is not None and mark_by < today
    questions = UnitQuestion.objects.filter(waits_since__isnull=False, withdrawn_at=None)
    counted = questions.order_by().values_list("enrolment__cohort")
    for cohort, count, oldest in counted.annotate(Count("pk"), Min("waits_since")):
        part = found.get(cohort)
        if part is not None:
            part.questions, part.oldest = count, oldest
    _add_people(found)
    return found


def _add_people(found: dict[int | None, Part]) -> None:
    """Those of whom something is said, by name."""
    followed = Enrolment.objects.in_force().filter(cohort__in=[pk for pk in found if pk])
    flags = Flag.objects.filter(told(), enrolment__in=followed).select_related("enrolment__user")
    kinds: dict[Enrolment, set[str]] = defaultdict(set)
    names = ("enrolment__user__last_name", "enrolment__user__first_name", "pk")
    for flag in flags.order_by(*names):
        kinds[flag.enrolment].add(flag.kind)
    for enrolment, said in kinds.items():
        part = found[enrolment.cohort_id]
        part.people.append(Followed(enrolment.user, [kind for kind in FlagKind if kind in said]))


def _readers() -> dict[int, tuple[User, list[int | None]]]:
    """{person: (the person, what they are told of)}: trainers, and the national team for the rest."""
    readers: dict[int, tuple[User, list[int | None]]] = {}
    named = Cohort.trainers.through.objects.filter(
        cohort__archived_at=None, user__is_active=True
    ).select_related("user")
    for row in named:
        readers.setdefault(row.user_id, (row.user, []))[1].append(row.cohort_id)
    for person in holders(NATIONAL_TEAM):
        readers.setdefault(person.pk, (person, []))[1].append(None)
    return readers


def send(now: dt.datetime | None = None) -> int:
    """Write the digests of the day; on Mondays those of the week too. Run twice, each is one mail."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    readers = _readers()
    chosen: dict[int, str] = defaultdict(lambda: Frequency.DAILY)
    kept = NotificationPreference.objects.filter(kind=KIND.code, user__in=readers)
    chosen.update(kept.values_list("user", "mail"))
    wanted = {Frequency.DAILY} | ({Frequency.WEEKLY} if today.weekday() == MONDAY else set())
    waiting = what_waits(today)
    letters = []
    for person, cohorts in readers.values():
        parts = [waiting[pk] for pk in cohorts if waiting[pk]]
        if parts and chosen[person.pk] in wanted:
            letters.append(_letter(person, parts, today))
    return queue_many(letters)


def _letter(person: User, parts: list[Part], today: dt.date) -> Letter:
    context = {
        "parts": parts,
        "works": sum(part.works for part in parts),
        "questions": sum(part.questions for part in parts),
        "people": sum(len(part.people) for part in parts),
        "marking_url": absolute(reverse("learning:marking")),
        "questions_url": absolute(reverse("learning:questions")),
    }
    key = f"learning.trainer-digest:{person.uuid}:{today:%Y-%m-%d}"
    return Letter(person.email, "learning_trainer_digest", context, key, person.language, {}, None)


def send_today() -> None:
    send()


registry.periodic_jobs.register(
    "learning.trainer_digest", Job("learning.trainer_digest", dt.timedelta(hours=24), send_today)
)
