"""Probes tell the truth, and nothing that an attacker could use."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone

from cms import health, registry
from cms.jobs import beat, tick


@pytest.fixture
def alive(db):
    beat("worker")
    beat("tick")


def test_healthz_asks_nothing_of_the_database(client, monkeypatch):
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", None)
    assert client.get("/healthz").status_code == 200


def test_ready_when_every_part_is(client, alive):
    response = client.get("/readyz")
    assert response.status_code == 200, response.json()
    assert response.json()["status"] == "ready"
    assert set(response.json()["parts"]) >= {"database", "cache", "worker", "clock", "migrations"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "part", "minutes"), [("worker", "worker", 2), ("tick", "clock", 3)]
)
def test_a_silent_process_is_named_with_its_silence(client, alive, name, part, minutes):
    beat(name, timezone.now() - dt.timedelta(minutes=minutes, seconds=-5))
    assert client.get("/readyz").status_code == 200
    beat(name, timezone.now() - dt.timedelta(minutes=minutes, seconds=5))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"][part].startswith("silent for")
    assert [p for p, state in response.json()["parts"].items() if state != "ok"] == [part]


def test_a_process_that_never_spoke_is_not_ready(client, db):
    assert client.get("/readyz").json()["parts"]["worker"] == "never heard of"


def test_the_clock_says_that_it_ticked(client, alive, monkeypatch):
    beat("tick", timezone.now() - dt.timedelta(hours=1))
    monkeypatch.setattr(registry.periodic_jobs, "_providers", {})
    tick()
    assert client.get("/readyz").status_code == 200


def test_a_database_away_is_said_without_its_address(client, alive, monkeypatch):
    def away():
        raise OperationalError('connection to server at "10.0.0.3", user "msap", password=hunter2')

    monkeypatch.setitem(registry.readiness._providers, "database", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["database"] == "failed: OperationalError"
    assert b"10.0.0.3" not in response.content


def test_missing_migrations_are_counted(client, alive, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *a: [1, 2])
    assert client.get("/readyz").json()["parts"]["migrations"] == "2 migrations are not applied"


def test_a_cache_that_forgets_is_not_ready(client, alive, monkeypatch):
    monkeypatch.setattr(health.cache, "get", lambda key, *a: None)
    assert client.get("/readyz").json()["parts"]["cache"] == "what is written cannot be read back"
