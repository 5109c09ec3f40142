"""How long closing a session of 30 people takes, and how long until its files are ready.

Two bars of docs/training-closing.md: closing returns within 2 s, all files are there within 60 s with
one worker. On a fresh SQLite file, and on PostgreSQL when DATABASE_TEST_URL names a server.
Usage: python bench/closing.py [--people 30]
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _databases import created_database

ROOT = Path(__file__).resolve().parent.parent
RETURNS, READY = 2.0, 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        measure(asked.people)
        return
    run(asked.people, "")
    if server := os.environ.get("DATABASE_TEST_URL"):
        with created_database(server) as url:
            run(asked.people, url)
    else:
        print("PostgreSQL: not measured, DATABASE_TEST_URL names no server")


def run(people: int, database: str) -> None:
    """Migrate a database of its own, then measure in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DEBUG": "1"}
        environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        manage = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
        subprocess.run(manage, check=True, env=environment)
        here = [sys.executable, __file__, "--here", "--people", str(people)]
        subprocess.run(here, check=True, env=environment)


def measure(people: int) -> None:
    sys.path.insert(0, str(ROOT))  # before this folder, in which another file is called search
    import django

    django.setup()
    from django.db import connection, reset_queries

    from cms.tasks import run_all
    from learning.closing import factories, services
    from learning.closing.queries import file_counts
    from learning.models import Enrolment, SessionReport
    from learning.paths.factories import make_path

    session = factories.over(people)
    make_path(*[{}] * 40, module=session.module)  # in which those present are enrolled
    trainer = session.trainers.get()
    run_all()  # what the making of people and pages asked for
    reset_queries()
    began, cpu = time.perf_counter(), time.process_time()
    done = services.close(session, trainer)
    closed = time.perf_counter()
    queries = len(connection.queries)
    run_all()
    ready = time.perf_counter()
    cpu = time.process_time() - cpu
    counts = file_counts(session)
    assert counts["ready"] == counts["all"] == done.certificates, counts
    assert SessionReport.objects.get(session=session).is_ready
    assert Enrolment.objects.count() == people
    print(f"{connection.vendor}, {platform.machine()}, load {os.getloadavg()[0]:.1f}")
    print(
        f"{people} people: closed in {closed - began:.2f} s, {queries} queries (bar: {RETURNS:.0f} s)"
    )
    print(
        f"{done.certificates} certificates and the report ready {ready - closed:.1f} s later"
        f" (bar: {READY:.0f} s); {cpu:.1f} s of this process’s own time in all"
    )
    if closed - began > RETURNS or ready - began > READY:
        raise SystemExit("Over the bar.")


if __name__ == "__main__":
    main()
