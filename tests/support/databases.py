"""One migrated database, built once, and a clone of it for each parallel worker.

There are two states: `migrated` (what `migrate` leaves) and `demo` (with the demonstration
content and its files). Each is built by whichever worker comes first and kept under a name
made of what it depends on. A test that commits leaves its clone dirty: before the next test
that needs the database the clone is restored from its template, instead of being flushed.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from cms import renditions
from cms.migrating import quickly
from cms.models import SiteImage
from tests.support.folders import mirror

ROOT = Path(__file__).resolve().parents[2]
MIGRATED, DEMO = "migrated", "demo"
FILE_SETTINGS = ("MEDIA_ROOT", "PRIVATE_ROOT")
KEPT_SECONDS = 7 * 24 * 3600


def _key(state: str) -> str:
    return f"{connection.vendor}_{state}_{_digest(_sources(state))}"


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(state: str) -> Iterator[Path]:
    """Give the files on which a state depends; `--create-db` builds anew whatever they say."""
    yield ROOT / "requirements" / "main.lock"
    yield Path(__file__)
    for app in (ROOT / name for name in settings.OUR_APPS):
        yield from app.glob("migrations/*.py")
        # What runs after `migrate` is in these, and what roles may do in the admin.
        yield from (p for p in [app / "providers.py", app / "giving.py"] if p.exists())
        yield from (p for p in app.glob("*.py") if "post_migrate" in p.read_text())
        if state == DEMO:
            for pattern in ("**/demo*.py", "demo/**/*", "data/**/*", "models/*.py", "models.py"):
                yield from (p for p in app.glob(pattern) if p.is_file() and p.suffix != ".pyc")


class Clone:
    """The database of this worker."""

    def __init__(self) -> None:
        self.state: str | None = None
        self.dirty = False
        self.failures: dict[str, BaseException] = {}
        self.templates = Path(settings.TEST_DIR) / "templates"
        self.templates.mkdir(parents=True, exist_ok=True)

    def bring_to(self, state: str) -> None:
        """Give the clone this state, unless it has it already."""
        if self.state == state and not self.dirty:
            return
        connections.close_all()
        key = self._built(state)
        self._copy(key)
        self._copy_files(key)
        self.state, self.dirty = state, False

    def _built(self, state: str) -> str:
        """The key of a template that exists. While one worker loads the demonstration, the other tests
        on the migrated database: each state has its own lock."""
        if state == DEMO:
            self._built(MIGRATED)
        key = _key(state)
        with self._lock(state):
            if not self._has(key):
                self._build_once(state, key)
        return key

    def _build_once(self, state: str, key: str) -> None:
        """Build a template; what failed once fails at once the next time."""
        if state in self.failures:
            raise self.failures[state]
        try:
            self._build(state, key)
        except Exception as error:
            self.failures[state] = error
            raise

    def _build(self, state: str, key: str) -> None:
        if state == DEMO:
            self.state = None
            migrated = _key(MIGRATED)
            self._copy(migrated)
            self._copy_files(migrated)
            call_command("load_demo", verbosity=0)
            # Or the first page of each test that shows one would draw it, and roll it back.
            renditions.draw(SiteImage.objects.values_list("pk", flat=True), renditions.AT_ONCE)
        else:
            self._create_empty()
            with quickly():
                call_command("migrate", interactive=False, verbosity=0)
        # Thousands, meant for the worker: a test that runs tasks runs those that it gave.
        DBTaskResult.objects.all().delete()
        connections.close_all()
        self._keep_files(key)
        self._keep(key)

    @contextmanager
    def _lock(self, state: str) -> Iterator[None]:
        with (self.templates / f"lock-{state}").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    # -- Files ----------------------------------------------------------------
    def _keep_files(self, key: str) -> None:
        for setting in FILE_SETTINGS:
            kept = self.templates / f"{key}.files" / setting
            shutil.rmtree(kept, ignore_errors=True)
            source = Path(getattr(settings, setting))
            if source.is_dir():
                shutil.copytree(source, kept)

    def _copy_files(self, key: str) -> None:
        for setting in FILE_SETTINGS:
            mirror(self.templates / f"{key}.files" / setting, Path(getattr(settings, setting)))

    # -- What differs by database ---------------------------------------------
    def _has(self, key: str) -> bool:
        raise NotImplementedError

    def _create_empty(self) -> None:
        raise NotImplementedError

    def _keep(self, key: str) -> None:
        raise NotImplementedError

    def _copy(self, key: str) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError


class SqliteClone(Clone):
    """A file; templates are files."""

    @property
    def path(self) -> Path:
        return Path(connection.settings_dict["NAME"])

    def _template(self, key: str) -> Path:
        return self.templates / f"{key}.sqlite3"

    def _has(self, key: str) -> bool:
        return self._template(key).exists()

    def _create_empty(self) -> None:
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def _keep(self, key: str) -> None:
        self._discard_old()
        unfinished = self._template(key).with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        _copy_sqlite(self.path, unfinished)
        unfinished.rename(self._template(key))

    def _discard_old(self) -> None:
        for path in self.templates.glob("*.sqlite3"):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()
                shutil.rmtree(path.with_suffix(".files"), ignore_errors=True)

    def _copy(self, key: str) -> None:
        """A new file in the place of the old one: whoever still has that open writes into nothing."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".fresh")
        shutil.copyfile(self._template(key), fresh)
        self.drop()
        fresh.rename(self.path)

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


def _copy_sqlite(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(source, timeout=30)) as origin,
        closing(sqlite3.connect(target, timeout=30)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        origin.backup(copy)


NO_STATISTICS = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT oid::regclass FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', name);
    END LOOP;
END $$"""


class PostgresqlClone(Clone):
    """A database; templates are databases, which the server copies by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.name = connection.settings_dict["NAME"]

    def _run(self, *statements: str) -> list[tuple]:
        import psycopg

        rows: list[tuple] = []
        with psycopg.connect(settings.DATABASE_TEST_URL, autocommit=True) as server:
            for statement in statements:
                cursor = server.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def _template(self, key: str) -> str:
        return f"template_{key}"

    def _has(self, key: str) -> bool:
        return bool(self._run(f"SELECT 1 FROM pg_database WHERE datname = '{self._template(key)}'"))

    def _create_empty(self) -> None:
        self.drop()
        self._run(f"CREATE DATABASE \"{self.name}\" ENCODING 'UTF8' TEMPLATE template0")

    def _keep(self, key: str) -> None:
        # Statistics taken while a test's rolled-back rows still fill the pages of a table say that it
        # is empty for good: a list of a thousand sheets then took seventeen minutes. Without any, the
        # planner counts pages, and every run has the same plans.
        with connection.cursor() as cursor:
            cursor.execute(NO_STATISTICS)
        connections.close_all()
        template = self._template(key)
        self._run(f'CREATE DATABASE "{template}" TEMPLATE "{self.name}"')

    def _copy(self, key: str) -> None:
        self.drop()
        self._run(f'CREATE DATABASE "{self.name}" TEMPLATE "{self._template(key)}"')

    def drop(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def make_clone() -> Clone:
    """Return the clone of this worker, for the database that the settings name."""
    return PostgresqlClone() if connection.vendor == "postgresql" else SqliteClone()
