"""A path of the demonstration in English: its page, one unit for each that the file gives, and the catalogue above."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import format_html_join
from wagtail.models import Locale

from cms import registry
from cms.demo_content import read
from cms.translating import translate_page

from ..models import CataloguePage, ChapterPage, LearningPathPage, UnitPage

FOLDER = Path(__file__).parent.parent / "demo" / "paths" / "english"


class EnglishLoader:
    # After the English home page, which comes with the Bulletin's.
    order = 91

    def load(self, verbosity: int = 1) -> None:
        catalogue = CataloguePage.objects.filter(locale=Locale.get_default()).first()
        english = Locale.objects.filter(language_code="en").first()
        if catalogue and english and catalogue.get_parent().has_translation(english):
            for file in sorted(FOLDER.glob("*.yaml")):
                with transaction.atomic():
                    _load(catalogue, file, english)


def _load(catalogue: CataloguePage, file: Path, english: Locale) -> None:
    """Translate what a file says of a path, once."""
    path = LearningPathPage.objects.child_of(catalogue).filter(slug=f"parcours-{file.stem}").first()
    if path is None or path.has_translation(english):
        return
    data = read(file)
    if not catalogue.has_translation(english):
        _translate(catalogue, data["catalogue"], english)
    _translate(path, data["path"], english)
    for title, words in data["chapters"].items():
        _translate(ChapterPage.objects.child_of(path).get(title=title), words, english)
    for title, words in data["units"].items():
        _translate(UnitPage.objects.descendant_of(path).get(title=title), words, english)


def _translate(page: Any, words: dict[str, Any], english: Locale) -> None:
    """words: fields of the page; objectives are a list, paragraphs the introduction of a unit."""
    said = type(page).objects.get(pk=page.pk)
    for name, text in words.items():
        if name == "objectives":
            lines = format_html_join("", "<li>{}</li>", ((line,) for line in text))
            said.objectives = f"<ul>{lines}</ul>"
        elif name == "paragraphs":
            block = said.content[0]
            block.value["introduction"].source = format_html_join(
                "", "<p>{}</p>", ((line,) for line in text)
            )
        else:
            setattr(said, name, text)
    translate_page(page, said, english, publish=True)


registry.demo_loaders.register("learning.paths.english", EnglishLoader())
