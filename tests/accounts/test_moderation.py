"""What somebody without the right to publish wrote is read by the moderators before it is public."""

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Workflow

from accounts import moderation, notify
from accounts.factories import UserFactory
from accounts.groups import sync_groups
from accounts.models import Frequency, Notification
from cms import tasks
from cms.factories import StandardPageFactory
from cms.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(first_name="Noé", last_name="Exemple")


@pytest.fixture
def editor():
    return UserFactory(role="editor")


@pytest.fixture
def page(author):
    page = StandardPageFactory(title="Un atelier", live=False, owner=author)
    page.save_revision(user=author)
    return page


def told(user):
    return [(row.kind, row.title, row.text) for row in Notification.objects.filter(user=user)]


def waiting(page):
    return page.current_workflow_task_state


def test_the_workflow_is_there_after_migrate_and_made_once():
    sync_groups()
    moderation.sync_moderation()
    moderation.sync_moderation()
    assert Workflow.objects.filter(name=moderation.NAME).count() == 1
    task = moderation.workflow().tasks.get().specific
    assert {group.name for group in task.groups.all()} == {
        "Rédaction",
        "Rédaction en chef",
        "Cellule nationale",
        "Administration",
    }


def test_wagtail_sends_no_mail_of_its_own(page, author, editor):
    for row in (editor, author):
        for kind in ("moderation.submitted", "moderation.approved"):
            notify.choose(row, kind, site=True, mail=Frequency.NEVER)
    moderation.submit(page, author)
    waiting(page).approve(user=editor)
    tasks.run_all()
    assert django_mail.outbox == []


def test_the_moderators_are_told_and_the_author_is_not(page, author, editor):
    moderation.submit(page, author)
    assert told(editor) == [
        ("moderation.submitted", "À relire : « Un atelier »", "Proposé par Noé Exemple.")
    ]
    assert told(author) == []


def test_the_author_reads_why_a_text_is_sent_back(page, author, editor):
    moderation.submit(page, author)
    waiting(page).reject(user=editor, comment="Il manque le budget.")
    kind, _title, text = told(author)[0]
    assert (kind, text) == ("moderation.refused", "Il manque le budget.")
    found = moderation.status(page)
    assert (found.state, found.comment) == (moderation.REFUSED, "Il manque le budget.")
    assert not StandardPage.objects.get(pk=page.pk).live


def test_an_approved_text_is_public_and_the_author_told(page, author, editor):
    moderation.submit(page, author)
    waiting(page).approve(user=editor, comment="Merci.")
    page = StandardPage.objects.get(pk=page.pk)
    assert page.live
    assert moderation.status(page).state == moderation.PUBLISHED
    assert told(author)[0][0] == "moderation.approved"


def test_a_text_sent_back_is_submitted_again_in_the_same_review(page, author, editor):
    first = moderation.submit(page, author)
    waiting(page).reject(user=editor, comment="Non.")
    again = moderation.submit(page, author)
    assert again.pk == first.pk
    assert moderation.status(page).state == moderation.SUBMITTED
    assert len(told(editor)) == 2


def test_submitting_twice_is_submitting_once(page, author, editor):
    assert moderation.submit(page, author).pk == moderation.submit(page, author).pk
    assert len(told(editor)) == 1


def test_an_author_takes_back_what_was_submitted(page, author, editor):
    moderation.submit(page, author)
    task = waiting(page)
    assert moderation.withdraw(page, author)
    assert moderation.status(page).state == moderation.DRAFT
    task.refresh_from_db()
    with pytest.raises(PermissionDenied):
        task.approve(user=editor)
    assert not moderation.withdraw(page, author)


def test_an_update_leaves_the_public_page_until_it_is_approved(page, author, editor):
    page.get_latest_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    page.title = "Deux ateliers"
    page.save_revision(user=author)
    moderation.submit(page, author)
    assert StandardPage.objects.get(pk=page.pk).title == "Un atelier"
    waiting(page).approve(user=editor)
    assert StandardPage.objects.get(pk=page.pk).title == "Deux ateliers"


def test_nothing_is_submitted_before_something_is_written(author):
    page = StandardPageFactory(live=False)
    with pytest.raises(PermissionDenied):
        moderation.submit(page, author)


def test_the_status_of_many_pages_is_one_query(author, django_assert_num_queries):
    pages = [StandardPageFactory(live=False) for _ in range(5)]
    for page in pages:
        page.save_revision()
    moderation.submit(pages[0], author)
    with django_assert_num_queries(1):
        found = moderation.statuses(pages)
    assert [found[page.pk].state for page in pages] == ["submitted", *["draft"] * 4]


def test_a_moderator_finds_it_in_the_admin_and_approves_there(page, author, editor, client):
    moderation.submit(page, author)
    client.force_login(editor)
    assert "Un atelier" in client.get(reverse("wagtailadmin_home")).content.decode()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", waiting(page).pk])
    client.post(url, {})
    assert StandardPage.objects.get(pk=page.pk).live
