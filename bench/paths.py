"""The screens of online learning with 1,000 and with 10,000 agents, each with forty units of progress.

As bench/training.py: each screen above an empty signed-in page, on both databases. Then what one report
of a page costs (`record`, its commit included, one writer), and the file of the progress of everybody,
made by a worker of its own: against a bare cursor with csv.writer in the same run, with the memory of
the worker above that of the same worker when idle.

Usage: python bench/paths.py [--requests 200] [--sizes 1000,10000] [--only network] [--no-postgresql]
"""

import argparse
import csv
import os
import signal
import statistics
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from _screens import ROOT, measure_sizes, run, set_up

RECORD_BAR, MEMORY_BAR, RATE_BAR = 10.0, 100.0, 0.5
# What the file holds, by one statement.
BARE = """
SELECT u.first_name || ' ' || u.last_name, m.name, d.name, '{path}', e.round, n.uuid,
       p.started_at, p.completed_at, p.score, p.active
FROM learning_unitprogress p
JOIN learning_enrolment e ON e.id = p.enrolment_id
JOIN accounts_user u ON u.id = e.user_id
JOIN learning_unit n ON n.id = p.unit_id
LEFT JOIN maisons_maison m ON m.id = e.maison_id
LEFT JOIN cms_commune c ON c.code = m.commune_id
LEFT JOIN cms_department d ON d.code = c.department_id
ORDER BY e.id, p.id
"""


def inside(options: argparse.Namespace) -> None:
    set_up()
    from bench._paths import Paths

    network = Paths()
    measure_sizes(network, options)
    if not options.only or options.only in "record":
        measure_record(network, options.requests)
    if not options.only or options.only in "export":
        measure_export(network)


def measure_record(network: Any, requests: int) -> None:
    """A report of ten seconds of work, by different people, each in a transaction of its own."""
    import datetime as dt

    from django.utils import timezone

    from learning.models import Enrolment
    from learning.paths.record import Report, record

    rows = list(Enrolment.objects.exclude(state="left").order_by("pk")[: requests + 20])
    times = []
    for number in range(requests + 20):
        row, now = rows[number % len(rows)], timezone.now()
        report = Report(active=(now - dt.timedelta(seconds=10), now), place={"at": number})
        unit = network.units[number % len(network.units)]
        start = time.perf_counter()
        record(row, unit, uuid.uuid4(), report, now=now)
        times.append((time.perf_counter() - start) * 1000)
    times = times[20:]
    p95 = statistics.quantiles(times, n=20)[-1]
    missed = "  MISSED" if p95 > RECORD_BAR else ""
    print(
        f"\nrecord(), commit included: p50 {statistics.median(times):.1f} ms,"
        f" p95 {p95:.1f} ms (bar {RECORD_BAR:.0f}){missed}",
        flush=True,
    )


# -- The file of everybody's progress, in a worker ------------------------------------------------


def measure_export(network: Any) -> None:
    from django_tasks_db.models import DBTaskResult

    from cms import exports
    from cms.models import ExportFile

    rate = bare_rate(network)
    asked = ExportFile.objects.create(
        export="parcours-progression",
        format="csv",
        filters={"du": "2015-01-01"},
        user=network.people["national"],
    )
    DBTaskResult.objects.all().delete()
    worker = start_worker()
    try:
        idle = resident(worker.pid)
        result = exports.make_file.enqueue(asked.pk)
        peak = idle
        while True:
            row = DBTaskResult.objects.get(pk=result.id)
            peak = max(peak, resident(worker.pid))
            if row.finished_at:
                break
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
    asked.refresh_from_db()
    if asked.state != ExportFile.State.READY:
        raise SystemExit(f"The export failed: {row.traceback or asked.error}")
    took = (row.finished_at - row.started_at).total_seconds()
    own = asked.rows / took
    missed = "  MISSED" if own < RATE_BAR * rate or peak - idle > MEMORY_BAR else ""
    print(
        f"CSV of {asked.rows} rows in the worker: {took:.1f} s, {own:,.0f} rows/s;"
        f" bare cursor and csv.writer {rate:,.0f} rows/s: {own / rate:.2f} of it (bar {RATE_BAR});"
        f" memory {peak - idle:.0f} MB above {idle:.0f} MB idle (bar {MEMORY_BAR:.0f}){missed}",
        flush=True,
    )


def bare_rate(network: Any) -> float:
    """Rows a second of one statement and csv.writer, without Django's rows."""
    from django.db import connection

    target = Path(os.environ["VAR_DIR"]) / "bare.csv"
    count, start = 0, time.perf_counter()
    with target.open("w", encoding="utf-8", newline="") as file, connection.cursor() as wrapped:
        cursor = wrapped.cursor
        cursor.execute(BARE.format(path="Parcours du banc d’essai"))
        writer = csv.writer(file, delimiter=";")
        while rows := cursor.fetchmany(2000):
            writer.writerows(rows)
            count += len(rows)
    took = time.perf_counter() - start
    target.unlink()
    return count / took


def start_worker() -> subprocess.Popen[bytes]:
    """The worker of the project, once it has run a task and waits."""
    from django_tasks_db.models import DBTaskResult

    from cms import exports

    command = [sys.executable, str(ROOT / "manage.py"), "worker", "--interval", "0.1"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Of no file: the code is loaded, nothing is made.
    first = exports.make_file.enqueue(0)
    while not DBTaskResult.objects.get(pk=first.id).finished_at:
        if worker.poll() is not None:
            raise SystemExit("The worker ended by itself.")
        time.sleep(0.1)
    time.sleep(1)
    return worker


def resident(pid: int) -> float:
    """Megabytes that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    run(__file__, __doc__.splitlines()[0], inside)
