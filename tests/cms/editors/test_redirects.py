"""Old addresses lead to new ones, in one step and never in circles."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from accounts.factories import UserFactory
from bulletin import factories as bulletin
from bulletin import services
from cms.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(role="editor")
    client.force_login(user)
    return user


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Wagtail makes its redirects once the change is committed."""

    def publish(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return page

    return publish


def follow(client, path):
    response = client.get(path)
    assert response.status_code == 301, response.status_code
    return response.url


def test_a_page_whose_slug_changes_is_found_at_its_old_address(client, rename):
    rename(StandardPageFactory(slug="avant"), "apres")
    assert follow(client, "/avant/").endswith("/apres/")


def test_a_page_that_moves_is_found_at_its_old_address_with_all_below_it(client):
    page = StandardPageFactory(slug="page")
    StandardPageFactory(slug="dessous", parent=page)
    page.refresh_from_db()
    page.move(StandardPageFactory(slug="dossier"), pos="last-child")
    assert follow(client, "/page/").endswith("/dossier/page/")
    assert follow(client, "/page/dessous/").endswith("/dossier/page/dessous/")


def test_renamed_twice_it_is_one_step_away(client, rename):
    page = rename(StandardPageFactory(slug="un"), "deux")
    rename(page, "trois")
    assert follow(client, "/un/").endswith("/trois/")
    assert follow(client, "/deux/").endswith("/trois/")


def test_back_at_its_first_address_and_then_unpublished_it_turns_in_no_circle(client, rename):
    page = rename(StandardPageFactory(slug="un"), "deux")
    page = rename(page, "un")
    assert client.get("/un/").status_code == 200
    page.unpublish()
    assert client.get("/un/").status_code == 404


def test_nor_does_an_article_of_an_issue(client):
    issue = bulletin.full_issue(1)
    article = issue.get_children().get().specific
    first = article.slug
    for slug in ("autre", first):
        article.slug = slug
        article.save_revision()
        services.publish_issue(issue, user=None)
        article = type(article).objects.get(pk=article.pk)
    assert not Redirect.objects.filter(old_path__endswith=f"/{first}").exists()


def post(client, old, link="", page=None):
    data = {"old_path": old, "redirect_link": link, "site": "", "is_permanent": "on"}
    data["redirect_page"] = page.pk if page else ""
    return client.post(reverse("wagtailredirects:add"), data)


def test_an_editor_adds_one_by_hand(client, editor):
    target = StandardPageFactory(slug="nouvelle")
    assert post(client, "/ancienne/", page=target).status_code == 302
    assert follow(client, "/ancienne/").endswith("/nouvelle/")


def refused(response, words):
    assert response.status_code == 200
    errors = str(response.context["form"].errors)
    assert words in errors, errors


def test_a_loop_is_refused(client, editor):
    refused(post(client, "/rond/", link="http://localhost:8000/rond/"), "elle-même")


def test_a_chain_is_refused_from_both_ends(client, editor):
    target = StandardPageFactory(slug="fin")
    post(client, "/milieu/", page=target)
    refused(post(client, "/debut/", link="http://localhost:8000/milieu/"), "directement")
    Redirect.objects.create(old_path="/loin", redirect_link="http://localhost:8000/ici/")
    refused(post(client, "/ici/", page=target), "/loin")


def test_a_public_page_is_not_hidden_behind_a_redirect(client, editor):
    StandardPageFactory(slug="publique")
    refused(post(client, "/publique/", page=StandardPageFactory()), "publique se trouve")


def test_a_redirect_leads_to_a_public_page(client, editor):
    refused(post(client, "/x/", page=StandardPageFactory(live=False)), "n’est pas publique")


def test_a_redirect_edited_is_not_compared_with_itself(client, editor):
    target = StandardPageFactory(slug="fin")
    post(client, "/debut/", page=target)
    row = Redirect.objects.get()
    url = reverse("wagtailredirects:edit", args=[row.pk])
    data = {"old_path": "/debut/", "redirect_page": target.pk, "redirect_link": "", "site": ""}
    assert client.post(url, data).status_code == 302


def send(client, text, encoding="utf-8"):
    file = SimpleUploadedFile("adresses.csv", text.encode(encoding), content_type="text/csv")
    return client.post("/admin/redirects/import/", {"file": file})


def test_a_file_is_imported_by_semicolons_or_commas_with_or_without_a_header(client, editor):
    StandardPageFactory(slug="nouvelle")
    send(client, "ancienne;nouvelle\n/a/;/nouvelle/\n/b.html;https://example.org/b\n")
    send(client, "/c/,/nouvelle/,temporaire\n")
    assert follow(client, "/a/").endswith("/nouvelle/")
    assert follow(client, "/b.html") == "https://example.org/b"
    assert client.get("/c/").status_code == 302


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("/a/;/a/", "elle-même"),
        ("/a/;/nulle-part/", "Aucune page"),
        ("/a/", "Deux colonnes"),
        ("https://example.org/a;/nouvelle/", "pas une adresse de ce site"),
        ("/deja/;/nouvelle/", "déjà une redirection"),
        ("/nouvelle/;https://example.org/", "publique se trouve"),
        ("/a/;javascript:alert(1)", ""),
    ],
)
def test_each_wrong_row_is_named_with_its_line_and_nothing_is_written(client, editor, row, reason):
    StandardPageFactory(slug="nouvelle")
    Redirect.objects.create(old_path="/deja", redirect_link="https://example.org/")
    response = send(client, f"/bonne/;/nouvelle/\n{row}\n")
    assert response.status_code == 422
    ((line, _old, why),) = response.context["found"].faults
    assert line == 2 and reason in why
    assert Redirect.objects.count() == 1


def test_a_chain_within_the_file_is_refused(client, editor):
    StandardPageFactory(slug="fin")
    response = send(client, "/b/;/fin/\n/a/;http://localhost:8000/b/\n")
    assert [fault[0] for fault in response.context["found"].faults] == [2]


def test_a_file_that_is_not_utf8_says_how_to_save_it(client, editor):
    response = send(client, "/é/;/fin/\n", encoding="latin-1")
    assert "UTF-8" in response.content.decode()


def test_a_thousand_rows_cost_no_query_each(client, editor, django_assert_max_num_queries):
    StandardPageFactory(slug="fin")
    text = "".join(f"/ancienne-{n}/;https://example.org/{n}\n" for n in range(300))
    with django_assert_max_num_queries(60):
        assert send(client, text).status_code == 302
    assert Redirect.objects.count() == 300
