"""Bring database, static files and demonstration up to date before the processes start."""

import hashlib
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from cms.locks import exclusive
from cms.migrating import quickly


class Command(BaseCommand):
    help = (
        "Migrate, collect static files and, with --demo, fill a new database. Does only what is"
        " needed, under a lock: it may run before every start, on several machines at once."
    )
    # The checks cost a second and run in `manage.py check`, in CI and before a deployment.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill a new database")
        parser.add_argument("--welcome", action="store_true", help="then print where to go")

    def handle(self, *args: Any, **options: Any) -> None:
        with exclusive("prepare"):
            self.migrate(options["demo"])
            self.collect_static()
            if demo_pending().exists():
                self.say("Loading the demonstration content (once)…")
                # Each page created and published would be a line.
                logging.getLogger("wagtail").setLevel(logging.WARNING)
                call_command("load_demo", verbosity=0)
                demo_pending().unlink()
        if options["welcome"]:
            call_command("welcome")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def migrate(self, demo: bool) -> None:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if demo and not executor.loader.applied_migrations and "load_demo" in get_commands():
            # Kept until the content is there, so that an interrupted first start is taken up.
            demo_pending().touch()
        self.say("Migrating the database…")
        with quickly():
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self) -> None:
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = static_fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return
        self.say("Collecting static files…")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint)


def demo_pending() -> Path:
    """Return the file that exists while a new database awaits its demonstration content."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "demo.pending"


def static_fingerprint() -> str:
    """Return a digest that changes when any static file that would be collected does."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
