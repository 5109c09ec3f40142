"""What readers get: the index by year, issues, articles, their neighbours, notes and themes."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction
from wagtail_footnotes.models import Footnote

from accounts.factories import UserFactory
from bulletin import factories, queries
from bulletin.models import ArticlePage
from cms import registry

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index():
    page = factories.bulletin_index()
    return page


def get(client, page, status=200):
    response = client.get(page.get_url())
    assert response.status_code == status
    return response


def test_index_lists_issues_by_year_newest_first_without_drafts(client, index):
    factories.issue("Ancien", live=True, year=2015)
    factories.issue("Récent", live=True, year=2017)
    factories.issue("Caché", year=2018)

    years = get(client, index).context["years"]

    assert [(year, [i.title for i in issues]) for year, issues in years] == [
        (2017, ["Récent"]),
        (2015, ["Ancien"]),
    ]


def test_contents_follow_the_order_of_sections_then_of_articles(client):
    issue = factories.issue(live=True)
    for title, section, position in [("C", "zoom", 2), ("B", "zoom", 1), ("A", "actors", 9)]:
        factories.article(issue, title, live=True, section=section, position=position)
    factories.article(issue, "Brouillon", section="actors")

    sections = get(client, issue).context["sections"]

    assert [(code, [a.title for a in articles]) for code, _label, articles in sections] == [
        ("actors", ["A"]),
        ("zoom", ["B", "C"]),
    ]


def test_previous_and_next_follow_the_issue_across_its_sections(client):
    issue = factories.issue(live=True)
    last = factories.article(issue, "Fin", live=True, section="map")
    first = factories.article(issue, "Début", live=True, section="actors")
    middle = factories.article(issue, "Milieu", live=True, section="zoom")

    context = get(client, middle).context

    assert (context["previous"].pk, context["next"].pk) == (first.pk, last.pk)
    assert get(client, first).context["previous"] is None
    assert get(client, last).context["next"] is None


def test_a_long_article_has_a_table_of_contents_that_leads_to_its_headings(client):
    issue = factories.issue(live=True)
    long = factories.article(
        issue, live=True, body=factories.body("x", headings=("Un début", "La suite", "La suite"))
    )
    short = factories.article(issue, live=True, body=factories.body("x", headings=("Un début",)))

    response = get(client, long)

    anchors = [anchor for _level, anchor, _text in response.context["toc"]]
    assert len(set(anchors)) == 3
    html = response.content.decode()
    for anchor in anchors:
        assert f'id="{anchor}"' in html and f'href="#{anchor}"' in html
    assert get(client, short).context["toc"] == []


def test_reading_time_counts_the_words_of_the_body():
    issue = factories.issue()
    assert factories.article(issue, body=factories.body("un mot")).reading_minutes == 1
    assert factories.article(issue, body=factories.body("mot " * 900)).reading_minutes == 5


def test_footnotes_are_numbered_in_the_order_of_their_calls_and_come_back(client):
    issue = factories.issue(live=True)
    ids = [f"{n}0000000-0000-4000-8000-000000000000" for n in (1, 2, 3)]
    call = '<footnote id="{}">abc</footnote>'
    text = f"Un{call.format(ids[1])} deux{call.format(ids[0])} trois{call.format(ids[1])} perdu{call.format('9' * 8)}"
    article = factories.article(issue, live=True, body=factories.body(text))
    for number, identifier in enumerate(ids):
        Footnote.objects.create(
            page=article, uuid=identifier, text=f"<p>note {number}</p>", locale=article.locale
        )

    response = get(client, article)

    notes = response.context["footnotes"]
    assert [(n.number, n.text, len(n.anchors)) for n in notes] == [
        (1, "<p>note 1</p>", 2),
        (2, "<p>note 0</p>", 1),
    ]
    html = response.content.decode()
    assert "<footnote" not in html
    targets = set(re.findall(r'id="([^"]+)"', html))
    for note in notes:
        assert f'href="#note-{note.number}"' in html and f"note-{note.number}" in targets
        for anchor in note.anchors:
            assert f'href="#{anchor}"' in html and anchor in targets


def test_the_first_key_figures_stand_beside_the_text_and_only_there(client):
    figure = {"value": "60", "label": "inscrits", "source": "Ayen", "date": "2016-09-15"}
    body = [{"type": "key_figures", "value": {"title": "", "figures": [figure]}}]
    article = factories.article(factories.issue(live=True), live=True, body=json.dumps(body))

    response = get(client, article)

    assert response.context["figures"]["figures"][0]["value"] == "60"
    assert response.content.decode().count("inscrits") == 1


def test_related_articles_share_a_theme_and_those_that_share_most_come_first(client):
    issue = factories.issue(live=True)
    article = factories.article(issue, live=True, themes=("mobility", "health"))
    one = factories.article(issue, live=True, themes=("health",))
    both = factories.article(issue, live=True, themes=("mobility", "health"))
    factories.article(issue, live=True, themes=("housing",))
    factories.article(issue, live=False, themes=("health",))

    assert [a.pk for a in get(client, article).context["related"]] == [both.pk, one.pk]


def test_what_is_restricted_to_a_group_leaks_nowhere(client, rf):
    open_issue = factories.full_issue(1)
    closed = factories.full_issue(1, title="Réservé")
    group = Group.objects.create(name="lecteurs")
    restriction = PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(group)
    article, secret = (ArticlePage.objects.child_of(i).get() for i in (open_issue, closed))
    member = UserFactory()
    member.groups.add(group)

    index = factories.bulletin_index()
    feed = client.get(index.get_url() + "flux/").content.decode()
    entries = client.get("/sitemap.xml").content.decode()
    assert "Réservé" not in get(client, index).content.decode()
    assert secret.get_url() not in get(client, article).content.decode()
    assert secret.get_url() not in feed and article.get_url() in feed
    assert closed.get_url() not in entries and article.get_url() in entries
    assert queries.related_ids(article, None) == []
    assert queries.related_ids(article, member) == [secret.pk]
    cards = registry.listing_cards.get("bulletin")
    request = rf.get("/")
    request.user = UserFactory()
    assert [c["url"] for c in cards([article, secret], request)] == [article.get_url()]


def test_feed_is_atom_with_absolute_addresses_and_lasting_identifiers(client):
    issue = factories.issue(live=True, display_date="2016-09-15")
    article = factories.article(issue, "Un & deux", live=True, display_date="2016-09-15")
    factories.article(issue, "Brouillon")

    response = client.get(factories.bulletin_index().get_url() + "flux/")

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == ["Un & deux"]
    assert (
        entries[0].find(f"{ATOM}link").get("href") == f"{settings.SITE_ORIGIN}{article.get_url()}"
    )
    assert entries[0].findtext(f"{ATOM}id") == f"urn:uuid:{article.translation_key}"
    assert entries[0].findtext(f"{ATOM}published").startswith("2016-09-15T12:00:00")


def test_pages_describe_themselves_to_search_engines(client):
    issue = factories.issue(live=True, number=7)
    article = factories.article(issue, live=True)

    (issue_data,) = get(client, issue).context["page_meta"].json_ld
    (article_data,) = get(client, article).context["page_meta"].json_ld

    assert (issue_data["@type"], issue_data["issueNumber"]) == ("PublicationIssue", 7)
    assert issue_data["isPartOf"]["@type"] == "Periodical"
    assert article_data["@type"] == "Article"
    assert article_data["isPartOf"]["issueNumber"] == 7
    assert article_data["url"].startswith(settings.SITE_ORIGIN)


@pytest.mark.parametrize("articles", [2, 200])
def test_pages_cost_as_many_queries_with_2_articles_as_with_200(
    client, django_assert_max_num_queries, articles
):
    issue = factories.full_issue(articles)
    factories.full_issue(2)
    article = ArticlePage.objects.child_of(issue)[1]
    pages = [factories.bulletin_index().get_url(), issue.get_url(), article.get_url()]
    pages.append(pages[0] + "flux/")
    for url in pages:
        with django_assert_max_num_queries(20):
            assert client.get(url).status_code == 200
    user = UserFactory(role="editor")
    client.force_login(user)
    for url in pages:
        with django_assert_max_num_queries(30):
            assert client.get(url).status_code == 200
