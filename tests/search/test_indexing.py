"""The index follows the content, by a note in the same transaction and a task after it."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from bulletin import factories as bulletin
from bulletin.services import publish_issue, unpublish_issue
from cms import registry, tasks
from cms.factories import StandardPageFactory
from cms.models import StandardPage
from cms.searching import documents_changed
from maisons.factories import MaisonFactory, OperatorFactory
from search import indexing
from search.models import Document, Posting, StaleDocument, Word
from search.sources import page_document
from search.tasks import refresh

pytestmark = pytest.mark.django_db


def titles(source="page"):
    indexing.drain()
    return set(Document.objects.filter(source=source).values_list("title", flat=True))


def waiting():
    return DBTaskResult.objects.filter(task_path=refresh.module_path, status="READY").count()


@pytest.fixture
def up_to_date():
    indexing.rebuild()
    DBTaskResult.objects.all().delete()


def test_a_published_page_is_indexed_by_the_worker(up_to_date):
    StandardPageFactory(title="Nouvelle venue")
    assert not Document.objects.filter(title="Nouvelle venue").exists()
    tasks.run_all()
    assert Document.objects.filter(title="Nouvelle venue").exists()
    assert not StaleDocument.objects.exists()


def test_many_changes_ask_for_one_task(up_to_date):
    for number in range(5):
        StandardPageFactory(title=f"Page {number}")
    assert waiting() == 1


def test_a_change_that_is_undone_leaves_no_note(up_to_date):
    try:
        with transaction.atomic():
            StandardPageFactory(title="Jamais née")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert not StaleDocument.objects.exists()
    assert waiting() == 0


def test_a_draft_is_never_in_the_index():
    page = StandardPageFactory(title="Public")
    page.title = "Secret à venir"
    page.save_revision()
    StandardPageFactory(title="Brouillon", live=False)
    assert "Public" in titles()
    assert not titles() & {"Secret à venir", "Brouillon"}
    assert not Word.objects.filter(text="brouillon").exists()


def test_what_leaves_the_site_leaves_the_index():
    taken_off, deleted = StandardPageFactory(title="Retirée"), StandardPageFactory(title="Effacée")
    assert {"Retirée", "Effacée"} <= titles()
    taken_off.unpublish()
    deleted.delete()
    assert not {"Retirée", "Effacée"} & titles()


def test_a_change_replaces_the_old_words():
    page = StandardPageFactory(title="Autrefois")
    titles()
    page.title = "Maintenant"
    page.save_revision().publish()
    assert "Maintenant" in titles()
    assert not Posting.objects.filter(word__text="autrefois").exists()


def test_a_maison_and_what_it_offers_are_indexed():
    maison = MaisonFactory(name="Maison de Trifouilly")
    assert "Maison de Trifouilly" in titles("maison")
    maison.operators.add(OperatorFactory(name="Office des Licornes", code="licornes"))
    titles("maison")
    document = Document.objects.get(source="maison", key=str(maison.pk))
    assert "Office des Licornes" in document.keywords


def test_an_issue_published_at_once_is_indexed_whole(up_to_date):
    issue = bulletin.issue(title="Numéro entier")
    for number in range(3):
        bulletin.article(issue, title=f"Article {number}")
    assert "Article 0" not in titles()
    publish_issue(issue, None)
    assert {"Numéro entier", "Article 0", "Article 1", "Article 2"} <= titles()
    unpublish_issue(issue, None)
    assert not {"Numéro entier", "Article 0"} & titles()


def test_publishing_an_issue_costs_the_same_notes_whatever_its_length(
    up_to_date, django_assert_max_num_queries
):
    """One statement for all notes, one look for a waiting task, one task with what it costs."""
    with django_assert_max_num_queries(5), transaction.atomic():
        documents_changed.send("page", keys=range(1, 400))
    assert StaleDocument.objects.count() == 399


def test_what_changes_while_the_index_works_is_not_lost(up_to_date, monkeypatch):
    page = StandardPageFactory(title="Avant")
    write = indexing.refresh_documents

    def meanwhile(source, keys):
        write(source, keys)
        monkeypatch.setattr(indexing, "refresh_documents", write)
        StandardPage.objects.filter(pk=page.pk).update(title="Après")
        documents_changed.send("page", keys=[page.pk])

    monkeypatch.setattr(indexing, "refresh_documents", meanwhile)
    assert "Après" in titles()


def test_rebuilding_writes_only_what_differs_and_mends_what_no_signal_told():
    page = StandardPageFactory(title="Ancien titre")
    indexing.rebuild()
    assert indexing.rebuild()[1] == 0
    Page.objects.filter(pk=page.pk).update(title="Titre changé en douce")
    Document.objects.create(
        source="disparue", key="1", language="fr", kind="x", title="Orpheline", digest=""
    )
    call_command("rebuild_search", verbosity=0)
    found = set(Document.objects.values_list("title", flat=True))
    assert "Titre changé en douce" in found
    assert not found & {"Ancien titre", "Orpheline"}
    assert not Word.objects.filter(posting=None).exists()


def test_rebuilding_anew_gives_the_same_index():
    StandardPageFactory(title="La même")
    indexing.rebuild()
    before = set(Posting.objects.values_list("word__text", "document__title", "weight"))
    indexing.rebuild(anew=True)
    assert set(Posting.objects.values_list("word__text", "document__title", "weight")) == before


def test_a_body_holds_what_readers_see_and_not_the_choices_of_editors():
    page = StandardPageFactory(
        body=[
            ("heading", {"text": "Un intertitre", "level": "h2"}),
            ("rich_text", '<p>Des mots<footnote id="abc">[1]</footnote> simples</p>'),
        ]
    )
    body = page_document(page).body
    assert "Un intertitre" in body
    assert "Des mots simples" in body
    assert "Section" not in body


def test_what_no_task_brought_to_the_index_is_asked_for_again(up_to_date):
    StandardPageFactory(title="Oubliée")
    DBTaskResult.objects.all().delete()
    registry.periodic_jobs.get("search.remind").run()
    assert waiting() == 1
