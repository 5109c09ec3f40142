"""Pages per second and median time of the public pages, kept and not kept, beside an empty view.

All figures of one run come from one machine at one moment: compare ratios, not runs.

Usage: python bench/pages.py [--requests 200] [--database URL]
"""

import argparse
import http.client
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 4


def pages() -> dict[str, str]:
    """Name → path of what is measured, from the demonstration content."""
    from bulletin.models import ArticlePage, IssuePage

    issue = IssuePage.objects.live().order_by("-display_date").first()
    article = ArticlePage.objects.live().child_of(issue).filter(section="zoom").first()
    return {"home": "/", "issue": issue.url, "article": article.url}


def count_queries(path: str) -> int:
    """SQL queries of one visitor's page, not kept, after a first visit."""
    from django.db import connection
    from django.test import Client, override_settings
    from django.test.utils import CaptureQueriesContext

    with override_settings(PAGE_CACHE=False):
        client = Client(headers={"host": "localhost"})
        client.get(path)
        with CaptureQueriesContext(connection) as context:
            status = client.get(path).status_code
    if status != 200:
        raise SystemExit(f"{path} answered {status}")
    return len(context)


def get(connection: http.client.HTTPConnection, path: str, host: str) -> int:
    connection.request("GET", path, headers={"Host": host, "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return response.status


def measure(port: int, host: str, path: str, requests: int) -> tuple[float, float]:
    """(median milliseconds of one client, pages per second of CLIENTS at once)."""
    one = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(5):
        get(one, path, host)
    times = []
    for _ in range(requests):
        start = time.perf_counter()
        get(one, path, host)
        times.append((time.perf_counter() - start) * 1000)

    def client() -> None:
        own = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(requests // CLIENTS):
            get(own, path, host)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(times), requests / (time.perf_counter() - start)


class Server:
    """The production server (gunicorn, DEBUG off) on a free port."""

    def __init__(self, env: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.env = {**env, "WEB_BIND": f"127.0.0.1:{self.port}", "WEB_PROCESSES": "1"}

    def __enter__(self) -> "Server":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "cms.wsgi", "--log-level", "error"],
            cwd=ROOT,
            env=self.env,
        )
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--database", default="", help="DATABASE_URL (default: a new SQLite file)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
        if options.database:
            os.environ["DATABASE_URL"] = options.database
        subprocess.run(
            [sys.executable, "manage.py", "prepare", "--demo"], cwd=ROOT, check=True, env=os.environ
        )
        sys.path.insert(0, str(ROOT))
        import django

        django.setup()
        run(options.requests)


def run(requests: int) -> None:
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {engine}"
    )
    print(f"{requests} requests each; pages per second with {CLIENTS} clients, one process\n")
    print(f"{'page':<10}{'kept':<8}{'queries':>8}{'p50 ms':>10}{'pages/s':>10}{'× empty':>10}")
    host = settings.SITE_ORIGIN.partition("://")[2]
    wanted = pages()
    queries = {name: count_queries(path) for name, path in wanted.items()}
    for kept in ("no", "yes"):
        with Server({**os.environ, "PAGE_CACHE": "1" if kept == "yes" else "0"}) as server:
            empty, rate = measure(server.port, host, "/healthz", requests)
            print(f"{'(empty)':<10}{'-':<8}{0:>8}{empty:>10.1f}{rate:>10.0f}{1:>10.1f}")
            for name, path in wanted.items():
                median, rate = measure(server.port, host, path, requests)
                count = queries[name] if kept == "no" else 1
                print(
                    f"{name:<10}{kept:<8}{count:>8}{median:>10.1f}{rate:>10.0f}{median / empty:>10.1f}"
                )


if __name__ == "__main__":
    main()
