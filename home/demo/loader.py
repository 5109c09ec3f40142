"""Creates the pages and menus that are not there yet; changes nothing that editors touched."""

import json
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Page, Site

from bulletin.models import BulletinIndexPage
from cms.demo_content import Resolver
from cms.models import SiteSettings, StandardPage

# Addresses that are not pages.
VIEWS = [
    {"label": "Plan du site", "label_en": "Site map", "url": "/plan-du-site/"},
    {"label": "Contact", "label_en": "Contact", "url": "/contact/"},
]
MAISONS_LABEL = {"label": "Trouver une Maison", "label_en": "Find a Maison", "url": "/maisons/"}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@transaction.atomic
def load(folder: Path) -> None:
    site = Site.objects.get(is_default_site=True)
    home = site.root_page.specific
    resolver = Resolver(lambda name: None, lambda name: None, print)
    _fill_home(home, _read(folder / "home.yaml"), resolver)
    pages = _read(folder / "pages.yaml")
    found = {data["slug"]: _standard_page(home, data, resolver) for data in pages}
    _menus(site, pages, found)


def _fill_home(home: Any, data: dict[str, Any], resolver: Resolver) -> None:
    if home.body:
        return
    home.title = home.draft_title = data["title"]
    home.summary = data["summary"]
    home.body = json.dumps(resolver.stream(data["body"], "home"))
    home.save_revision(changed=False).publish()


def _standard_page(home: Any, data: dict[str, Any], resolver: Resolver) -> Page:
    found = home.get_children().filter(slug=data["slug"]).first()
    if found:
        return found
    page = StandardPage(
        title=data["title"],
        slug=data["slug"],
        summary=data["summary"],
        locale=home.locale,
        body=json.dumps(resolver.stream(data["body"], data["slug"])),
    )
    home.add_child(instance=page)
    page.save_revision(changed=False).publish()
    return page


def _menus(site: Site, pages: list[dict[str, Any]], found: dict[str, Page]) -> None:
    config, created = SiteSettings.objects.get_or_create(site=site)
    if not created and (config.navigation or config.footer):
        return
    navigation: list[dict[str, Any]] = [MAISONS_LABEL]
    bulletin = BulletinIndexPage.objects.first()
    if bulletin:
        entry = {"label": "Le Bulletin", "label_en": "The Bulletin", "page": bulletin.pk}
        navigation.append(entry)
    footer: list[dict[str, Any]] = []
    menus = {"navigation": navigation, "footer": footer}
    for data in pages:
        if data["menu"] not in menus:
            continue
        entry = {
            "label": data["label"],
            "label_en": data["label_en"],
            "page": found[data["slug"]].pk,
        }
        menus[data["menu"]].append(entry)
    footer += VIEWS
    config.navigation = _stream(navigation)
    config.footer = _stream(footer)
    config.save()


def _stream(entries: list[dict[str, Any]]) -> str:
    values = [{"page": None, "url": "", **entry} for entry in entries]
    return json.dumps([{"type": "link", "value": value} for value in values])
