"""Each module has a discussion of its own, between members of the network."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.threads import Target, TargetKind
from cms import registry
from maisons.operators.access import editors_of

from .models import TrainingModulePage
from .rules import is_member_of_the_network, operators_of

KIND = "module"


class ModuleDiscussions(TargetKind):
    """Visitors read none of it; members read and write; the module's trainers moderate."""

    code = KIND
    label = _("Training module")
    key = "translation_key"

    def readable(self, user: Any) -> QuerySet[Any]:
        if not is_member_of_the_network(user):
            return TrainingModulePage.objects.none()
        return TrainingModulePage.objects.visible_to(user)

    def existing(self) -> QuerySet[Any]:
        return TrainingModulePage.objects.all()

    def describe(self, keys: Iterable[uuid.UUID], user: Any) -> dict[uuid.UUID, Target]:
        rows = self.readable(user).filter(translation_key__in=keys)
        return {
            page.translation_key: Target(page.title, page.get_url() or "")
            for page in _in_this_language_last(rows)
        }

    def titles(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
        rows = TrainingModulePage.objects.live().filter(translation_key__in=keys)
        return {page.translation_key: page.title for page in _in_this_language_last(rows)}

    def moderated(self, user: Any) -> QuerySet[Any]:
        own = Q(operator__code__in=operators_of(user))
        return TrainingModulePage.objects.filter(Q(trainers=user) | own).distinct()

    def moderators(self, key: uuid.UUID) -> Iterable[User]:
        pages = TrainingModulePage.objects.filter(translation_key=key).select_related("operator")
        found = {}
        for page in pages.prefetch_related("trainers"):
            people = [*page.trainers.all(), *(editors_of(page.operator) if page.operator else ())]
            found.update({person.pk: person for person in people})
        return found.values()


def _in_this_language_last(rows: Any) -> list[Any]:
    """So that a dictionary keeps the page of the reader's language where there is one."""
    pages = rows.select_related("locale").defer_streamfields()
    return sorted(pages, key=lambda page: page.locale.language_code == get_language())


registry.thread_targets.register(KIND, ModuleDiscussions())
