"""Tables made together are those that Django makes one by one."""

import gc

import pytest
from django.db import connection, models
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from cms.migrating import WORTH_IT, quickly


def bound(number: int) -> CreateModel:
    """A table bound to the one before."""
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(unique=True)),
    ]
    if number:
        key = models.ForeignKey(f"cms.made{number - 1}", models.CASCADE)
        fields += [("before", key), ("others", models.ManyToManyField("cms.made0"))]
    return CreateModel(f"Made{number}", fields)


class Made(Migration):
    operations = [
        *map(bound, range(WORTH_IT + 2)),
        AddField("made0", "last", models.ForeignKey(f"cms.made{WORTH_IT + 1}", models.CASCADE)),
        AddIndex("made0", models.Index(fields=["name"], name="made_name")),
        *map(bound, range(WORTH_IT + 2, WORTH_IT + 4)),
    ]


def sql_of(migration: Migration) -> list[str]:
    state = ProjectState()
    state.apps  # noqa: B018 — rendered, as it is after the first migration
    editor = connection.schema_editor(collect_sql=True, atomic=False)
    editor.deferred_sql = []  # as entering it does, which SQLite refuses inside a transaction
    migration.apply(state, editor)
    editor.collected_sql += [str(statement) for statement in editor.deferred_sql]
    return [line for line in editor.collected_sql if not line.startswith("--")]


@pytest.mark.django_db
def test_the_sql_is_the_same():
    one_by_one = sql_of(Made("made", "cms"))
    with quickly():
        together = sql_of(Made("made", "cms"))
    assert together == one_by_one
    assert sum("CREATE TABLE" in line for line in together) > WORTH_IT


def test_django_is_as_it_was_afterwards():
    from django.apps import apps

    before = Migration.apply, apps.get_swappable_settings_name, gc.get_threshold()
    with pytest.raises(RuntimeError), quickly():
        assert Migration.apply is not before[0]
        raise RuntimeError
    assert (Migration.apply, apps.get_swappable_settings_name, gc.get_threshold()) == before
