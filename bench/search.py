"""How good and how fast the search is, on SQLite and, with DATABASE_TEST_URL, on PostgreSQL.

nDCG@10 of the judged queries over the demonstration content (tests/search/judgments), then the median
time of a search among 200 and among 5,000 documents. Usage: python bench/search.py [--each]
[--set tuned] [--no-speed]
"""

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from _databases import created_database

ROOT = Path(__file__).resolve().parent.parent
SIZES = (200, 5_000)
QUERIES = ("covoiturage", "maison", "formation des agents", "retraitte", "mediation numerique")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", action="store_true", help="print every query below 1")
    parser.add_argument("--set", default="tuned,held_out", help="which sets, by commas")
    parser.add_argument("--no-speed", action="store_true", help="leave the times out")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    run_on("SQLite", "")
    server = os.environ.get("DATABASE_TEST_URL")
    if server:
        with created_database(server) as url:
            run_on("PostgreSQL", url)


def run_on(name: str, url: str) -> None:
    print(f"\n{name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        }
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        manage = [sys.executable, str(ROOT / "manage.py"), "prepare", "--demo"]
        subprocess.run(manage, check=True, env=environment, stdout=subprocess.DEVNULL)
        again = [sys.executable, __file__, "--inside", *sys.argv[1:]]
        subprocess.run(again, check=True, env=environment)


# -- In the process that has the database --------------------------------------------------------


def inside(options: argparse.Namespace) -> None:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    for name in options.set.split(","):
        quality(name, options.each)
    if not options.no_speed:
        speed()


def quality(name: str, each: bool) -> None:
    from django.contrib.auth.models import AnonymousUser

    from search.queries import search
    from tests.search import judging

    def addresses(query: str) -> list[str]:
        return [hit.url for hit in search(query, AnonymousUser()).page]

    queries = judging.load(name)
    measured = judging.measure(queries, addresses)
    strict = judging.mean([m.strict for m in measured])
    known = judging.mean([m.known for m in measured])
    unjudged = judging.mean([m.unjudged for m in measured])
    print(
        f"{name:<9} {len(queries)} queries  nDCG@10 {strict:.3f}"
        f"  (over judged documents alone {known:.3f}; {unjudged:.1f} of 10 unjudged)"
    )
    kinds = defaultdict(list)
    for m in measured:
        kinds[m.judged.kind].append(m.strict)
    print("  " + "  ".join(f"{kind} {judging.mean(v):.2f}" for kind, v in sorted(kinds.items())))
    if each:
        for m in sorted(measured, key=lambda m: m.strict):
            if m.strict < 0.999:
                print(f"    {m.strict:.2f} {m.judged.query}")
                for rank, address in enumerate(addresses(m.judged.query)[:10], start=1):
                    print(f"        {rank:>2} {m.judged.grades.get(address, '-')} {address}")


def speed() -> None:
    """Maisons are added up to each size: they and the pages pass the same index and the same checks."""
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from search.models import Document, Posting
    from search.queries import search

    for size in SIZES:
        began = time.perf_counter()
        grow(size)
        built = time.perf_counter() - began
        nobody, times = AnonymousUser(), defaultdict(list)
        for _ in range(7):
            for query in QUERIES:
                start = time.perf_counter()
                search(query, nobody)
                times[query].append((time.perf_counter() - start) * 1000)
        medians = {query: statistics.median(values) for query, values in times.items()}
        with CaptureQueriesContext(connection) as context:
            search(QUERIES[0], nobody)
        print(
            f"{Document.objects.count()} documents, {Posting.objects.count()} postings"
            f" (added in {built:.1f} s): p50 {statistics.median(medians.values()):.0f} ms,"
            f" {len(context)} queries; "
            + ", ".join(f"{query} {value:.0f}" for query, value in medians.items())
        )


def grow(size: int) -> None:
    """Bring the index to this many documents, with sheets of Maisons as long as an article."""
    from maisons.factories import CommuneFactory
    from maisons.models import Maison
    from search.indexing import rebuild
    from search.models import Document, Word

    chance = random.Random(size)
    words = list(Word.objects.filter(language="fr").values_list("written", flat=True))
    commune = CommuneFactory()
    missing = size - Document.objects.count()
    Maison.objects.bulk_create(
        Maison(
            slug=f"banc-{size}-{number}",
            name=f"Maison de {chance.choice(words)} {chance.choice(words)}",
            status=Maison.Status.RECOGNISED,
            commune=commune,
            description=" ".join(chance.choices(words, k=150)),
        )
        for number in range(missing)
    )
    rebuild()


if __name__ == "__main__":
    main()
