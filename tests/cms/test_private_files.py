"""A file is private until a page that the reader may see uses it."""

import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms import bin, media_use
from cms.factories import (
    SiteDocumentFactory,
    SiteImageFactory,
    SiteMediaFactory,
    StandardPageFactory,
)
from cms.models import FileUse, SiteDocument, SiteImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return SiteDocumentFactory()


@pytest.fixture
def image():
    return SiteImageFactory()


@pytest.fixture
def member():
    user = User.objects.create_user("member@example.org")
    user.groups.add(Group.objects.get_or_create(name="Members")[0])
    return user


@pytest.fixture
def editor():
    user = User.objects.create_user("editor@example.org")
    user.groups.add(Group.objects.get(name="Rédaction"))
    return user


def documents_block(*documents):
    ids = [document.pk for document in documents]
    return [{"type": "documents", "value": {"title": "", "documents": ids}}]


def page_with(blocks, **kwargs):
    page = StandardPageFactory(live=False, **kwargs)
    page.body = json.dumps(blocks)
    page.save_revision()
    return page


def published(page):
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page


def restrict(page, kind, *groups, password=""):
    row = PageViewRestriction.objects.create(page=page, restriction_type=kind, password=password)
    row.groups.set(groups)
    return row


def status(client, url, user=None):
    client.logout()
    if user:
        client.force_login(user)
    return client.get(url).status_code


# -- Who reads a file ---------------------------------------------------------------------------


def test_a_file_that_no_page_uses_is_for_editors_and_whoever_uploaded_it(
    client, document, member, editor
):
    assert status(client, document.url) == 404
    assert status(client, document.url, member) == 404
    assert status(client, document.url, editor) == 200
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=member)
    assert status(client, document.url, member) == 200


def test_a_draft_shows_its_files_to_nobody_and_its_publication_to_everybody(client, document):
    page = page_with(documents_block(document))
    assert status(client, document.url) == 404
    published(page)
    assert status(client, document.url) == 200
    page.unpublish()
    assert status(client, document.url) == 404


def test_what_is_public_flips_in_the_transaction_that_publishes(client, document):
    page = page_with(documents_block(document))
    with pytest.raises(RuntimeError), transaction.atomic():
        published(page)
        assert SiteDocument.objects.visible_to(None).filter(pk=document.pk).exists()
        raise RuntimeError
    assert status(client, document.url) == 404


def test_a_file_taken_out_of_the_draft_stays_until_the_draft_is_published(client, document):
    page = published(page_with(documents_block(document)))
    page.body = json.dumps([])
    page.save_revision()
    assert status(client, document.url) == 200
    published(page)
    assert status(client, document.url) == 404


def test_a_restricted_page_shows_its_files_to_those_it_admits(client, document, member):
    page = published(page_with(documents_block(document)))
    stranger = User.objects.create_user("stranger@example.org")
    restriction = restrict(page, PageViewRestriction.GROUPS, *member.groups.all())
    assert status(client, document.url) == 404
    assert status(client, document.url, stranger) == 404
    assert status(client, document.url, member) == 200
    restriction.delete()
    assert status(client, document.url) == 200


def test_a_restriction_above_the_page_counts_too(client, document):
    parent = StandardPageFactory()
    published(page_with(documents_block(document), parent=parent))
    assert status(client, document.url) == 200
    restrict(parent, PageViewRestriction.LOGIN)
    assert status(client, document.url) == 404


def test_the_password_of_a_page_opens_its_files(client, document):
    page = published(page_with(documents_block(document)))
    restriction = restrict(page, PageViewRestriction.PASSWORD, password="sésame")
    assert status(client, document.url) == 404
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
        {"password": "sésame", "return_url": "/"},
    )
    assert client.get(document.url).status_code == 200


def test_a_public_page_is_enough_even_when_another_is_restricted(client, document):
    restricted = published(page_with(documents_block(document)))
    restrict(restricted, PageViewRestriction.LOGIN)
    published(page_with(documents_block(document)))
    assert status(client, document.url) == 200


def test_the_bin_closes_the_files_of_a_page_and_restoring_opens_them(client, document, editor):
    page = published(page_with(documents_block(document)))
    entry = bin.put_page(page, editor)
    assert status(client, document.url) == 404
    bin.restore_page(entry, editor)
    assert status(client, document.url) == 200


