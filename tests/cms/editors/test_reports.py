"""What is to be mended is found before readers find it, and disappears once mended."""

import csv
import datetime as dt
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from accounts.factories import UserFactory
from bulletin import factories as bulletin
from cms import bin, jobs, tasks
from cms.editors import ages, reports, scanning
from cms.factories import SiteDocumentFactory, SiteImageFactory, StandardPageFactory
from cms.models import ExternalAddress, PageLink, PageReview, PictureUse, SiteImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor")
    client.force_login(user)
    return user


def text(html):
    return {"type": "rich_text", "value": html}


def page_with(*blocks, **fields):
    page = StandardPageFactory(body=json.dumps(blocks), **fields)
    page.save_revision().publish()
    return Page.objects.get(pk=page.pk)


def link_to(page):
    return text(f'<p><a linktype="page" id="{page.pk}">la suite</a></p>')


def broken(user, **filters):
    return [(row.page.title, reports.link_fault(row)) for row in reports.link_rows(user, filters)]


def read_all():
    while scanning.read_what_changed():
        pass


# -- Links of this site ----------------------------------------------------------------------------


def test_a_link_to_a_page_is_broken_once_that_page_is_unpublished_or_gone(editor):
    target = StandardPageFactory()
    page_with(link_to(target), title="Source")
    read_all()
    assert broken(editor) == []

    target.unpublish()
    assert broken(editor) == [("Source", "Cette page n’est pas publique.")]

    Page.objects.get(pk=target.pk).delete()
    assert broken(editor) == [("Source", "Cette page n’existe plus.")]


def test_a_page_in_the_bin_breaks_the_links_to_it_and_has_none_of_its_own(editor):
    target = StandardPageFactory()
    source = page_with(link_to(target), title="Source")
    read_all()
    bin.put_page(target, editor)
    assert len(broken(editor)) == 1
    bin.put_page(source, editor)
    assert broken(editor) == []


@pytest.mark.parametrize(
    "block",
    [
        lambda pk: {
            "type": "cta",
            "value": {"title": "", "text": "", "label": "x", "page": pk, "url": ""},
        },
        lambda pk: {"type": "cards", "value": {"title": "", "pages": [pk], "layout": "list"}},
    ],
)
def test_links_are_found_in_blocks(editor, block):
    target = StandardPageFactory(live=False)
    page_with(block(target.pk))
    read_all()
    assert len(broken(editor)) == 1


def test_a_document_that_is_gone_breaks_the_links_to_it(editor):
    document = SiteDocumentFactory()
    page_with(text(f'<p><a linktype="document" id="{document.pk}">le bilan</a></p>'))
    read_all()
    assert broken(editor) == []
    document.delete()
    assert [fault for _page, fault in broken(editor)] == ["Ce document n’existe plus."]


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/nulle-part/", False),
        ("/recherche/", True),
        ("/maisons/", True),
        ("/maisons/departement-inconnu/", False),
        ("/presente/", True),
        ("/presente", True),
        ("/brouillon/", False),
        ("/admin/", True),
        ("http://localhost:8000/nulle-part/?a=1", False),
        ("http://localhost:8000/presente/#partie", True),
    ],
)
def test_an_address_typed_by_hand_is_asked_without_network(editor, path, answers):
    StandardPageFactory(slug="presente")
    StandardPageFactory(slug="brouillon", live=False)
    page_with(text(f'<p><a href="{path}">x</a></p>'))
    read_all()
    assert (broken(editor) == []) is answers


def test_only_public_versions_are_read_for_links(editor):
    page_with(text("<p>Rien.</p>"), live=False)
    draft = StandardPageFactory()
    draft.body = json.dumps([text('<p><a href="/nulle-part/">x</a></p>')])
    draft.save_revision()
    read_all()
    assert broken(editor) == []


def test_mended_links_leave_the_report_at_the_next_reading(editor):
    page = page_with(text('<p><a href="/nulle-part/">x</a></p>')).specific
    read_all()
    assert len(broken(editor)) == 1
    page.body = json.dumps([text('<p><a href="/recherche/">x</a></p>')])
    page.save_revision().publish()
    read_all()
    assert broken(editor) == []


def test_the_clock_has_changed_pages_read(editor, clock):
    page_with(text('<p><a href="/nulle-part/">x</a></p>'))
    jobs.tick()
    assert len(broken(editor)) == 1


def test_reading_everything_reads_again_what_did_not_change(editor):
    page = StandardPageFactory(slug="cible")
    page_with(text('<p><a href="/cible/">x</a></p>'))
    read_all()
    page.unpublish()
    assert broken(editor) == []
    scanning.read_everything.enqueue()
    tasks.run_all()
    assert len(broken(editor)) == 1


def test_an_editor_sees_the_faults_of_the_pages_they_may_change_and_no_others(editor):
    page_with(text('<p><a href="/nulle-part/">x</a></p>'))
    read_all()
    assert len(broken(editor)) == 1
    GroupPagePermission.objects.filter(group__in=editor.groups.all()).delete()
    assert broken(type(editor).objects.get(pk=editor.pk)) == []


# -- Links to other sites --------------------------------------------------------------------------


def test_one_address_in_many_pages_is_one_row_to_check(editor):
    for _ in range(3):
        page_with(text('<p><a href="https://example.org/a#ici">x</a></p>'))
    read_all()
    address = ExternalAddress.objects.get()
    assert (address.url, address.state) == ("https://example.org/a", "waiting")
    assert address.links.count() == 3
    assert broken(editor) == []
    ExternalAddress.objects.update(state="broken", detail="Page introuvable (404).")
    assert len(broken(editor, where="outside")) == 3
    assert broken(editor, where="inside") == []


