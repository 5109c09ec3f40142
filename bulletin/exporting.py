"""The list of articles as a file."""

from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import has_role
from cms.exports import Export
from cms.meta import absolute

from .models import ArticlePage, IssuePage, Section


class ArticleFilters(forms.Form):
    """`issue`: the slug of one issue; `section`: one section."""

    issue = forms.SlugField(required=False)
    section = forms.ChoiceField(choices=[("", ""), *Section.choices], required=False)

    def clean_issue(self) -> str:
        slug = self.cleaned_data["issue"]
        if slug and not IssuePage.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("No issue has this address."))
        return slug


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Any]:
    """All articles, drafts included, in the order of their composition: it is a tool of editors."""
    found = (
        ArticlePage.objects.filter(
            path__startswith=F("placement__composition__issue__path"),
            depth=F("placement__composition__issue__depth") + 1,
        )
        .select_related("placement__composition__issue", "locale")
        .defer("body")
        .order_by(
            "placement__composition__issue__path", "placement__section", "placement__position"
        )
    )
    if filters.get("issue"):
        found = found.filter(placement__composition__issue__slug=filters["issue"])
    if filters.get("section"):
        found = found.filter(placement__section=filters["section"])
    return found


ARTICLES = Export(
    code="bulletin-articles",
    label=_("Articles of the Bulletin"),
    columns=[
        (_("Issue"), lambda a: a.placement.composition.issue.label),
        (_("Section"), lambda a: a.placement.get_section_display()),
        (_("Order"), lambda a: a.placement.position),
        (_("Title"), lambda a: a.draft_title),
        (_("Kicker"), lambda a: a.kicker),
        (_("Authors"), lambda a: a.authors),
        (_("Language"), lambda a: a.locale.language_code),
        (_("Public"), lambda a: a.live),
        (_("Changes to publish"), lambda a: a.has_unpublished_changes),
        (_("First published"), lambda a: a.first_published_at),
        (_("Last published"), lambda a: a.last_published_at),
        (_("Reading time in minutes"), lambda a: a.reading_minutes),
        (_("Address"), lambda a: absolute(a.get_url() or "")),
    ],
    rows=rows,
    may_export=lambda user: has_role(user, "editor"),
    form=ArticleFilters,
)
