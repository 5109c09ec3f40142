"""The pictures of questions on this site: who reads them, and how they are shown."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from accounts.groups import collection_named
from cms.models import SiteImage
from cms.renditions import make_renditions, picture

from ..models import Question, QuestionPicture
from ..models.paths import reads_units
from . import pictured, texts
from .content import Content
from .rules import writes_questions

# Where the pictures of questions are, and the only one that trainers see. The database holds French names.
COLLECTION = "Images des questions"


def collection() -> Collection:
    return collection_named(COLLECTION)


def ids_in(contents: Iterable[Content]) -> set[int]:
    """Primary keys of the images that these questions show."""
    return {
        found.image
        for content in contents
        for text in texts.texts_of(content).values()
        for found in pictured.pictures_of(text)
        if found.image is not None
    }


def undescribed(content: Content) -> int:
    """How many pictures of a question say nothing yet to those who do not see them."""
    found = (pictured.pictures_of(text) for text in texts.texts_of(content).values())
    return sum(each.alt is None for pictures in found for each in pictures)


def keep(question: Question, content: Content, by: Any) -> None:
    """Let the readers of a question see its pictures: those that `by` may choose, and those they brought."""
    images = SiteImage.objects.filter(pk__in=ids_in([content])).exclude(
        pk__in=question.pictures.values("image")
    )
    if getattr(by, "pk", None):
        policy = policy_registry.get_by_type(SiteImage)
        theirs = policy.instances_user_has_any_permission_for(by, ["choose", "change"])
        images = images.filter(Q(pk__in=theirs.values("pk")) | Q(uploaded_by_user=by))
    new = sorted(images.values_list("pk", flat=True))
    if new:
        rows = [QuestionPicture(question=question, image_id=pk) for pk in new]
        QuestionPicture.objects.bulk_create(rows, ignore_conflicts=True)
        make_renditions.enqueue(new)


def may_read(user: Any, file: Any) -> bool:
    """For `cms.registry.file_readers`: whoever may follow paths sees the pictures of questions."""
    if not isinstance(file, SiteImage) or not (reads_units(user) or writes_questions(user)):
        return False
    return QuestionPicture.objects.filter(image=file).exists()


def drawn(contents: Sequence[Content]) -> list[Content]:
    """The same questions, their pictures ready to be shown: two queries, none where there is none."""
    wanted = ids_in(contents)
    if not wanted:
        return list(contents)
    rows = SiteImage.objects.filter(pk__in=wanted).prefetch_related("renditions")
    images = {row.pk: row for row in rows}
    return [
        texts.changed(
            content,
            lambda _place, text: pictured.replaced(text, lambda found: _element(found, images)),
        )
        for content in contents
    ]


def _element(found: pictured.Picture, images: dict[int, Any]) -> str:
    alt = _("Picture that nobody has described yet") if found.alt is None else found.alt
    image = images.get(found.image or 0)
    if image is None:
        return f'<span class="quiz-picture">{escape(alt)}</span>'
    return str(picture(image, "", {"alt": alt, "class": "quiz-picture", "loading": "lazy"}))
