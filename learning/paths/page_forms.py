"""The forms of paths and units in the admin: prerequisites are chosen where they make sense."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.page_forms import PageForm

from .cycles import circle


class UnitPageForm(PageForm):
    """What comes before a unit is another unit of its path, and never in a circle."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "needs" in self.fields:
            found = type(self.instance).objects.descendant_of(self._path())
            self.fields["needs"].queryset = found.exclude(pk=self.instance.pk).order_by("path")  # type: ignore[attr-defined]

    def _path(self) -> Any:
        return self.parent_page.get_parent()

    def clean_needs(self) -> Any:
        from . import drafts

        needed = self.cleaned_data["needs"]
        own = str(self.instance.translation_key)
        outline = drafts.outline(self._path().specific)
        needs = {unit.uuid: list(unit.needs) for unit in outline.units()}
        needs[own] = [str(page.translation_key) for page in needed]
        if way := circle(needs, own):
            titles = {unit.uuid: unit.title for unit in outline.units()}
            names = " → ".join(titles.get(uuid, str(self.instance)) for uuid in [*way, own])
            raise ValidationError(
                _("These units wait for each other: %(units)s.") % {"units": names}
            )
        return needed


class LearningPathPageForm(PageForm):
    """What comes before a path is another path of its language, and never in a circle."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "needs" in self.fields:
            found = type(self.instance).objects.filter(locale=self.parent_page.locale)
            self.fields["needs"].queryset = found.exclude(pk=self.instance.pk).order_by("title")  # type: ignore[attr-defined]

    def clean_needs(self) -> Any:
        needed = self.cleaned_data["needs"]
        if circle_of_paths(self.instance, list(needed)):
            raise ValidationError(_("This path waits for a path that waits for it."))
        return needed


def circle_of_paths(page: Any, needed: list[Any]) -> list[int]:
    """The identifiers of the paths that would wait for each other if `page` needed those; one query."""
    links: dict[int, list[int]] = defaultdict(list)
    rows = type(page).needs.through.objects
    for one, other in rows.values_list("from_learningpathpage", "to_learningpathpage"):
        links[one].append(other)
    links[page.pk] = [each.pk for each in needed]
    return circle(links, page.pk)
