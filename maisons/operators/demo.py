"""The pages of operators of the demonstration. Adds what is missing; changes and deletes nothing."""

import datetime as dt
import json
import uuid
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Site

from ..demo_load import DOCUMENTS, read_yaml
from ..models import Operator, OperatorIndexPage, OperatorNewsPage, OperatorPage

_NAMES = uuid.UUID("6f4c1f0e-9d1b-4a53-8f37-0c5f6a1f3f10")


class Loader:
    # After the operators, before what is arranged from pages (menus, home page).
    order = 35

    def load(self, verbosity: int = 1) -> None:
        load_pages()


@transaction.atomic
def load_pages() -> int:
    """The list and a page for each row; the number of pages added."""
    index = _index()
    held = set(index.get_children().values_list("slug", flat=True))
    operators = {operator.code: operator for operator in Operator.objects.all()}
    missing = [row for row in read_yaml("operator_pages.yaml") if row["slug"] not in held]
    for row in missing:
        _operator(index, row, operators)
    return len(missing)


def _index() -> OperatorIndexPage:
    found = OperatorIndexPage.objects.first()
    if found is None:
        home = Site.objects.get(is_default_site=True).root_page
        found = OperatorIndexPage(
            title="Opérateurs et partenaires",
            slug="partenaires",
            summary="Sept opérateurs nationaux et des partenaires de toute sorte donnent leurs"
            " services dans les Maisons, ou les aident à vivre. Ce que chacun y fait, et où le trouver.",
            locale=Locale.get_default(),
        )
        home.add_child(instance=found)
        found.save_revision(changed=False).publish()
    return found


def _operator(index: OperatorIndexPage, row: dict[str, Any], operators: dict[str, Any]) -> None:
    source, day = DOCUMENTS[row["file"]]
    slug = row["slug"]
    body = [("rich_text", text) for text in row["body"]]
    if row.get("table"):
        body.append(("table", row["table"]))
    if row.get("today"):
        today = {
            "tone": "info",
            "title": "Aujourd’hui",
            "text": f"<p>{_sentence(row['today'])}</p>",
        }
        body.append(("callout", today))
    page = OperatorPage(
        title=row["title"],
        slug=slug,
        summary=row["summary"],
        role=row["role"],
        operator=operators.get(row["operator"] or ""),
        body=_stream(f"{slug}/body", body),
        offer=_stream(f"{slug}/offer", [("offer", item) for item in row["offer"]]),
        digital=_stream(f"{slug}/digital", [("service", item) for item in row["digital"]]),
        links=_stream(f"{slug}/links", [("link", item) for item in row["links"]]),
        source=source,
        source_date=day,
        locale=index.locale,
    )
    index.add_child(instance=page)
    page.save_revision(changed=False).publish()
    for news in row.get("news", ()):
        _news(page, news)


def _news(page: OperatorPage, row: dict[str, Any]) -> None:
    news = OperatorNewsPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        display_date=dt.date.fromisoformat(row["date"]),
        body=_stream(f"{page.slug}/{row['slug']}", [("rich_text", text) for text in row["body"]]),
        locale=page.locale,
    )
    page.add_child(instance=news)
    news.save_revision(changed=False).publish()


def _stream(name: str, blocks: list[tuple[str, Any]]) -> str:
    """The stored form; the same block has the same identifier at each load."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": str(uuid.uuid5(_NAMES, f"{name}/{number}"))}
            for number, (kind, value) in enumerate(blocks)
        ]
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
