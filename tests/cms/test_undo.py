"""The last change of a page can be undone, and undoing can be undone."""

import pytest
from django.urls import reverse

from accounts.models import User
from cms import undo
from cms.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "motdepasse-solide")


@pytest.fixture
def page(root):
    page = StandardPageFactory(summary="Avant")
    page.save_revision(user=root).publish()
    page.summary = "Après"
    page.save_revision(user=root)
    return page


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_draft_goes_back_and_the_public_page_does_not_move(page, root):
    undo.undo_last_change(page, root)
    assert draft(page).summary == "Avant"
    assert type(page).objects.get(pk=page.pk).summary == "Avant"


def test_undoing_can_be_undone(page, root):
    for _ in range(2):
        page.refresh_from_db()
        undo.undo_last_change(page, root)
    assert draft(page).summary == "Après"


def test_saving_without_a_change_is_nothing_to_go_back_from(root):
    page = StandardPageFactory()
    page.save_revision(user=root)
    page.save_revision(user=root)
    page.refresh_from_db()
    with pytest.raises(undo.NothingToUndo):
        undo.undo_last_change(page, root)


def test_it_is_done_from_the_admin_after_a_question(page, root, client):
    client.force_login(root)
    url = reverse("cms_undo_page", args=[page.pk])
    assert client.get(url).status_code == 200
    assert draft(page).summary == "Après"
    client.post(url)
    assert draft(page).summary == "Avant"


def test_it_is_written_in_the_history(page, root):
    from wagtail.models import PageLogEntry

    undo.undo_last_change(page, root)
    assert PageLogEntry.objects.filter(page=page.pk, action="cms.undo", user=root).exists()
