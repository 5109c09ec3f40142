"""How long publishing an issue holds the write lock, and how long others wait for it.

A hundred articles are published on a fresh SQLite file while a second process writes a row every
20 ms, as a sign-in does. Usage: python bench/publishing.py [--articles 100]
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITER = """
import sys, time
import django
django.setup()
from cms.jobs import beat
print("ready", flush=True)
worst = count = 0
while not sys.stdin.closed:
    began = time.perf_counter()
    beat("bench")
    worst, count = max(worst, time.perf_counter() - began), count + 1
    import select
    if select.select([sys.stdin], [], [], 0.02)[0]:
        break
print(count, worst)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100)
    articles = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
        os.environ.pop("DATABASE_URL", None)
        sys.path.insert(0, str(ROOT))
        manage = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
        subprocess.run(manage, check=True)
        measure(articles)


def measure(articles: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bulletin import factories, publishing, services

    issue = factories.full_issue(articles, live=False)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout and writer.stdin
    writer.stdout.readline()
    began = time.perf_counter()
    plan = publishing.make_plan(issue.pk)
    prepared = time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        services._write(plan, user=None)
    written = time.perf_counter()
    count, worst = writer.communicate("\n")[0].split()
    live = type(issue).objects.get(pk=issue.pk).live
    assert live
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{articles} articles: prepared in {prepared - began:.2f} s, without any lock")
    print(f"write lock held {written - prepared:.2f} s, {len(queries)} queries (bar: 5 s)")
    print(f"meanwhile another process wrote {count} rows; the slowest waited {float(worst):.2f} s")


if __name__ == "__main__":
    main()
