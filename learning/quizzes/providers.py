"""What quizzes give to the other apps."""

from cms import registry

from . import demo, jobs, personal, pictures, rules, unit_type, url_cases  # noqa: F401
from .bank import BIN

# Trainers add pictures to theirs and choose among them; each changes and deletes what they added alone.
PICTURES = ["wagtailimages.add_image", "wagtailimages.choose_image"]

registry.bin_kinds.register(BIN.code, BIN)
registry.file_readers.register("learning.quizzes", pictures.may_read)


@registry.admin_collections.provide(pictures.COLLECTION)
def admin_collections() -> dict[str, list[str]]:
    return {"trainer": PICTURES}


@registry.admin_permissions.provide("learning.quizzes")
def admin_permissions() -> dict[str, list[str]]:
    """Editors and trainers write the bank; `maisons.operators.guard` keeps trainers to it."""
    bank = ["learning.*question", "learning.*banktheme"]
    return {
        "trainer": ["wagtailadmin.access_admin", *bank],
        "editor": bank,
        "chief-editor": bank,
        "national-team": bank,
    }
