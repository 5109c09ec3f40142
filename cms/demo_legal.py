"""The legal pages of the demonstration and the settings of its accessibility statement."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from .demo_content import Resolver, read
from .models import (
    AccessibilityIssue,
    AccessibilityPage,
    AccessibilitySettings,
    PersonalDataPage,
    StandardPage,
)

PAGES = Path(__file__).resolve().parent / "demo_pages.yaml"
TYPES = {
    "text": StandardPage,
    "personal-data": PersonalDataPage,
    "accessibility": AccessibilityPage,
}


class LegalLoader:
    # Before the menus, which lead to these pages.
    order = 15

    def load(self, verbosity: int = 1) -> None:
        load_legal_pages()


@transaction.atomic
def load_legal_pages() -> int:
    """Add the pages that are missing; the number added."""
    site = Site.objects.get(is_default_site=True)
    home = site.root_page
    held = set(home.get_children().values_list("slug", flat=True))
    resolver = Resolver(lambda name: None, lambda name: None, print)
    missing = [row for row in read(PAGES) if row["slug"] not in held]
    for row in missing:
        _page(home, row, resolver)
    _statement(site, home)
    return len(missing)


def _page(home: Page, row: dict[str, Any], resolver: Resolver) -> None:
    fields = {key: row[key] for key in ("title", "slug", "summary")}
    if row["body"]:
        fields["body"] = json.dumps(resolver.stream(row["body"], row["slug"]))
    page = TYPES[row["kind"]](locale=Locale.get_default(), **fields)
    home.add_child(instance=page)
    page.save_revision(changed=False).publish()


def _statement(site: Site, home: Page) -> None:
    if AccessibilitySettings.objects.filter(site=site).exists():
        return
    below = {page.slug: page for page in home.get_children()}
    statement = AccessibilitySettings(
        site=site,
        entity="La cellule d’animation nationale du réseau des Maisons de services au public (fictif)",
        established_on=dt.date(2026, 1, 15),
        scheme_page=below.get("schema-pluriannuel"),
        plan_page=below.get("plan-d-actions-accessibilite-2026"),
        technologies="HTML5\nCSS\nJavaScript\nSVG\nWAI-ARIA\nPDF",
        tools="axe-core, à chaque modification du logiciel",
    )
    # The map says the same in text beside it: it is named for what it is.
    statement.issues.add(
        AccessibilityIssue(
            kind=AccessibilityIssue.Kind.EXEMPT,
            text="Dessins des cartes de départements.",
            alternative="la liste des départements et des Maisons, sous chaque carte.",
        )
    )
    statement.save()
