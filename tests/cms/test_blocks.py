"""Every block renders whatever it holds, and shows itself to editors before they choose it."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale, Page, PageViewRestriction

from cms.blocks import BodyStreamBlock
from cms.blocks.links import CardsBlock
from cms.blocks.media import VideoBlock
from cms.factories import (
    SiteDocumentFactory,
    SiteImageFactory,
    SiteMediaFactory,
    StandardPageFactory,
    home,
)
from cms.models import SiteDocument, SiteImage, SiteMedia
from learning.factories import ModuleFactory
from learning.models import BankTheme, Question, TrainingModulePage, WebinarPage
from learning.quizzes.factories import make_question, make_theme
from learning.webinars.factories import make_webinar
from learning.webinars.factories import page_of as webinar_page

from .block_samples import HOSTILE, Blank, Nothing, Sample, streams

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen():
    return {
        Page: home().pk,
        SiteImage: SiteImageFactory(title=HOSTILE, credit=HOSTILE).pk,
        SiteDocument: SiteDocumentFactory(title=HOSTILE).pk,
        SiteMedia: SiteMediaFactory(title=HOSTILE, transcript=HOSTILE).pk,
        TrainingModulePage: ModuleFactory(title=HOSTILE).pk,
        Question: make_question().pk,
        BankTheme: make_theme().pk,
        WebinarPage: webinar_page(make_webinar()).pk,
    }


def all_blocks():
    found = {}
    for model, field, name in streams():
        block = model._meta.get_field(field).stream_block.child_blocks[name]
        found.setdefault(type(block), (name, block))
    return list(found.values())


BLOCKS = pytest.mark.parametrize(
    "block", [b for _n, b in all_blocks()], ids=[n for n, _b in all_blocks()]
)


def is_chosen_among_others(block):
    """A row of a list of one kind is added, not chosen: it needs no description."""
    return any(
        len(model._meta.get_field(field).stream_block.child_blocks) > 1
        for model, field, name in streams()
        if type(model._meta.get_field(field).stream_block.child_blocks[name]) is type(block)
    )


def rendered(block, raw):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return str(block.bind(block.to_python(raw)).render({"request": request}))


@BLOCKS
def test_every_block_renders_full_blank_empty_and_hostile_values(block, chosen):
    hostile = Sample(
        text=HOSTILE, rich="<p>texte</p>", url='https://example.org/?a="><script>', chosen=chosen
    )
    for sample in (Sample(chosen=chosen), Blank(), Nothing(), hostile):
        html = rendered(block, sample.of(block))
        assert "<script>alert" not in html and "<img src=x" not in html
        assert '"><script>' not in html


@BLOCKS
def test_every_block_shows_and_describes_itself(block, chosen):
    if not is_chosen_among_others(block):
        return
    assert block.meta.description
    assert block.is_previewable
    html = str(block.bind(block.get_preview_value()).render({}))
    # The others choose among pages and recordings, of which there may be none.
    assert html.strip() or block.name in {"cards", "embed", "latest_issue"}


def test_previews_do_without_any_media():
    for _name, block in all_blocks():
        block.bind(block.get_preview_value()).render({})


# -- Rules of each block -----------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["value", "label", "source", "date"])
def test_a_figure_without_its_source_or_date_is_refused(missing):
    figure = {
        "value": "60",
        "label": "inscrits",
        "source": "Maison d’Ayen",
        "source_url": "",
        "date": dt.date(2016, 9, 1),
    }
    block = BodyStreamBlock().child_blocks["key_figures"]
    block.clean(block.to_python({"title": "", "figures": [figure]}))
    figure[missing] = None if missing == "date" else ""
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "", "figures": [figure]}))


def test_a_picture_is_described_or_declared_decorative():
    block = BodyStreamBlock().child_blocks["image"]
    raw = {"image": {"image": SiteImageFactory().pk, "decorative": False, "alt_text": ""}}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(raw))
    for kept in ({"decorative": True}, {"alt_text": "Une Maison"}):
        block.clean(block.to_python({"image": {**raw["image"], **kept}}))


def test_a_video_is_published_with_its_transcript_alone():
    block = VideoBlock()
    block.set_name("video")
    value = block.to_python({"video": SiteMediaFactory(transcript=" ").pk, "title": "x"})
    with pytest.raises(ValidationError):
        block.clean(value)
    block.clean(block.to_python({"video": SiteMediaFactory().pk, "title": "x"}))


def test_a_video_has_native_controls_captions_and_transcript():
    block = BodyStreamBlock().child_blocks["video"]
    html = rendered(block, {"video": SiteMediaFactory().pk, "title": "Visite"})
    assert "<video controls" in html and '<track kind="captions"' in html
    assert "<details" in html and "dit bonjour" in html


# -- Cards ----------------------------------------------------------------------------------------


def cards(pages, user=None):
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    block = CardsBlock()
    block.set_name("cards")
    value = block.to_python({"title": "", "pages": [page.pk for page in pages], "layout": "list"})
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = block.get_context(value, {"request": request})["cards"]
    return [page.title for page in found], len(queries)


def test_cards_keep_their_order_and_drop_drafts_and_what_the_reader_may_not_see():
    shown = [StandardPageFactory(title=title) for title in ("B", "A")]
    draft = StandardPageFactory(title="Draft", live=False)
    hidden = StandardPageFactory(title="Hidden")
    row = PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.GROUPS
    )
    row.groups.set([Group.objects.create(name="x")])
    assert cards([shown[0], draft, hidden, shown[1]])[0] == ["B", "A"]


def test_cards_cost_the_same_whatever_their_number():
    pages = [StandardPageFactory(listing_image=SiteImageFactory()) for _ in range(8)]
    few, many = cards(pages[:2])[1], cards(pages)[1]
    # The chosen pages, who may see them, the cards, the renditions of their pictures.
    assert few == many <= 5


def test_cards_lead_to_the_translation_in_the_language_of_the_reader():
    english = Locale.objects.get(language_code="en")
    home().copy_for_translation(english).save_revision().publish()
    page = StandardPageFactory(title="À propos")
    translated = page.copy_for_translation(english)
    translated.title = "About"
    translated.save_revision().publish()
    with override("en"):
        assert cards([page])[0] == ["About"]
    with override("fr"):
        assert cards([page])[0] == ["À propos"]


# -- Cost of pictures ------------------------------------------------------------------------------


def cost(client, count):
    images = SiteImageFactory.create_batch(count)
    blocks = [
        {
            "type": "image",
            "value": {"image": {"image": image.pk, "decorative": False, "alt_text": "x"}},
        }
        for image in images
    ]
    gallery = [
        {"type": "item", "value": block["value"], "id": str(n)} for n, block in enumerate(blocks)
    ]
    page = StandardPageFactory(
        body=json.dumps([*blocks, {"type": "gallery", "value": {"title": "", "images": gallery}}])
    )
    client.get(page.url)  # makes the renditions
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.url).content.count(b"<picture") == 2 * count
    return len(queries)


def test_a_page_of_pictures_costs_no_query_a_picture(client):
    assert cost(client, 2) == cost(client, 6) <= 20
