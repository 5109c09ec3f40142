"""Many pages at once, for tests of what a listing costs: a thousand are written in a few queries."""

import uuid
from typing import Any

from django.db import connection
from wagtail.models import Page


def copies(page: Any, count: int, **per_copy: Any) -> None:
    """Write `count` copies of a page beside it, with everything of its tables but its relations.

    per_copy: {field: callable(number)} for what differs, over title, slug, path and identifiers.
    """
    parent = page.get_parent()
    first = parent.numchild
    keys = range(Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1, 10**9)
    numbered = list(zip(range(1, count + 1), keys, strict=False))
    own = {
        "title": lambda number: f"{page.title} {number}",
        "slug": lambda number: f"{page.slug}-{number}",
        "path": lambda number: Page._get_path(parent.path, parent.depth + 1, first + number),
        "url_path": lambda number: f"{parent.url_path}{page.slug}-{number}/",
        "translation_key": lambda number: uuid.uuid4().hex,
        **per_copy,
    }
    tables = [
        model
        for model in (*type(page)._meta.get_parent_list(), type(page))
        if issubclass(model, Page)
    ]
    for model in sorted(tables, key=lambda model: len(model.mro())):
        _copy_rows(model, page.pk, numbered, own)
    Page.objects.filter(pk=parent.pk).update(numchild=first + count)


def _copy_rows(model: Any, pk: int, numbered: list[tuple[int, int]], own: dict[str, Any]) -> None:
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        key = connection.ops.quote_name(model._meta.pk.column)
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {key} = %s", [pk])
        source = cursor.fetchone()
        places = ", ".join(["%s"] * len(fields))
        rows = [
            [
                new
                if field.primary_key
                else own[field.name](number)
                if field.name in own
                else value
                for field, value in zip(fields, source, strict=True)
            ]
            for number, new in numbered
        ]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
