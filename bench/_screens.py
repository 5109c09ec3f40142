"""Screens measured above an empty signed-in page, on both databases: what several benchmarks share."""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _databases import created_database

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "tests.support.empty_page"


def run(script: str, summary: str, inside: Callable[[argparse.Namespace], None]) -> None:
    """Call this script again in a process of its own on SQLite and, with DATABASE_TEST_URL, PostgreSQL."""
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--sizes", default="1000,10000", help="agents, by commas")
    parser.add_argument("--only", default="", help="screens whose name holds this")
    parser.add_argument("--profile", action="store_true", help="print the slowest queries")
    parser.add_argument("--no-postgresql", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options)
        return
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f}; {options.requests} warm requests of each screen"
    )
    _run_on(script, "SQLite", "")
    server = os.environ.get("DATABASE_TEST_URL")
    if server and not options.no_postgresql:
        with created_database(server) as url:
            _run_on(script, "PostgreSQL", url)


def _run_on(script: str, name: str, url: str) -> None:
    print(f"\n{name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "0",
        }
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        quiet: dict[str, Any] = {"check": True, "env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, str(ROOT / "manage.py"), "prepare"], **quiet)
        again = [sys.executable, script, "--inside", *sys.argv[1:]]
        subprocess.run(again, check=True, env=environment)


# -- In the process that has the database --------------------------------------------------------


def set_up() -> None:
    """Django with the empty page, and nothing but errors in the log."""
    sys.path.insert(0, str(ROOT))
    import logging

    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.conf import settings

    settings.ROOT_URLCONF = EMPTY
    settings.PAGE_CACHE = False


def measure_sizes(network: Any, options: argparse.Namespace) -> None:
    """Grow to each size and print each screen."""
    from django.db import connection

    from cms.memory import settle

    header = (
        f"{'agents':>7} {'screen':<24}{'who':<10}{'queries':>8}{'cpu ms':>9}{'p50 ms':>9}{'p95 ms':>9}"
        f"{'bar':>7}{'worst':>9}"
    )
    for size in map(int, options.sizes.split(",")):
        began = time.perf_counter()
        network.grow(size)
        # As autovacuum does on a server that was not filled a second ago: left to itself it would begin
        # now, beside the first screens.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        # As a server once it is loaded; what was made to fill the database is no part of it.
        settle()
        print(f"\n{network.said()}, made in {time.perf_counter() - began:.0f} s\n{header}")
        for screen in network.screens():
            if options.only in screen.name:
                report(size, screen, measure(screen, options.requests), options.profile)


def report(size: int, screen: Any, measured: Any, profile: bool) -> None:
    if measured is None:
        print(f"{size:>7} {screen.name:<24}{screen.who:<10} skipped: it has no such screen yet")
        return
    over = measured.p95 > screen.bar or measured.queries > screen.most_queries
    print(
        f"{size:>7} {screen.name:<24}{screen.who:<10}{measured.queries:>8}{measured.cpu:>9.1f}{measured.p50:>9.1f}"
        f"{measured.p95:>9.1f}{screen.bar:>7}{measured.worst:>9.1f}{'  MISSED' if over else ''}",
        flush=True,
    )
    if profile:
        for seconds, sql in measured.slowest:
            print(f"{'':>10}{seconds * 1000:>7.1f} ms  {sql[:400]}")


class Measured:
    """Each percentile is that of the screen less the same of the empty page, asked by turns: what makes
    a request late on a shared machine makes the empty page late too.

    cpu: what this process worked, whoever else used the machine (the database's own work is not in it on
    PostgreSQL). worst: the 95th percentile of the screen less the median of the empty page.
    """

    def __init__(
        self, times: list[float], empty: list[float], cpu: list[float], queries: int, slowest: Any
    ) -> None:
        late, late_empty = (statistics.quantiles(each, n=20)[-1] for each in (times, empty))
        self.cpu = statistics.median(cpu)
        self.p50 = statistics.median(times) - statistics.median(empty)
        self.p95 = late - late_empty
        self.worst = late - statistics.median(empty)
        self.queries, self.slowest = queries, slowest


def measure(screen: Any, requests: int) -> Measured | None:
    """The screen and the empty page by turns: what slows one down slows the other."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.support.empty_page import URL

    if screen.url is None:
        return None
    client = Client(headers={"host": "localhost"})
    client.force_login(screen.user)

    def ask(url: str) -> float:
        start = time.perf_counter()
        status = client.get(url).status_code
        took = (time.perf_counter() - start) * 1000
        if status != 200:
            raise SystemExit(f"{url} answered {status} to {screen.who}")
        return took

    counts = []
    for url in (screen.url, URL):
        for _ in range(3):
            ask(url)
        with CaptureQueriesContext(connection) as queries:
            ask(url)
        counts.append(list(queries.captured_queries))
    own, base = counts
    slowest = sorted(((float(q["time"]), q["sql"]) for q in own), reverse=True)[:5]
    times, empty, cpu = [], [], []
    for _ in range(requests):
        began = time.process_time()
        times.append(ask(screen.url))
        between = time.process_time()
        empty.append(ask(URL))
        cpu.append((between - began - (time.process_time() - between)) * 1000)
    return Measured(times, empty, cpu, len(own) - len(base), slowest)