def test_renditions_follow_and_the_original_is_for_editors(client, image, editor):
    rendition = image.get_rendition("width-40")
    assert status(client, rendition.url) == 404
    published(page_with([{"type": "image", "value": {"image": {"image": image.pk}}}]))
    assert status(client, rendition.url) == 200
    assert status(client, image.file.url) == 404
    assert status(client, image.file.url, editor) == 200


def test_the_picture_of_a_page_counts_as_used(client, image):
    page = StandardPageFactory(live=False, listing_image=image)
    page.save_revision()
    url = image.get_rendition("width-40").url
    assert status(client, url) == 404
    published(page)
    assert status(client, url) == 200


def test_captions_follow_their_recording(client):
    recording = SiteMediaFactory()
    value = {"video": recording.pk, "title": "Visite"}
    assert status(client, recording.captions.url) == 404
    published(page_with([{"type": "video", "value": value}]))
    assert status(client, recording.captions.url) == 200
    assert status(client, recording.file.url) == 200


# -- Finding what a page uses -------------------------------------------------------------------


def test_files_are_found_wherever_blocks_nest_them_without_a_query(django_assert_num_queries):
    images = SiteImageFactory.create_batch(4)
    documents = SiteDocumentFactory.create_batch(3)
    link = '<p><a linktype="document" id="{}">x</a></p>'
    page = page_with(
        [
            {"type": "image", "value": {"image": {"image": images[0].pk}}},
            {
                "type": "gallery",
                "value": {
                    "images": [
                        {"type": "item", "value": {"image": {"image": images[1].pk}}, "id": "a"},
                        {"image": {"image": images[2].pk}},
                    ]
                },
            },
            {
                "type": "partner",
                "value": {
                    "name": "x",
                    "logo": images[3].pk,
                    "description": link.format(documents[0].pk),
                },
            },
            {
                "type": "accordion",
                "value": {"items": [{"title": "x", "text": link.format(documents[1].pk)}]},
            },
            {
                "type": "table",
                "value": {
                    "caption": "x",
                    "table": {
                        "columns": [{"type": "rich_text", "heading": "x"}],
                        "rows": [{"values": [link.format(documents[2].pk)]}],
                    },
                },
            },
            {"type": "unknown", "value": {"image": 1}},
            {"type": "image", "value": None},
        ]
    )
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    with django_assert_num_queries(0):
        found = media_use.files_of(page)
    assert found == {("images", i.pk) for i in images} | {("documents", d.pk) for d in documents}


def test_many_pages_are_noted_in_four_queries(django_assert_max_num_queries):
    documents = SiteDocumentFactory.create_batch(12)
    pages = [page_with(documents_block(document)) for document in documents]
    media_use.refresh(pages)
    for page in pages[:6]:
        page.body = json.dumps(documents_block(documents[11]))
    with django_assert_max_num_queries(4):
        media_use.refresh(pages)
    assert FileUse.objects.filter(file_id=documents[11].pk).count() == 7


def test_a_deleted_file_leaves_no_use_behind(document):
    published(page_with(documents_block(document)))
    document.delete()
    assert not FileUse.objects.exists()


def test_listing_files_gives_readers_what_they_may_read(document, member):
    other, _unused = SiteDocumentFactory.create_batch(2)
    published(page_with(documents_block(document)))
    restrict(published(page_with(documents_block(other))), PageViewRestriction.LOGIN)
    assert set(SiteDocument.objects.visible_to(None)) == {document}
    assert set(SiteDocument.objects.visible_to(member)) == {document, other}


# -- Addresses and answers ----------------------------------------------------------------------


def test_addresses_cannot_be_guessed_and_names_are_safe(document, image):
    kind, file_uuid, version, name = document.url.removeprefix("/medias/").split("/")
    assert (kind, file_uuid) == ("documents", str(document.uuid))
    assert len(version) == 8 and name == "compte-rendu-n-2.txt"
    assert str(image.pk) not in image.get_rendition("width-40").url.split("/")


def test_a_new_file_has_a_new_address(document):
    before = document.url
    document.file.save("Compte rendu n° 2.txt", ContentFile(b"corrected"))
    assert document.url != before


