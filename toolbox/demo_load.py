"""Creates the demonstration toolbox. What exists is left as it is."""

import datetime as dt
import json
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Site

from accounts.roles import holders
from cms.models import SiteDocument, Theme
from maisons.models import Operator

from . import demo_files
from .models import (
    FileVersion,
    MembersSectionPage,
    PublicSectionPage,
    ToolboxArticlePage,
    ToolboxFile,
    ToolboxIndexPage,
)

INDEX = {
    "title": "Boîte à outils",
    "slug": "boite-a-outils",
    "summary": "Ce qu’il faut sous la main pour tenir une Maison : les documents des opérateurs, "
    "de quoi communiquer, des modèles, des réponses, ce qui change dans la loi.",
}
SECTIONS = {
    "reseau": (
        MembersSectionPage,
        "Réservé au réseau",
        "Ce que les membres du réseau lisent une fois connectés.",
    ),
    "public": (PublicSectionPage, "Ouvert à tous", "Ce que chacun peut lire et reprendre."),
}


def load() -> None:
    """Files first, since PDF files are made outside of transactions."""
    index = _page(Site.objects.get(is_default_site=True).root_page, ToolboxIndexPage, INDEX)
    sections = {
        slug: _page(index, model, {"title": title, "slug": slug, "summary": summary})
        for slug, (model, title, summary) in SECTIONS.items()
    }
    held = set(ToolboxArticlePage.objects.descendant_of(index).values_list("slug", flat=True))
    operators = {operator.code: operator for operator in Operator.objects.all()}
    themes = {theme.code: theme for theme in Theme.objects.all()}
    in_charge = holders("editor").order_by("pk").last()
    for data in demo_files.read():
        if data["slug"] in held:
            continue
        files = [_documents(file) for file in data.get("files", [])]
        with transaction.atomic():
            page = _article(data, in_charge)
            page.operators.set([operators[code] for code in data.get("operators", [])])
            page.themes.set([themes[code] for code in data.get("themes", [])])
            for file in files:
                page.files.add(file)
            sections[data["section"]].add_child(instance=page)
            page.save_revision(changed=False).publish()


def _page(parent: Any, model: Any, fields: dict[str, str]) -> Any:
    found = model.objects.child_of(parent).filter(slug=fields["slug"]).first()
    if found is None:
        texts = {name: demo_files.typography(text) for name, text in fields.items()}
        found = model(locale=Locale.get_default(), show_in_menus=True, **texts)
        parent.add_child(instance=found)
        found.save_revision(changed=False).publish()
    return found


def _article(data: dict[str, Any], in_charge: Any) -> ToolboxArticlePage:
    written = {
        name: demo_files.typography(data.get(name, ""))
        for name in ("title", "summary", "source", "archive_note")
    }
    return ToolboxArticlePage(
        **written,
        slug=data["slug"],
        locale=Locale.get_default(),
        family=data["family"],
        body=json.dumps(demo_files.blocks(data["body"])),
        display_date=data.get("date"),
        source_date=data.get("source_date"),
        archived=data.get("archived", False),
        checked_on=data["checked"],
        check_every=data.get("every", 12),
        in_charge=in_charge,
    )


def _documents(data: dict[str, Any]) -> ToolboxFile:
    """A file with its versions, whose documents are stored."""
    title = demo_files.typography(data["title"])
    file = ToolboxFile(title=title)
    for order, spec in enumerate(data["versions"]):
        extension, content = demo_files.make(title, spec)
        note = demo_files.typography(spec.get("note", ""))
        name = f"{slugify(data['title'])[:50]}.{extension}"
        document = SiteDocument(
            title=f"{title} ({_month(spec['date'])})", file=ContentFile(content, name=name)
        )
        document.save()
        file.versions.add(
            FileVersion(document=document, dated=spec["date"], note=note, sort_order=order)
        )
    return file


def _month(date: dt.date) -> str:
    return f"{date:%m/%Y}"
