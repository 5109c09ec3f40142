"""Fixtures that every test may use, and the rules of the harness (docs/testing.md)."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from cms.memory import settle
from tests.support import services

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER")
ON_POSTGRESQL = os.environ.get("TEST_DATABASE") == "postgresql"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}

pytest_plugins = ["tests.support.browser"]


class Harness:
    """What the hooks below share: the clone of this worker and what the next test wants."""

    clone = None
    wanted = "migrated"


# -- Which tests run ----------------------------------------------------------
def uses_database(item: pytest.Item) -> bool:
    from django.test import TransactionTestCase

    test_class = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or (test_class and issubclass(test_class, TransactionTestCase))
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker("demo")
        if uses_database(item):
            item.add_marker("database")
    unwanted = [item for item in items if not runs_on_this_database(item)]
    if unwanted:
        config.hook.pytest_deselected(items=unwanted)
    items[:] = in_order([item for item in items if item not in set(unwanted)])


def pytest_collection_finish(session: pytest.Session) -> None:
    """Collect garbage seldom, and never look again at what importing and collecting made: going
    through it over and over is a twelfth of the time of a run."""
    settle()


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Tests that share a state follow each other; the slow ones come first, so that no worker is left
    alone with them at the end.

    Of two workers the second begins at the middle of the list: with what needs no database, while the
    first one builds it.
    """
    items = sorted(
        items,
        key=lambda item: (
            not item.get_closest_marker("browser"),
            not item.get_closest_marker("demo"),
            not item.get_closest_marker("slow"),
        ),
    )
    with_database = [item for item in items if item.get_closest_marker("database")]
    without = [item for item in items if not item.get_closest_marker("database")]
    middle = len(items) // 2
    return [*with_database[:middle], *without, *with_database[middle:]]


def runs_on_this_database(item: pytest.Item) -> bool:
    """Tell whether a test belongs in this pass: PostgreSQL repeats the database tests alone."""
    if ON_POSTGRESQL:
        return bool(
            item.get_closest_marker("database")
            and not item.get_closest_marker("browser")
            and not item.get_closest_marker("sqlite")
        )
    # Without a server they stay, to skip by name.
    return not (item.get_closest_marker("postgres") and services.lacking("postgres") is None)


# -- Services -----------------------------------------------------------------
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    services.skip_or_fail(item)
    Harness.wanted = "demo" if item.get_closest_marker("demo") else "migrated"
    if Harness.clone and item.get_closest_marker("database"):
        Harness.clone.bring_to(Harness.wanted)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    services.refuse_skip(report)
    return report


# -- Database -----------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Clone the template database for this worker."""
    from django.db import connections

    from tests.support.databases import make_clone

    with django_db_blocker.unblock():
        clone = make_clone()
        clone.bring_to(Harness.wanted)
    Harness.clone = clone
    mark_dirty_instead_of_flushing()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        clone.drop()


def mark_dirty_instead_of_flushing() -> None:
    """Have tests that commit restore the template: a flush would empty what migrations wrote."""
    from django.test import TransactionTestCase

    def _fixture_teardown(self) -> None:
        Harness.clone.dirty = True

    TransactionTestCase._fixture_teardown = _fixture_teardown


def pytest_configure(config: pytest.Config) -> None:
    if WORKER is None and config.getoption("create_db", False):
        from django.conf import settings

        shutil.rmtree(Path(settings.TEST_DIR) / "templates", ignore_errors=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER is None and (run := os.environ.get("TEST_RUN")):
        from django.conf import settings

        shutil.rmtree(Path(settings.TEST_DIR) / run, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _folders() -> None:
    """WhiteNoise warns when the folder of static files is missing."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _nothing_kept_in_memory() -> None:
    """Start each test with empty caches: what they hold names rows of another test."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import caches

    from learning.paths import structure

    ContentType.objects.clear_cache()
    structure.forget()
    # By name: what the threads of a live server kept is not initialised in this one.
    for alias in caches:
        caches[alias].clear()


# -- Time and outside material ------------------------------------------------
@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """The language of the last request of a process stays active: each test starts in French."""
    from django.conf import settings
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at a Monday morning; `clock.move_to(...)` and `clock.shift(seconds)` set it."""
    with time_machine.travel(datetime.fromisoformat("2026-09-07T09:30:00+02:00"), tick=False) as c:
        yield c


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of outside material; the test skips where it is missing."""
    folder = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"SHARED_DIR: {folder} is missing")
    return folder
