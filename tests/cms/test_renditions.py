"""Pictures are served in WebP at once, in AVIF once the worker has made it."""

import json

import pytest
from django.template import engines
from django_tasks_db.models import DBTaskResult

from cms.factories import SiteImageFactory, StandardPageFactory
from cms.models import SiteImage
from cms.renditions import SIZES, make_renditions

pytestmark = pytest.mark.django_db
TEMPLATE = '{% include "components/picture.html" %}'


def html(image, **context):
    return engines["django"].from_string(TEMPLATE).render({"image": image, **context})


@pytest.mark.parametrize("size", SIZES)
def test_a_reader_never_waits_for_avif(size):
    image = SiteImageFactory()
    first = html(image, size=size, alt="Une Maison")
    assert ".avif" not in first and ".webp" in first and 'alt="Une Maison"' in first
    make_renditions.call([image.pk])
    second = html(SiteImage.objects.get(pk=image.pk), size=size, alt="Une Maison")
    assert "<source " in second and 'type="image/avif"' in second and ".webp" in second


def test_making_them_again_makes_nothing():
    image = SiteImageFactory()
    make_renditions.call([image.pk])
    before = set(image.renditions.values_list("pk", flat=True))
    make_renditions.call([image.pk])
    assert set(image.renditions.values_list("pk", flat=True)) == before


def test_a_picture_whose_file_is_gone_stops_nothing():
    gone, other = SiteImageFactory.create_batch(2)
    gone.file.storage.delete(gone.file.name)
    make_renditions.call([gone.pk, other.pk])
    assert other.renditions.exists()


def test_publishing_a_page_has_them_made_and_a_draft_has_not():
    image = SiteImageFactory()
    value = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}}
    page = StandardPageFactory(live=False, body=json.dumps([{"type": "image", "value": value}]))
    page.save_revision()
    waiting = DBTaskResult.objects.filter(task_path="cms.renditions.make_renditions")
    assert not waiting.exists()
    page.get_latest_revision().publish()
    assert [row.args_kwargs["args"] for row in waiting] == [[[image.pk]]]


def test_the_description_follows_the_decision():
    image = SiteImageFactory(description="Une Maison")
    assert 'alt="Une Maison"' in html(image)
    image.alt_decision = SiteImage.AltDecision.DECORATIVE
    assert 'alt=""' in html(image)
    assert 'alt=""' in html(SiteImageFactory(), decorative=True)
