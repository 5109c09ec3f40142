"""Everything at once: archives hold what their reader may see, under names that every system takes."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.factories import UserFactory
from toolbox import archive, queries
from toolbox.factories import article, file, version

pytestmark = pytest.mark.django_db
INDEX = "/boite-a-outils/"


def opened(response) -> zipfile.ZipFile:
    found = zipfile.ZipFile(io.BytesIO(response.getvalue()))
    assert found.testzip() is None
    return found


def test_an_article_gives_the_newest_version_of_each_file_and_a_text(client, member):
    page = article(title="Le kit", files=("Le papier à lettres", "La signature"))
    draft = page.get_latest_revision_as_object()
    first = draft.files.get_object_list()[0]
    first.versions.add(version(dt.date(2017, 1, 1), file__data=b"la nouvelle version"))
    draft.save_revision().publish()
    response = client.get(f"{page.get_url()}tout-telecharger/")
    assert response["Content-Type"] == "application/zip"
    found = opened(response)
    assert sorted(found.namelist()) == [
        "la-signature.txt",
        "le-papier-a-lettres.txt",
        "lisez-moi.txt",
    ]
    assert found.read("le-papier-a-lettres.txt") == b"la nouvelle version"
    assert found.getinfo("le-papier-a-lettres.txt").date_time[:3] == (2017, 1, 1)
    about = found.read("lisez-moi.txt").decode("utf-8-sig")
    assert "Le papier à lettres" in about
    assert page.get_url() in about


def test_a_narrowed_shelf_gives_the_files_of_its_articles_each_in_its_folder(client, member):
    article(title="A", slug="a", family="bureautique")
    article(title="B", slug="b", family="bureautique")
    article(title="C", slug="c", family="veille")
    html = client.get(f"{INDEX}?famille=bureautique").content.decode()
    assert "tout-telecharger/?famille=bureautique" in html
    found = opened(client.get(f"{INDEX}tout-telecharger/?famille=bureautique"))
    assert sorted(found.namelist()) == ["a/le-guide.txt", "b/le-guide.txt", "lisez-moi.txt"]


def test_it_holds_only_what_its_reader_may_see(client, box):
    article(title="Zorglub", slug="zorglub", family="bureautique")
    article(box.open, title="Public", slug="public", family="bureautique")
    found = opened(client.get(f"{INDEX}tout-telecharger/?famille=bureautique"))
    everything = [*found.namelist(), found.read("lisez-moi.txt").decode()]
    assert not any("zorglub" in text.lower() for text in everything)
    client.force_login(UserFactory())
    found = opened(client.get(f"{INDEX}tout-telecharger/?famille=bureautique"))
    assert any("zorglub" in name for name in found.namelist())


@pytest.mark.parametrize("query", ["", "?famille=x", "?q=licorne", "?page=zz"])
def test_without_a_filter_that_keeps_something_there_is_nothing(client, member, query):
    article()
    assert client.get(f"{INDEX}tout-telecharger/{query}").status_code == 404


def test_too_many_articles_are_not_packed_at_once(client, member, monkeypatch):
    monkeypatch.setattr("toolbox.reading.MOST_ARTICLES", 1)
    article(family="veille")
    article(family="veille")
    assert "tout-telecharger" not in client.get(f"{INDEX}?famille=veille").content.decode()
    assert client.get(f"{INDEX}tout-telecharger/?famille=veille").status_code == 404


def test_an_article_without_files_has_no_archive(client, member):
    page = article(files=())
    assert client.get(f"{page.get_url()}tout-telecharger/").status_code == 404


def test_a_file_that_is_gone_from_the_storage_is_left_out(client, member):
    page = article(files=("Reste", "Disparu"))
    gone = queries.files_of(page)[1].newest.document
    gone.file.storage.delete(gone.file.name)
    found = opened(client.get(f"{page.get_url()}tout-telecharger/"))
    assert found.namelist() == ["reste.txt", "lisez-moi.txt"]


def test_nothing_big_is_held_in_memory(member):
    """Chunks leave as they are read, before the whole file is."""
    page = article(files=())
    page.files.add(file("Gros", file__data=b"x" * (archive.CHUNK * 4), file__filename="gros.pdf"))
    page.save_revision().publish()
    (shown,) = queries.files_of(page)
    document = shown.newest.document
    entry = archive.Entry(
        "gros.pdf", document.file.name, document.file_size, shown.newest.dated, []
    )
    parts = list(archive.stream([entry], "lisez-moi.txt", "Titre"))
    assert len(parts) >= 4
    assert max(map(len, parts)) < archive.CHUNK * 2


@settings(deadline=None)
@given(titles=st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_names_are_plain_and_unique_whatever_the_titles(titles):
    class Document:
        file_extension = "pdf"

    class Newest:
        document = Document

    class Article:
        slug = "../..\\Été"
        pk = 1

    used: set[str] = set()
    paths = []
    for title in titles:
        shown = type("Shown", (), {"title": title, "newest": Newest})
        paths.append(archive._free_name(Article, shown, used, several=True))
    assert len(set(paths)) == len(titles)
    for path in paths:
        folder, name = path.split("/")
        for part in (folder, name.removesuffix(".pdf")):
            assert part.strip(".")
            assert all(c.isascii() and (c.isalnum() or c in "-_") for c in part), path