@pytest.mark.parametrize(
    "path",
    [
        "documents/{uuid}/00000000/compte-rendu-n-2.txt",
        "documents/{uuid}/{version}/other.txt",
        "images/{uuid}/{version}/compte-rendu-n-2.txt",
        "unknown/{uuid}/{version}/compte-rendu-n-2.txt",
        "documents/{uuid}/../../../db.sqlite3",
        "documents/{uuid}/{version}/%2e%2e%2fdb.sqlite3",
    ],
)
def test_nothing_but_the_files_of_an_object_is_served(client, document, path):
    published(page_with(documents_block(document)))
    version = document.file.name.split("/")[2]
    assert client.get(
        "/medias/" + path.format(uuid=document.uuid, version=version)
    ).status_code in {
        404,
        400,
    }


def test_wagtails_own_address_with_its_sequential_number_is_gone(client, document):
    published(page_with(documents_block(document)))
    assert client.get(f"/documents/{document.pk}/x.txt").status_code == 404


def test_only_what_is_public_may_be_kept_by_caches(client, document, editor):
    client.force_login(editor)
    private = client.get(document.url)
    assert private["Cache-Control"] == "private, no-store"
    assert private["X-Robots-Tag"] == "noindex"
    client.logout()
    published(page_with(documents_block(document)))
    public = client.get(document.url)
    assert "public" in public["Cache-Control"] and "immutable" in public["Cache-Control"]


def test_documents_are_downloaded_and_pictures_shown(client, document, image):
    published(
        page_with(
            [
                *documents_block(document),
                {"type": "image", "value": {"image": {"image": image.pk}}},
            ]
        )
    )
    assert (
        client.get(document.url)["Content-Disposition"]
        == 'attachment; filename="compte-rendu-n-2.txt"'
    )
    picture = client.get(image.get_rendition("width-40|format-webp").url)
    assert picture["Content-Type"] == "image/webp"
    assert picture["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("asked", "code", "body", "content_range"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_recording_can_be_asked_for(client, asked, code, body, content_range):
    recording = SiteMediaFactory()
    published(page_with([{"type": "video", "value": {"video": recording.pk, "title": "x"}}]))
    response = client.get(recording.file.url, headers={"range": asked})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, content) == (code, body)
    assert response.get("Content-Range") == content_range


def test_a_browser_that_has_the_file_is_not_sent_it_again(client, document):
    published(page_with(documents_block(document)))
    etag = client.get(document.url)["ETag"]
    assert client.get(document.url, headers={"if-none-match": etag}).status_code == 304


def test_nginx_or_the_bucket_may_send_the_bytes(client, document, settings, monkeypatch):
    published(page_with(documents_block(document)))
    settings.FILES_SENT_BY = "nginx"
    response = client.get(document.url)
    assert response["X-Accel-Redirect"] == f"/_fichiers/{document.file.name}"
    assert response.content == b""
    settings.FILES_SENT_BY = "bucket"
    monkeypatch.setattr(
        "cms.storages.PrivateFileStorage.presigned",
        lambda self, name, **parameters: f"https://bucket.example.org/{name}?signature=x",
        raising=False,
    )
    response = client.get(document.url)
    assert response.status_code == 302
    assert response["Location"].startswith("https://bucket.example.org/documents/")


def test_serving_a_public_file_costs_few_queries(client, document, django_assert_max_num_queries):
    published(page_with(documents_block(document)))
    restrict(StandardPageFactory(), PageViewRestriction.LOGIN)
    with django_assert_max_num_queries(4):
        client.get(document.url)


# -- What pictures give away ------------------------------------------------------------------


def photograph(name="photo.jpg", orientation=6):
    """A JPEG taken lying down, with a GPS position."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (46.0, 12.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "teal").save(out, "JPEG", exif=exif)
    return ContentFile(out.getvalue(), name=name)


def test_position_and_camera_are_dropped_and_the_picture_stands_upright():
    image = SiteImage(title="Photo", file=photograph())
    image.save()
    with Image.open(image.file.open()) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (40, 80) == (image.width, image.height)
    assert image.file_size == image.file.size


def test_a_picture_without_traces_is_kept_as_it_is():
    out = io.BytesIO()
    Image.new("RGB", (80, 40), "teal").save(out, "PNG")
    image = SiteImage(title="Dessin", file=ContentFile(out.getvalue(), name="dessin.png"))
    image.save()
    assert image.file.read() == out.getvalue()
