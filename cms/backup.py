"""Everything in one dated archive, and back: the database, public media and private files."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections

FORMAT = 1
# A setting that names a local folder, and the folder's name in the archive.
FOLDERS = {"MEDIA_ROOT": "media", "PRIVATE_ROOT": "private", "PACKAGES_ROOT": "packages"}


class BackupError(Exception):
    """Why an archive cannot be made or put back, in words for the person at the terminal."""


@dataclass(frozen=True)
class Restored:
    """What a restore did: when the archive dates from, and where the state before it is kept."""

    created: str
    previous: Path | None


def folders() -> Iterator[tuple[str, Path]]:
    """Give each local folder of files: its name in an archive, where it is."""
    for setting, name in FOLDERS.items():
        value = getattr(settings, setting, None)
        if value:
            yield name, Path(value)


def archives() -> list[Path]:
    """Return the archives of the default folder, the newest first."""
    return sorted(default_folder().glob("backup-*.tar.gz"), reverse=True)


def default_folder() -> Path:
    return Path(settings.VAR_DIR) / "backups"


# -- Making -------------------------------------------------------------------
def make(folder: Path | None = None) -> Path:
    """Write an archive while the site serves, and return its path.

    The database is copied first, in one consistent state; files that arrive later are simply
    in excess. The archive appears under its name only when it is whole.
    """
    folder = folder or default_folder()
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    target = folder / f"backup-{now:%Y-%m-%dT%H-%M-%S-%f}Z.tar.gz"
    unfinished = target.with_suffix(".part")
    try:
        with tempfile.TemporaryDirectory(dir=folder) as work:
            dump = Path(work) / "database"
            dump_database(dump)
            manifest = Path(work) / "manifest.json"
            manifest.write_text(json.dumps(describe(now, dump), indent=2))
            with tarfile.open(unfinished, "w:gz", compresslevel=3) as archive:
                archive.add(manifest, "manifest.json")
                archive.add(dump, "database")
                for name, path in folders():
                    if path.is_dir():
                        archive.add(path, f"files/{name}")
        unfinished.chmod(0o600)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def describe(now: datetime, dump: Path) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "created": now.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "sha256": sha256(dump),
    }


def sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    elif connection.vendor == "postgresql":
        run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={target}")
    else:
        raise BackupError(f"No backup is written for {connection.vendor}.")


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database in one consistent state, into an empty or an open one."""
    with (
        closing(sqlite3.connect(source, timeout=30)) as origin,
        closing(sqlite3.connect(target, timeout=30)) as copy,
    ):
        origin.backup(copy)


def run_postgresql(program: str, *arguments: str) -> None:
    """Run a PostgreSQL client on the site's database; the password stays out of its arguments."""
    if not shutil.which(program):
        raise BackupError(f"{program} is missing: install PostgreSQL's client programs.")
    parameters, environment = type(connection.client).settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    name = connection.settings_dict["NAME"]
    connect = [a for a in parameters[1:] if a != name]
    done = subprocess.run(  # noqa: S603 (our own program and arguments)
        [program, *connect, f"--dbname={name}", *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()}")


# -- Putting back -------------------------------------------------------------
def restore(archive: Path, *, keep_previous: bool = True) -> Restored:
    """Put an archive back; nothing is touched before it has been read whole and verified.

    What is there now goes first into an archive of its own, unless `keep_previous` is false.
    """
    var = Path(settings.VAR_DIR)
    var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=var, prefix="restore-") as work:
        unpacked = Path(work)
        manifest = unpack(archive, unpacked)
        previous = make() if keep_previous else None
        load_database(unpacked / "database")
        for name, path in folders():
            replace_folder(unpacked / "files" / name, path)
    for cache in caches.all():
        cache.clear()
    return Restored(manifest["created"], previous)


def unpack(archive: Path, target: Path) -> dict[str, Any]:
    """Unpack an archive and return its manifest; raise BackupError when it is not sound."""
    try:
        with tarfile.open(archive, "r:gz") as packed:
            packed.extractall(target, filter="data")
        manifest = json.loads((target / "manifest.json").read_text())
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError(f"{archive} cannot be read: {error}") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{archive} has a format that this release does not know.")
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"{archive} was made with {manifest['database']}; this site runs on"
            f" {connection.vendor}. Set DATABASE_URL accordingly."
        )
    if sha256(target / "database") != manifest["sha256"]:
        raise BackupError(f"{archive} is damaged: its database does not match its manifest.")
    return manifest


def load_database(dump: Path) -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        copy_sqlite(dump, Path(connection.settings_dict["NAME"]))
    else:
        run_postgresql(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump)
        )


def replace_folder(source: Path, target: Path) -> None:
    """Put a folder in another's place by renaming, so that it is never seen half written."""
    source.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    old = source.with_name(source.name + ".old")
    if target.exists():
        shutil.move(target, old)
    shutil.move(source, target)
