"""Deleting is deliberate and can be undone for thirty days; losing is impossible."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from cms import bin, registry
from cms.factories import StandardPageFactory, ThemeFactory
from cms.models import BasePage, BinEntry, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "motdepasse-solide")


@pytest.fixture
def tree():
    parent = StandardPageFactory(title="Dossier", slug="dossier")
    StandardPageFactory(title="Publiée", slug="publiee", parent=parent)
    StandardPageFactory(title="Brouillon", slug="brouillon", parent=parent, live=False)
    return Page.objects.get(pk=parent.pk)


def titles():
    return set(BasePage.objects.visible_to(None).values_list("title", flat=True)) - {"Accueil"}


def test_a_deleted_page_leaves_the_site_with_all_under_it(tree, root, client):
    bin.put_page(tree, root)
    assert titles() == set()
    assert client.get("/dossier/").status_code == 404
    assert client.get("/dossier/publiee/").status_code == 404


def test_it_comes_back_where_it_was_as_it_was(tree, root, client):
    entry = bin.put_page(tree, root)
    bin.restore(entry, root)
    assert titles() == {"Dossier", "Publiée"}
    assert client.get("/dossier/publiee/").status_code == 200
    assert client.get("/dossier/brouillon/").status_code == 404
    assert not BinEntry.objects.exists()


def test_two_pages_of_the_same_address_can_both_be_in_the_bin(root):
    for _ in range(2):
        bin.put_page(StandardPageFactory(slug="meme-adresse"), root)
    assert BinEntry.objects.count() == 2


def test_a_page_does_not_come_back_over_another(root):
    entry = bin.put_page(StandardPageFactory(slug="adresse"), root)
    StandardPageFactory(slug="adresse")
    with pytest.raises(bin.CannotRestore):
        bin.restore(entry, root)
    assert BinEntry.objects.filter(pk=entry.pk).exists()


def test_a_child_waits_for_its_parent(tree, root):
    child = bin.put_page(Page.objects.get(slug="publiee"), root)
    parent = bin.put_page(tree, root)
    with pytest.raises(bin.CannotRestore):
        bin.restore(child, root)
    bin.restore(parent, root)
    bin.restore(child, root)
    assert titles() == {"Dossier", "Publiée"}


def test_the_admin_deletes_into_the_bin(tree, root, client):
    client.force_login(root)
    url = reverse("wagtailadmin_pages:delete", args=[tree.pk])
    assert client.get(url).status_code == 200
    client.post(url)
    assert BinEntry.objects.get().object_id == str(tree.pk)
    page = client.get(reverse("cms_bin"))
    assert "Dossier" in page.content.decode()
    client.post(reverse("cms_bin_restore", args=[BinEntry.objects.get().uuid]))
    assert titles() == {"Dossier", "Publiée"}


def test_the_admin_deletes_several_into_the_bin(root, client):
    pages = [StandardPageFactory() for _ in range(2)]
    client.force_login(root)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{url}?id={pages[0].pk}&id={pages[1].pk}&next=/admin/")
    assert BinEntry.objects.count() == 2
    assert Page.objects.filter(pk__in=[page.pk for page in pages]).count() == 2


def test_what_waited_thirty_days_ends(tree, root):
    bin.put_page(tree, root)
    assert bin.purge(timezone.now() + dt.timedelta(days=29)) == 0
    assert bin.purge(timezone.now() + dt.timedelta(days=31)) == 1
    assert not Page.objects.filter(pk=tree.pk).exists()


def test_a_row_comes_back_with_what_went_with_it(root):
    kind = bin.Kind("test.theme", "Theme", Theme, lambda user: True)
    registry.bin_kinds.register("test.theme", kind)
    theme = ThemeFactory(label_fr="Mobilité")
    page = StandardPageFactory()
    page.themes.add(theme)
    page.save()
    entry = bin.put_object(kind, theme, root)
    assert not Theme.objects.filter(label_fr="Mobilité").exists()
    bin.restore(entry, root)
    assert list(BasePage.objects.get(pk=page.pk).themes.values_list("label_fr", flat=True)) == [
        "Mobilité"
    ]


def test_a_person_without_rights_neither_sees_nor_restores(tree, root, client):
    entry = bin.put_page(tree, root)
    client.force_login(User.objects.create_user("nobody@example.org"))
    assert client.get(reverse("cms_bin")).status_code in {302, 403}
    assert client.post(reverse("cms_bin_restore", args=[entry.uuid])).status_code in {302, 403}
    assert BinEntry.objects.exists()
