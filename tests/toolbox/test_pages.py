"""The shelves and the articles, as they are read."""

import datetime as dt

import pytest
from django.test import Client

from accounts.factories import UserFactory
from cms.factories import ThemeFactory
from maisons.factories import OperatorFactory
from toolbox import queries
from toolbox.factories import article, file, many_articles, version
from toolbox.models import ToolboxArticlePage

pytestmark = pytest.mark.django_db
INDEX = "/boite-a-outils/"


def titles(response) -> list[str]:
    return [row.title for row in response.context["found"].page]


# -- Who sees what ------------------------------------------------------------------------------
def test_articles_are_for_members_and_some_are_public(client, box):
    article(title="Convention type")
    article(box.open, title="Logo à télécharger")
    assert titles(client.get(INDEX)) == ["Logo à télécharger"]
    client.force_login(UserFactory())
    assert sorted(titles(client.get(INDEX))) == ["Convention type", "Logo à télécharger"]


def test_visitors_are_told_how_members_sign_in(client, box):
    html = client.get(INDEX).content.decode()
    assert f"/compte/connexion/?next={INDEX}" in html
    assert "Votre compte s’ouvre sur invitation" in html


def test_a_member_s_article_sends_a_visitor_to_sign_in_and_back(client):
    page = article()
    response = client.get(page.get_url())
    assert response.status_code == 302
    assert page.get_url() in response["Location"]


def test_every_way_out_of_the_members_section_is_closed_to_visitors(client, box):
    """Listing, section, search, sitemap, files of every version, archives."""
    page = article(title="Zorglub", summary="zorglub", slug="zorglub", files=())
    shelved = file("zorglub")
    shelved.versions.add(version(dt.date(2015, 1, 1)))
    page.files.add(shelved)
    page.save_revision().publish()
    files = [shown.document.url for shown in queries.files_of(page)[0].versions]
    assert len(files) == 2
    for path in (INDEX, f"{INDEX}?q=zorg", f"{INDEX}public/", "/recherche/?q=zorg", "/sitemap.xml"):
        assert "zorglub" not in client.get(path).content.decode().lower(), path
    for url in (box.members.get_url(), f"{page.get_url()}tout-telecharger/"):
        assert client.get(url).status_code == 302
    assert client.get(f"{INDEX}tout-telecharger/?q=zorglub").status_code == 404
    assert [client.get(url).status_code for url in files] == [404, 404]
    client.force_login(UserFactory())
    assert [client.get(url).status_code for url in files] == [200, 200]
    assert "Zorglub" in client.get(f"{INDEX}?q=zorglub").content.decode()


def test_the_members_section_closes_itself_in_whatever_way_it_is_made(box):
    from wagtail.models import Locale

    assert box.members.view_restrictions.get().restriction_type == "login"
    english = Locale.objects.get(language_code="en")
    copy = box.members.copy_for_translation(english, copy_parents=True)
    copy.save()
    assert {row.restriction_type for row in copy.view_restrictions.all()} == {"login"}


def test_nobody_opens_the_members_section_from_the_admin(box):
    root = UserFactory(is_superuser=True, role="administrator")
    assert not box.members.permissions_for_user(root).can_set_view_restrictions()


def test_a_draft_is_on_no_shelf(client, member):
    article(live=False, title="Brouillon")
    assert titles(client.get(INDEX)) == []


def test_moving_an_article_to_the_other_section_changes_who_reads_it(client, box):
    page = article(box.open)
    document = page.files.first().versions.first().document
    assert client.get(document.url).status_code == 200
    page.move(box.members, pos="last-child")
    assert client.get(document.url).status_code == 404
    assert titles(client.get(INDEX)) == []


# -- Finding ------------------------------------------------------------------------------------
def test_filters_by_family_operator_and_theme_add_up(client, member):
    caf, theme = OperatorFactory(code="caf"), ThemeFactory(code="logement")
    article(title="A", family="operateurs", operators=[caf], themes=[theme])
    article(title="B", family="operateurs", operators=[caf])
    article(title="C", family="juridique", operators=[caf])
    article(title="D", family="operateurs")
    assert titles(client.get(f"{INDEX}?operateur=caf")) == ["A", "B", "C"]
    assert titles(client.get(f"{INDEX}?operateur=caf&famille=operateurs")) == ["A", "B"]
    assert titles(client.get(f"{INDEX}?operateur=caf&famille=operateurs&theme=logement")) == ["A"]
    counts = client.get(f"{INDEX}?operateur=caf").context["found"].families
    assert {f["code"]: f["count"] for f in counts} == {"operateurs": 2, "juridique": 1}


@pytest.mark.parametrize(
    "query",
    ["conventions", "CONVENTION", "échéance", "echeances", "modele", "convention caf", "généraux"],
)
def test_words_are_found_however_they_are_written(client, member, query):
    article(
        title="Les conventions locales",
        summary="Échéances, termes généraux et Caf",
        files=("Modèle",),
    )
    assert titles(client.get(INDEX, {"q": query})) == ["Les conventions locales"]


