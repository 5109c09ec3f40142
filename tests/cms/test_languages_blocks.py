"""Every block of ours goes through wagtail-localize: full, blank, and with nothing at all."""

import datetime as dt
import json

import pytest
from wagtail.models import Locale, Page
from wagtail_footnotes.models import Footnote
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from accounts.models import User
from cms.factories import (
    SiteDocumentFactory,
    SiteImageFactory,
    SiteMediaFactory,
    home,
)
from cms.models import SiteDocument, SiteImage, SiteMedia, StandardPage
from learning.factories import ModuleFactory
from learning.models import BankTheme, Question, TrainingModulePage, UnitPage, WebinarPage
from learning.paths.unit_types import find
from learning.quizzes.factories import make_question, make_theme
from learning.webinars.factories import make_webinar
from learning.webinars.factories import page_of as webinar_page

from .block_samples import NOTE, Blank, Nothing, Sample, streams

pytestmark = pytest.mark.django_db
NEEDED = {
    "IssuePage": {"season": "autumn", "year": 2016, "display_date": dt.date(2016, 9, 1)},
    "EventPage": {"starts_on": dt.date(2016, 11, 23)},
}


@pytest.fixture
def english():
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def sample():
    return Sample(
        chosen={
            Page: home().pk,
            SiteImage: SiteImageFactory().pk,
            SiteDocument: SiteDocumentFactory().pk,
            SiteMedia: SiteMediaFactory().pk,
            TrainingModulePage: ModuleFactory().pk,
            Question: make_question().pk,
            BankTheme: make_theme().pk,
            WebinarPage: webinar_page(make_webinar()).pk,
        }
    )


def page_of(model, field, raw):
    """A page that holds these blocks, as it is published."""
    needed = NEEDED.get(model.__name__, {})
    if model is UnitPage:
        # A type of unit says when one may be done.
        needed = {"rule": find(raw[0]["type"]).rules[-1], "threshold": 50}
    page = model(title="Titre", slug=f"page-{model.__name__.lower()}", **needed)
    setattr(page, field, json.dumps(raw))
    home().add_child(instance=page)
    page.save_revision(clean=False)
    return model.objects.get(pk=page.pk)


def submit(page, english):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=english)


def translate_all(translation, english):
    """Every string gets " (EN)", every value that may be replaced is replaced by itself."""
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale=english,
            defaults={"data": segment.string.data + " (EN)"},
        )
    for segment in OverridableSegment.objects.filter(source=translation.source):
        SegmentOverride.objects.get_or_create(
            context=segment.context, locale=english, defaults={"data_json": segment.data_json}
        )


def target_of(page, english):
    return page.get_translation(english).get_latest_revision_as_object()


def shape(raw):
    """Raw data with every string that was translated brought back."""
    return json.loads(json.dumps(raw, default=str).replace(" (EN)", ""))


def cases():
    """Each class of block once, where our pages nest it."""
    found = {}
    for model, field, name in sorted(streams(), key=lambda case: case[0] is not StandardPage):
        block = model._meta.get_field(field).stream_block.child_blocks[name]
        found.setdefault(type(block), (model, field, name))
    return list(found.values())


CASES = cases()


@pytest.mark.parametrize("kind", ["full", "blank", "nothing"])
@pytest.mark.parametrize(
    ("model", "field", "name"), CASES, ids=[f"{m.__name__}.{f}.{n}" for m, f, n in CASES]
)
def test_every_block_goes_through_translation(model, field, name, kind, sample, english):
    made = {"full": sample, "blank": Blank(), "nothing": Nothing()}[kind]
    block = model._meta.get_field(field).stream_block.child_blocks[name]
    page = page_of(model, field, [{"type": name, "value": made.of(block)}])
    translation = submit(page, english)
    translate_all(translation, english)
    translation.save_target(publish=False)
    translation.source.update_from_db()
    translation.save_target(publish=False)
    source, target = getattr(page, field), getattr(target_of(page, english), field)
    assert shape(json.loads(json.dumps(list(target.get_prep_value()), default=str))) == json.loads(
        json.dumps(list(source.get_prep_value()), default=str)
    )
    for child in target:
        child.render({})


@pytest.fixture
def whole(sample):
    block = StandardPage._meta.get_field("body").stream_block
    page = page_of(StandardPage, "body", sample.of(block))
    Footnote.objects.create(page=page, uuid=NOTE, text="<p>Une note</p>", locale=page.locale)
    return StandardPage.objects.get(pk=page.pk)


def test_the_translation_editor_opens_on_a_page_with_every_block(whole, english, client):
    translation = submit(whole, english)
    translation.save_target(publish=False)
    client.force_login(User.objects.create_superuser("root@example.org"))
    target = whole.get_translation(english)
    assert client.get(f"/admin/pages/{target.pk}/edit/").status_code == 200


def test_no_word_is_left_in_french(whole, english):
    translation = submit(whole, english)
    translate_all(translation, english)
    translation.save_target(publish=False)
    html = str(target_of(whole, english).body.stream_block.render(target_of(whole, english).body))
    for text in ("Un texte", "deux"):
        assert text in html
        assert text not in html.replace(f"{text} (EN)", "")


def test_numbers_dates_and_addresses_are_not_given_to_translators(whole, english):
    translation = submit(whole, english)
    strings = set(
        StringSegment.objects.filter(source=translation.source).values_list(
            "string__data", flat=True
        )
    )
    assert not {s for s in strings if "example.org" in s or s.isdigit() or s.startswith("2016")}


def test_notes_are_translated_with_the_page_and_stay_in_their_sentence(whole, english):
    translation = submit(whole, english)
    strings = StringSegment.objects.filter(source=translation.source)
    sentence = strings.filter(string__data__contains="Une phrase").first().string.data
    assert sentence.startswith("Une phrase<a id=") and "un lien" in sentence
    translate_all(translation, english)
    translation.save_target(publish=False)
    target = target_of(whole, english)
    rich = next(block.value.source for block in target.body if block.block_type == "rich_text")
    assert f'<footnote id="{NOTE}">' in rich
    [note] = target.footnotes.all()
    assert (str(note.uuid), note.text) == (NOTE, "<p>Une note (EN)</p>")


def test_items_of_lists_keep_their_identifiers_from_one_reading_to_the_next():
    raw = [{"type": "accordion", "value": {"items": [{"title": "a", "text": "<p>b</p>"}]}}]
    page = page_of(StandardPage, "body", raw)
    first, second = (
        [
            item.id
            for item in StandardPage.objects.get(pk=page.pk).body[0].value["items"].bound_blocks
        ]
        for _ in range(2)
    )
    assert first == second


def test_a_document_chosen_for_the_translation_and_then_deleted_gives_the_original(english):
    french, other = SiteDocumentFactory.create_batch(2)
    raw = [{"type": "documents", "value": {"title": "", "documents": [french.pk]}}]
    page = page_of(StandardPage, "body", raw)
    translation = submit(page, english)
    segment = OverridableSegment.objects.get(source=translation.source, data_json=str(french.pk))
    SegmentOverride.objects.create(context=segment.context, locale=english, data_json=str(other.pk))
    translation.save_target(publish=False)
    assert list(target_of(page, english).body[0].value["documents"]) == [other]
    other.delete()
    translation.save_target(publish=False)
    assert list(target_of(page, english).body[0].value["documents"]) == [french]
