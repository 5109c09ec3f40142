"""The harness keeps its promises: one database a worker, restored after a test that commits."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from playwright.sync_api import expect

from tests.support.folders import mirror

VENDOR = Path(__file__).resolve().parents[1] / "vendor"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_commits_is_gone_for_the_next(turn):
    assert not Group.objects.filter(name="committed").exists()
    Group.objects.create(name="committed")
    media = Path(settings.MEDIA_ROOT) / "left.txt"
    assert not media.exists()
    media.parent.mkdir(parents=True, exist_ok=True)
    media.write_text("left")


def test_files_are_restored_whatever_a_test_did_to_them(tmp_path):
    kept, target = tmp_path / "kept", tmp_path / "target"
    for name in ("same", "changed", "removed", "made a folder", "below/same", "below/removed"):
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        (kept / name).write_text("kept")
    mirror(kept, target)
    (target / "changed").write_text("else")  # as long as it was
    (target / "removed").unlink()
    (target / "below" / "removed").unlink()
    (target / "added").write_text("added")
    (target / "folder").mkdir()
    (target / "folder" / "added").write_text("added")
    (target / "made a folder").unlink()
    (target / "made a folder").mkdir()
    mirror(kept, target)
    assert contents(target) == contents(kept)
    mirror(tmp_path / "nothing", target)
    assert not target.exists()


def contents(folder):
    return {
        str(path.relative_to(folder)): path.is_file() and path.read_text()
        for path in folder.rglob("*")
    }


@pytest.mark.django_db
def test_what_migrations_wrote_is_there_after_a_test_that_commits():
    from wagtail.models import Locale, Site

    assert Locale.objects.exists()
    assert Site.objects.exists()


@pytest.mark.django_db
def test_each_worker_has_a_database_of_its_own():
    assert settings.TEST_RUN in str(connection.settings_dict["NAME"])
    assert settings.TEST_WORKER in str(connection.settings_dict["NAME"])
    assert settings.TEST_WORKER in str(settings.MEDIA_ROOT)


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_second_pass_is_on_postgresql():
    assert connection.vendor == "postgresql"


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_takes_no_statistics_of_what_tests_roll_back():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND NOT coalesce('autovacuum_enabled=false' = ANY (reloptions), false)"
        )
        assert cursor.fetchall() == []


def test_the_files_taken_from_elsewhere_are_those_of_the_manifest():
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    for name, entry in manifest.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == entry["sha256"]
        assert (VENDOR / entry["licence_file"]).exists()


def test_the_clock_stands_still_until_it_is_moved(clock):
    from django.utils import timezone

    before = timezone.now()
    assert timezone.now() == before
    clock.shift(60)
    assert (timezone.now() - before).total_seconds() == 60


@pytest.mark.browser
def test_a_browser_shows_the_home_page(page, live_server):
    response = page.goto("/")
    assert response.status == 200
    expect(page.locator("main")).to_have_count(1)
