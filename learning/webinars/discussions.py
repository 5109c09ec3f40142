"""Comments and questions on a webinar: moderated, between members, at a moment of the recording or not."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.threads import Target, TargetKind
from cms import registry

from ..models import Webinar, WebinarPage
from ..rules import is_member_of_the_network

KIND = "webinaire"


class WebinarDiscussions(TargetKind):
    """Visitors read none of it; members read and write; the team of the webinar moderates and answers."""

    code = KIND
    label = _("Webinar")
    key = "uuid"
    has_moments = True

    def readable(self, user: Any) -> QuerySet[Any]:
        if not is_member_of_the_network(user):
            return Webinar.objects.none()
        return Webinar.objects.visible_to(user)

    def existing(self) -> QuerySet[Any]:
        return Webinar.objects.all()

    def describe(self, keys: Iterable[uuid.UUID], user: Any) -> dict[uuid.UUID, Target]:
        rows = self.readable(user).filter(uuid__in=keys)
        return {row.uuid: Target(row.title, row.get_absolute_url()) for row in rows}

    def titles(self, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
        rows = Webinar.objects.filter(uuid__in=keys, archived_at=None)
        return dict(rows.values_list("uuid", "title"))

    def moderated(self, user: Any) -> QuerySet[Any]:
        named = WebinarPage.objects.filter(trainers=user)
        return Webinar.objects.filter(uuid__in=named.order_by().values("translation_key"))

    def moderators(self, key: uuid.UUID) -> Iterable[User]:
        pages = WebinarPage.objects.filter(translation_key=key).prefetch_related("trainers")
        return {person.pk: person for page in pages for person in page.trainers.all()}.values()


registry.thread_targets.register(KIND, WebinarDiscussions())
