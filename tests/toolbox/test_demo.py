"""The demonstration toolbox: full, sourced, dated, with real files."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile

from cms.demo_odt import odt
from cms.uploads import check_document
from tests.support.remnants import remnants
from toolbox import demo_files, queries
from toolbox.models import ArticleChange, Family, FileVersion, ToolboxArticlePage

READ = list(demo_files.read())


def test_there_are_enough_articles_on_every_shelf():
    assert len(READ) >= 18
    assert {article["family"] for article in READ} == set(Family.values)


@pytest.mark.parametrize("article", READ, ids=lambda article: article["slug"])
def test_each_article_says_its_source_and_dates(article):
    assert article["source"]
    assert article["source_date"] <= article["checked"]
    assert len(article["title"]) <= 100
    assert article["summary"]
    if article["family"] in {"juridique", "veille"}:
        assert article["date"]
    if article.get("archived"):
        assert article["archive_note"]


def test_rules_that_are_past_are_archives():
    rules = [a for a in READ if re.search(r"35 000|24 heures par semaine|80 €", a["body"])]
    assert len(rules) >= 3
    assert all(article["archived"] for article in rules)


def test_models_made_for_the_demonstration_say_that_they_are_fictitious():
    for article in READ:
        for file in article.get("files", []):
            for version in file["versions"]:
                text = version.get("content", "")
                if "(modèle" in text or "(trame" in text:
                    assert "fictif" in text or "fictive" in text


def test_french_spaces_are_set():
    text = demo_files.typography("Prix : 35 000 € ; « oui » ? 50 %")
    assert text == (
        "Prix\xa0: 35\N{NARROW NO-BREAK SPACE}000\xa0€\N{NARROW NO-BREAK SPACE}; "
        "«\xa0oui\xa0»\N{NARROW NO-BREAK SPACE}? 50\xa0%"
    )


def test_text_documents_are_well_formed_and_accepted_by_the_site():
    lines = ["# Titre & <b>", "", "Un texte.", "- un", "- deux", "| A | B |", "| 1 | 2 |"]
    content = odt("Titre", lines)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))
        text = "".join(ElementTree.fromstring(archive.read("content.xml")).itertext())
    assert text == "Titre & <b>Un texte.undeuxAB12"
    check_document(ContentFile(content, name="modele.odt"))


def test_made_twice_a_file_is_the_same():
    spec = {"make": "odt", "content": "# Titre"}
    assert demo_files.make("Titre", spec) == demo_files.make("Titre", spec)


@pytest.mark.demo
@pytest.mark.django_db
def test_it_is_loaded_whole_with_files_that_open_and_versions():
    assert ToolboxArticlePage.objects.count() == len(READ)
    versions = list(FileVersion.objects.select_related("document"))
    assert len(versions) == sum(len(f["versions"]) for a in READ for f in a.get("files", []))
    for version in versions:
        assert version.document.file_size > 0
        with version.document.file.open() as file:
            check_document(ContentFile(file.read(), name=version.document.filename))
    assert any(
        shown.earlier
        for page in ToolboxArticlePage.objects.all()
        for shown in queries.files_of(page)
    )
    assert {version.document.file_extension for version in versions} >= {"odt", "csv", "zip"}
    # Loading tells nobody.
    assert not ArticleChange.objects.exclude(note="").exists()


@pytest.mark.demo
@pytest.mark.django_db
def test_visitors_see_a_part_of_it_and_members_all(client):
    from accounts.models import User

    shown = client.get("/boite-a-outils/").context["found"].total
    assert 0 < shown < len(READ)
    client.force_login(User.objects.get(email="agent@example.org"))
    assert client.get("/boite-a-outils/").context["found"].total == len(READ)
    for page in ToolboxArticlePage.objects.live():
        assert not remnants(client.get(page.get_url()).text), page


@pytest.mark.demo
@pytest.mark.django_db
def test_loading_again_changes_nothing():
    from toolbox.demo_load import load

    before = ToolboxArticlePage.objects.count(), FileVersion.objects.count()
    load()
    assert (ToolboxArticlePage.objects.count(), FileVersion.objects.count()) == before
