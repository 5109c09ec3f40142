"""Make the search index true to the content."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import rebuild


class Command(BaseCommand):
    help = "Compare the search index with the content and write what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="throw the index away and write it whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        documents, written = rebuild(anew=options["anew"])
        if options["verbosity"]:
            seconds = time.perf_counter() - began
            self.stdout.write(f"{documents} documents, {written} written, {seconds:.1f} s")