def test_addresses_that_no_page_holds_any_more_are_forgotten(editor):
    page = page_with(text('<p><a href="https://example.org/a">x</a></p>')).specific
    read_all()
    page.body = json.dumps([text("<p>Rien.</p>")])
    page.save_revision().publish()
    scanning.read_everything.enqueue()
    tasks.run_all()
    assert not ExternalAddress.objects.exists()


# -- Alternatives ----------------------------------------------------------------------------------


def image_block(image, alt="", decorative=False):
    value = {"image": image.pk, "alt_text": alt, "decorative": decorative}
    return {"type": "image", "value": {"image": value, "caption": "", "credit": ""}}


def missing(user, **filters):
    return [row.image_id for row in reports.place_rows(user, filters)]


def test_a_picture_without_decision_in_a_block_is_reported_drafts_included(editor):
    image = SiteImageFactory()
    page = StandardPageFactory(live=False)
    page.body = json.dumps([image_block(image)])
    page.save_revision()
    read_all()
    assert missing(editor) == [image.pk]
    assert missing(editor, live=True) == []


@pytest.mark.parametrize("fields", [{"alt": "Une gare"}, {"decorative": True}])
def test_a_picture_described_or_decorative_is_not(editor, fields):
    page_with(image_block(SiteImageFactory(), **fields))
    read_all()
    assert missing(editor) == []


def test_a_picture_of_a_page_is_reported_until_the_library_describes_it(editor):
    image = SiteImageFactory(description="")
    page_with(listing_image=image)
    read_all()
    assert missing(editor) == [image.pk]
    SiteImage.objects.update(alt_decision="decorative")
    assert missing(editor) == []


def test_the_library_lists_what_is_neither_described_nor_decorative(editor):
    image = SiteImageFactory(description="")
    SiteImageFactory(description="", alt_decision="decorative")
    SiteImageFactory()
    assert list(reports.picture_rows(editor, {})) == [image]
    assert list(reports.picture_rows(editor, {"used": True})) == []


# -- Age -------------------------------------------------------------------------------------------


def old(user, **filters):
    return [page.title for page in reports.age_rows(user, filters)]


@pytest.fixture
def forgotten(editor):
    page = page_with(title="Oubliée", owner=editor)
    long_ago = timezone.now() - dt.timedelta(days=400)
    Page.objects.update(last_published_at=long_ago, first_published_at=long_ago)
    return page


def test_a_page_is_old_until_somebody_says_that_it_is_still_true(forgotten, editor, client):
    assert "Oubliée" in old(editor)
    client.post(reverse("cms_checked", args=[forgotten.pk]))
    assert "Oubliée" not in old(editor)
    assert PageReview.objects.get().by == editor


def test_a_check_grows_old_too(forgotten, editor, clock):
    ages.mark_checked(forgotten, editor)
    clock.shift(dt.timedelta(days=300))
    assert "Oubliée" not in old(editor)
    assert "Oubliée" in old(editor, months=6)


def test_publishing_counts_as_a_check(forgotten, editor):
    forgotten.specific.save_revision().publish()
    assert "Oubliée" not in old(editor)


def test_dated_pages_are_left_as_they_were_written(editor):
    bulletin.full_issue(1)
    Page.objects.update(last_published_at=timezone.now() - dt.timedelta(days=4000))
    assert not {"Article 1", "Un numéro"} & set(old(editor))


def test_age_is_filtered_by_type_and_owner(forgotten, editor):
    assert old(editor, type="cms.standardpage", owner=editor) == ["Oubliée"]
    assert "Oubliée" not in old(editor, type="bulletin.bulletinindexpage")


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ("2026-03-31", 1, "2026-02-28"),
        ("2026-01-15", 12, "2025-01-15"),
        ("2026-01-31", 2, "2025-11-30"),
    ],
)
def test_months_are_counted_by_the_calendar(now, months, then):
    start = dt.datetime.fromisoformat(f"{now}T10:00:00+01:00")
    assert ages.months_ago(months, start).date().isoformat() == then


# -- Screens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", sorted(reports.REPORTS))
def test_each_report_has_its_screen_and_its_file(editor, client, slug, forgotten):
    image = SiteImageFactory(description="")
    page_with(image_block(image), text('<p><a href="/nulle-part/">x</a></p>'), listing_image=image)
    read_all()
    report = reports.REPORTS[slug]
    assert client.get(report.url).context["rows"].paginator.count >= 1
    export = client.get(reverse("cms_export", args=[slug]), {"format": "csv"})
    lines = b"".join(export.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(lines), delimiter=";"))
    assert rows[0] == [str(header) for header, _getter in report.export.columns]
    assert len(rows) >= 2 and not rows[1][0].startswith("#")


@pytest.mark.parametrize("slug", sorted(reports.REPORTS))
@pytest.mark.parametrize(
    "query", ["months=abc", "type=x", "where=x&state=x", "live=x&used=x", "p=x"]
)
def test_a_wrong_filter_is_answered_with_the_page(editor, client, slug, query):
    assert client.get(f"{reports.REPORTS[slug].url}?{query}").status_code == 200


def test_a_report_costs_the_same_with_many_rows(editor, client, django_assert_max_num_queries):
    for n in range(40):
        page_with(text(f'<p><a href="/nulle-part-{n}/">x</a></p>'))
    read_all()
    with django_assert_max_num_queries(30):
        client.get(reports.LINKS.url)


def test_reading_a_page_twice_says_the_same(editor):
    page = page_with(image_block(SiteImageFactory()), text('<p><a href="/a/">x</a></p>'))
    for _ in range(2):
        scanning.read_page(page)
    assert (PageLink.objects.count(), PictureUse.objects.count()) == (1, 1)