def test_words_that_are_nowhere_find_nothing_and_a_way_on_is_shown(client, member):
    article()
    html = client.get(f"{INDEX}?q=licorne").content.decode()
    assert "Aucun article trouvé" in html


@pytest.mark.parametrize(
    "query", ["famille=x", "operateur=x", "theme=x", "page=x", "page=0", "q=%00", "q=" + "x" * 99]
)
def test_a_wrong_parameter_is_said_and_the_others_still_used(client, member, query):
    article(title="Toujours là")
    response = client.get(f"{INDEX}?{query}")
    assert response.status_code == 200
    assert "notice--error" in response.content.decode()
    assert titles(response) == ["Toujours là"]


def test_a_page_after_the_last_is_not_there(client, member):
    article()
    assert client.get(f"{INDEX}?page=2").status_code == 404


def test_what_is_read_for_its_date_comes_newest_first_and_archives_last(client, member):
    article(title="Vieille", family="veille", display_date=dt.date(2015, 8, 7))
    article(title="Récente", family="veille", display_date=dt.date(2016, 12, 28))
    article(title="Passée", family="veille", display_date=dt.date(2017, 1, 1), archived=True)
    article(title="Zèbre", family="pilotage")
    article(title="Abeille", family="pilotage")
    assert titles(client.get(INDEX)) == ["Abeille", "Zèbre", "Récente", "Vieille", "Passée"]


# -- An article ---------------------------------------------------------------------------------
def test_the_newest_version_is_shown_and_the_older_ones_stay_reachable(client, member):
    page = article(files=())
    shelved = file("La fiche")
    shelved.versions.add(version(dt.date(2017, 2, 1), note="le temps de travail"))
    shelved.versions.add(version(dt.date(2015, 7, 1)))
    page.files.add(shelved)
    page.save_revision().publish()
    (shown,) = client.get(page.get_url()).context["files"]
    assert [v.dated.year for v in (shown.newest, *shown.earlier)] == [2017, 2016, 2015]
    html = client.get(page.get_url()).content.decode()
    for one in (shown.newest, *shown.earlier):
        assert one.document.url in html
        assert client.get(one.document.url).status_code == 200
    assert html.index(shown.newest.document.url) < html.index("2 versions précédentes")


def test_an_article_says_when_it_was_checked_its_source_and_who_is_in_charge(client, member):
    owner = UserFactory(first_name="Dominique", last_name="Durable")
    page = article(
        in_charge=owner,
        checked_on=dt.date(2016, 9, 1),
        source="Bulletin n° 2",
        source_date=dt.date(2016, 9, 1),
    )
    html = client.get(page.get_url()).content.decode()
    assert "Vérifié le 1er septembre 2016" in html
    assert "Il est temps de le vérifier à nouveau" in html
    assert "Source\xa0: Bulletin n° 2" in html or "Source : Bulletin n° 2" in html
    assert "Dominique Durable" in html


def test_who_is_in_charge_is_not_told_to_visitors(client, box):
    owner = UserFactory(first_name="Dominique", last_name="Durable")
    page = article(box.open, in_charge=owner)
    assert "Durable" not in client.get(page.get_url()).content.decode()


def test_an_archive_says_so_and_why(client, member):
    page = article(archived=True, archive_note="Règle de février 2017, remplacée depuis.")
    for path in (page.get_url(), INDEX):
        assert "Archive" in client.get(path).content.decode().split("<main")[1]
    assert "Règle de février 2017" in client.get(page.get_url()).content.decode()


def test_a_preview_shows_the_files_of_the_draft(member):
    page = article(files=("Ancien",))
    page.files.add(file("Tout neuf"))
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    response = draft.make_preview_request()
    assert "Tout neuf" in response.content.decode()


def test_visitors_may_be_given_a_kept_page_but_members_are_not(client, box):
    page = article(box.open)
    client.get(page.get_url())
    assert client.get(page.get_url()).headers.get("X-Page-Cache") == "hit"
    other = Client()
    other.force_login(UserFactory())
    assert "Suivre cet article" in other.get(page.get_url()).content.decode()


# -- Costs --------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [10, 1000])
@pytest.mark.parametrize("signed_in", [False, True])
def test_pages_cost_the_same_with_few_and_many_articles(
    client, box, settings, count, signed_in, django_assert_max_num_queries
):
    settings.PAGE_CACHE = False
    section = box.members if signed_in else box.open
    many_articles(section, count)
    if signed_in:
        client.force_login(UserFactory())
    page = ToolboxArticlePage.objects.child_of(section).first()
    for path in (INDEX, section.get_url(), f"{INDEX}?q=article&famille=veille", page.get_url()):
        with django_assert_max_num_queries(22 if signed_in else 16):
            assert client.get(path).status_code == 200
