"""Two machines that start together do not migrate together."""

import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection

from cms.locks import exclusive
from cms.management.commands import prepare

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 5


def run_together(work):
    failures = []

    def safely():
        try:
            work()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=safely) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures


def test_one_holds_the_lock_at_a_time():
    inside, most = [], []

    def work():
        with exclusive("test"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.05)
            inside.pop()

    run_together(work)
    assert most == [1] * THREADS


def test_locks_of_different_names_do_not_wait_for_each_other():
    met = threading.Barrier(2, timeout=20)
    names = iter(["one", "two"])

    def work():
        if name := next(names, None):
            with exclusive(name):
                met.wait()

    run_together(work)


def test_a_failure_frees_the_lock():
    with pytest.raises(RuntimeError), exclusive("test"):
        raise RuntimeError
    with exclusive("test"):
        pass


def test_migrations_run_one_after_the_other(monkeypatch):
    inside, most = [], []

    def migrate(self, demo):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.05)
        inside.pop()

    monkeypatch.setattr(prepare.Command, "migrate", migrate)
    monkeypatch.setattr(prepare.Command, "collect_static", lambda self: None)
    run_together(lambda: call_command("prepare", verbosity=0))
    assert most == [1] * THREADS
