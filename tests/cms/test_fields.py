"""Editing a block's definition must create no migration."""

from django.core.management import call_command
from django.db.migrations.writer import MigrationWriter
from wagtail import blocks

from cms.fields import StreamField


def test_a_stream_field_keeps_its_blocks_out_of_the_migration():
    first = StreamField([("title", blocks.CharBlock())], blank=True)
    second = StreamField(
        [("body", blocks.RichTextBlock()), ("title", blocks.TextBlock())], blank=True
    )
    assert first.deconstruct()[1:] == second.deconstruct()[1:]


def test_the_deconstructed_field_can_be_written_and_rebuilt():
    field = StreamField([("title", blocks.CharBlock())], blank=True)
    text, _imports = MigrationWriter.serialize(field)
    assert "block_lookup={}" in text
    _name, _path, args, kwargs = field.deconstruct()
    assert StreamField(*args, **kwargs).deconstruct()[1:] == field.deconstruct()[1:]


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
