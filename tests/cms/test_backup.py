"""A backup holds everything, a restore brings it back, and neither destroys anything."""

import tarfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connections

from cms import backup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def var(settings, tmp_path):
    """Folders of files of our own; the database is the worker's clone."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    (tmp_path / "media" / "images").mkdir(parents=True)
    (tmp_path / "media" / "images" / "a.txt").write_text("public")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "b.txt").write_text("private")
    return tmp_path


def names() -> set[str]:
    return set(Group.objects.values_list("name", flat=True))


def test_what_was_there_comes_back_and_what_came_later_goes(var):
    Group.objects.create(name="before")
    archive = backup.make()
    Group.objects.filter(name="before").delete()
    Group.objects.create(name="after")
    (var / "media" / "images" / "a.txt").unlink()
    (var / "media" / "late.txt").write_text("late")
    (var / "private" / "b.txt").write_text("changed")
    cache.set("page", "old")

    backup.restore(archive)

    assert "before" in names()
    assert "after" not in names()
    assert (var / "media" / "images" / "a.txt").read_text() == "public"
    assert not (var / "media" / "late.txt").exists()
    assert (var / "private" / "b.txt").read_text() == "private"
    assert cache.get("page") is None


def test_the_state_before_a_restore_can_be_had_back(var):
    archive = backup.make()
    Group.objects.create(name="nearly lost")
    done = backup.restore(archive)
    assert "nearly lost" not in names()
    backup.restore(done.previous, keep_previous=False)
    assert "nearly lost" in names()


def test_a_damaged_archive_changes_nothing(var, tmp_path):
    Group.objects.create(name="present")
    whole = backup.make()
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(backup.BackupError):
        backup.restore(cut)
    assert "present" in names()
    assert (var / "media" / "images" / "a.txt").exists()


def test_a_database_that_differs_from_its_manifest_is_refused(var, tmp_path):
    whole = backup.make()
    unpacked = tmp_path / "unpacked"
    with tarfile.open(whole) as archive:
        archive.extractall(unpacked, filter="data")
    (unpacked / "database").write_bytes(b"something else")
    forged = tmp_path / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as archive:
        for path in unpacked.iterdir():
            archive.add(path, path.name)
    with pytest.raises(backup.BackupError, match="damaged"):
        backup.restore(forged)


def test_an_archive_that_points_outside_is_refused(var, tmp_path):
    outside = tmp_path / "outside.tar.gz"
    with tarfile.open(outside, "w:gz") as archive:
        member = tarfile.TarInfo("../escaped")
        archive.addfile(member)
    with pytest.raises(backup.BackupError):
        backup.restore(outside)
    assert not (tmp_path / "escaped").exists()


def test_an_archive_is_readable_by_its_owner_alone(var):
    assert backup.make().stat().st_mode & 0o077 == 0


def test_nothing_unfinished_is_left(var):
    backup.make()
    assert [p.suffix for p in (var / "backups").iterdir()] == [".gz"]


def test_restore_without_an_archive_names_those_there_are(var):
    archive = backup.make()
    with pytest.raises(CommandError, match=archive.name):
        call_command("restore")


def test_a_backup_is_taken_while_another_connection_writes(var):
    """What is not committed is not in it, and nobody waits."""
    import threading

    started, finish = threading.Event(), threading.Event()

    def write() -> None:
        from django.db import transaction

        with transaction.atomic():
            Group.objects.create(name="unfinished")
            started.set()
            finish.wait(20)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait(20)
    archive = backup.make()
    finish.set()
    writer.join()
    assert "unfinished" in names()
    backup.restore(archive, keep_previous=False)
    assert "unfinished" not in names()
    assert Path(archive).exists()
