"""Editors write articles in the admin, files and their versions included."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from cms.factories import SiteDocumentFactory
from toolbox.factories import article
from toolbox.models import ToolboxArticlePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor", first_name="Claude")
    client.force_login(user)
    return user


def posted(**changes) -> dict[str, str]:
    """The form of a new article with one file in two versions."""
    old, new = SiteDocumentFactory(), SiteDocumentFactory()
    empty = {
        "TOTAL_FORMS": "0",
        "INITIAL_FORMS": "0",
        "MIN_NUM_FORMS": "0",
        "MAX_NUM_FORMS": "1000",
    }
    data = {
        "title": "La fiche de poste",
        "slug": "la-fiche-de-poste",
        "summary": "Ce que fait un agent.",
        "family": "pilotage",
        "check_every": "6",
        "checked_on": "2026-09-07",
        "body-count": "0",
        "action-publish": "action-publish",
        **{f"footnotes-{key}": value for key, value in empty.items()},
        **{f"comments-{key}": value for key, value in empty.items()},
        **{f"files-{key}": value for key, value in {**empty, "TOTAL_FORMS": "1"}.items()},
        "files-0-title": "Le modèle",
        "files-0-ORDER": "1",
        **{f"files-0-versions-{key}": v for key, v in {**empty, "TOTAL_FORMS": "2"}.items()},
        "files-0-versions-0-document": str(old.pk),
        "files-0-versions-0-dated": "2016-09-01",
        "files-0-versions-0-ORDER": "1",
        "files-0-versions-1-document": str(new.pk),
        "files-0-versions-1-dated": "2017-02-01",
        "files-0-versions-1-note": "le temps de travail",
        "files-0-versions-1-ORDER": "2",
    }
    return {**data, **changes}


def test_an_editor_creates_an_article_with_a_file_and_its_versions(client, editor, box):
    screen = f"/admin/pages/add/toolbox/toolboxarticlepage/{box.members.pk}/"
    html = client.get(screen).content.decode()
    # In charge of it unless somebody else is named.
    assert f'<option value="{editor.pk}" selected>' in html
    response = client.post(screen, posted(in_charge=str(editor.pk)))
    assert response.status_code == 302, response.context["form"].errors
    page = ToolboxArticlePage.objects.get()
    versions = [v.dated for f in page.files.all() for v in f.versions.all()]
    assert versions == [dt.date(2016, 9, 1), dt.date(2017, 2, 1)]
    assert page.in_charge == editor
    html = client.get(page.get_url()).content.decode()
    assert "le temps de travail" in html


def test_an_archive_must_say_why(client, editor, box):
    screen = f"/admin/pages/add/toolbox/toolboxarticlepage/{box.members.pk}/"
    response = client.post(screen, posted(archived="on"))
    assert response.status_code == 200
    assert "archive_note" in response.context["form"].errors


def test_only_those_who_edit_can_be_put_in_charge(client, editor, box):
    agent = UserFactory()
    screen = f"/admin/pages/add/toolbox/toolboxarticlepage/{box.members.pk}/"
    response = client.post(screen, posted(in_charge=str(agent.pk)))
    assert "in_charge" in response.context["form"].errors


def test_whoever_was_in_charge_before_may_stay(client, editor):
    agent = UserFactory()
    page = article(in_charge=agent)
    html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f'<option value="{agent.pk}" selected>' in html


def test_articles_stand_in_a_section_and_nowhere_else(box):
    assert ToolboxArticlePage.can_create_at(box.members)
    assert ToolboxArticlePage.can_create_at(box.open)
    assert not ToolboxArticlePage.can_create_at(box.index)


def test_a_document_that_a_version_shows_is_not_deleted(editor):
    from django.db.models import ProtectedError

    page = article()
    document = page.files.all()[0].versions.all()[0].document
    with pytest.raises(ProtectedError):
        document.delete()
