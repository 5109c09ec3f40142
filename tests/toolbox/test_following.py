"""Members follow articles, and are told what changes; whoever is in charge is told what grows old."""

import datetime as dt

import pytest

from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.personal_data import erase
from cms import registry
from toolbox import reminders, services
from toolbox.factories import article, file, version
from toolbox.models import ArticleChange, Follow, ToolboxArticlePage

pytestmark = pytest.mark.django_db


def told(user, kind=services.CHANGED) -> list[str]:
    rows = Notification.objects.filter(user=user, kind=kind).order_by("created_at")
    return [row.text for row in rows]


def published(page, **changes) -> ToolboxArticlePage:
    """Publish an article with some changes, as an editor does."""
    draft = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return ToolboxArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def follower(member):
    return member


@pytest.fixture
def page(follower):
    page = article(title="La convention")
    services.follow(follower, page)
    return page


def test_one_follows_and_stops_with_a_button(client, member):
    page = article()
    assert "Suivre cet article" in client.get(page.get_url()).content.decode()
    client.post(f"{page.get_url()}suivre/", {"suivre": "1"})
    assert Follow.objects.filter(user=member, article=page).count() == 1
    client.post(f"{page.get_url()}suivre/", {"suivre": "1"})
    assert Follow.objects.filter(user=member, article=page).count() == 1
    assert "Ne plus suivre" in client.get(page.get_url()).content.decode()
    client.post(f"{page.get_url()}suivre/", {"suivre": "0"})
    assert not Follow.objects.exists()


@pytest.mark.parametrize("data", [{}, {"suivre": "x"}])
def test_a_wrong_choice_changes_nothing_and_is_said(client, member, data):
    page = article()
    response = client.post(f"{page.get_url()}suivre/", data, follow=True)
    assert not Follow.objects.exists()
    assert "n’a pas été compris" in response.content.decode()


def test_a_visitor_of_a_public_article_is_sent_to_sign_in(client, box):
    page = article(box.open)
    response = client.post(f"{page.get_url()}suivre/", {"suivre": "1"})
    assert "/compte/connexion/" in response["Location"]
    assert not Follow.objects.exists()


def test_followers_are_told_what_the_editors_wrote(page, follower):
    stranger = UserFactory()
    published(page, change_note="L’article 4 est réécrit.")
    assert told(follower) == ["L’article 4 est réécrit."]
    assert told(stranger) == []
    row = Notification.objects.get(user=follower)
    assert row.title == "Du nouveau\xa0: La convention"
    assert row.url == page.get_url()


def test_the_first_publication_tells_nobody(page, follower):
    assert told(follower) == []
    assert ArticleChange.objects.filter(article=page, note="").count() == 1


def test_correcting_a_word_tells_nobody(page, follower):
    published(page, title="La convention locale")
    assert told(follower) == []


def test_the_same_note_is_told_once(page, follower):
    page = published(page, change_note="Une annexe de plus.")
    published(page, title="Autre titre")
    assert told(follower) == ["Une annexe de plus."]


def test_a_new_version_of_a_file_is_told_without_a_word_of_the_editors(page, follower):
    draft = page.get_latest_revision_as_object()
    draft.files.get_object_list()[0].versions.add(version(dt.date(2017, 2, 1)))
    draft.files.add(file("L’annexe"))
    draft.save_revision().publish()
    assert told(follower) == ["Nouvelle version\xa0: Le guide, L’annexe"]


def test_becoming_an_archive_is_told(page, follower):
    published(page, archived=True, archive_note="Remplacée.")
    assert told(follower) == ["L’article devient une archive\xa0: ce qu’il dit ne s’applique plus."]


def test_a_draft_tells_nobody(page, follower):
    page.change_note = "Bientôt."
    page.save_revision()
    assert told(follower) == []


def test_the_professional_space_shows_what_changed_in_what_one_follows(client, page, follower):
    published(page, change_note="L’article 4 est réécrit.")
    published(article(title="Autre chose"), change_note="Ailleurs.")
    html = client.get("/espace-pro/").content.decode()
    assert "Du nouveau dans ce que vous suivez" in html
    assert html.count("L’article 4 est réécrit.") >= 1
    assert "Ailleurs." not in html


def test_the_doors_lead_to_the_toolbox_and_to_the_supports(client, member, box):
    informed = client.get("/espace-pro/s-informer/").content.decode()
    assert box.index.get_url() in informed
    active = client.get("/espace-pro/gerer-mon-activite/").content.decode()
    assert "/boite-a-outils/supports/" in active


# -- Growing old --------------------------------------------------------------------------------
def old(**fields) -> ToolboxArticlePage:
    return article(checked_on=dt.date(2026, 1, 15), check_every=6, **fields)


def test_whoever_is_in_charge_is_reminded_when_an_article_grows_old():
    owner = UserFactory(role="editor")
    page = old(title="La fiche de poste", in_charge=owner)
    assert reminders.remind(dt.date(2026, 7, 14)) == 0
    assert reminders.remind(dt.date(2026, 7, 15)) == 1
    row = Notification.objects.get(user=owner)
    assert row.title == "À vérifier\xa0: La fiche de poste"
    assert "15 janvier 2026" in row.text
    assert row.url == page.get_url()


def test_once_a_month_until_it_is_checked():
    owner = UserFactory(role="editor")
    page = old(in_charge=owner)
    days = [dt.date(2026, 7, 15), dt.date(2026, 7, 31), dt.date(2026, 8, 1), dt.date(2026, 8, 2)]
    assert [reminders.remind(day) for day in days] == [1, 0, 1, 0]
    services.mark_checked(page, owner)
    assert reminders.remind(dt.date(2026, 9, 1)) == 0


@pytest.mark.parametrize("fields", [{"archived": True}, {"live": False}])
def test_archives_and_drafts_do_not_grow_old(fields):
    old(in_charge=UserFactory(role="editor"), **fields)
    assert reminders.remind(dt.date(2027, 1, 1)) == 0


@pytest.mark.parametrize("gone", [True, False])
def test_the_national_team_is_reminded_when_nobody_is_in_charge(gone):
    team = UserFactory(role="national-team")
    old(in_charge=UserFactory(is_active=False) if gone else None)
    assert reminders.remind(dt.date(2026, 7, 15)) == 1
    assert Notification.objects.get().user == team


def test_the_reminder_is_a_periodic_job():
    job = registry.periodic_jobs.get("toolbox.remind_to_check")
    assert job.every == dt.timedelta(hours=24)
    old(in_charge=UserFactory(role="editor"))
    job.run()
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2026, 12, 1), 12, dt.date(2027, 12, 1)),
        (dt.date(2026, 11, 30), 15, dt.date(2028, 2, 29)),
    ],
)
def test_months_end_where_they_end(day, months, expected):
    assert reminders.add_months(day, months) == expected


# -- Saying that it is still right --------------------------------------------------------------
def test_whoever_is_in_charge_says_that_it_is_still_right(clock, client, member):
    page = article(in_charge=member, checked_on=dt.date(2020, 1, 1))
    assert "toujours juste" in client.get(page.get_url()).content.decode()
    client.post(f"{page.get_url()}verifier/")
    page.refresh_from_db()
    assert page.checked_on == dt.date(2026, 9, 7)
    assert page.get_latest_revision_as_object().checked_on == dt.date(2026, 9, 7)
    assert not page.has_unpublished_changes


def test_others_do_not(client, member):
    page = article(checked_on=dt.date(2020, 1, 1))
    assert "toujours juste" not in client.get(page.get_url()).content.decode()
    assert client.post(f"{page.get_url()}verifier/").status_code == 403
    page.refresh_from_db()
    assert page.checked_on == dt.date(2020, 1, 1)


def test_the_draft_that_waits_is_checked_too_and_stays_a_draft(clock):
    owner = UserFactory(role="editor")
    page = article(title="Publié", checked_on=dt.date(2020, 1, 1))
    page.title = "À relire"
    page.save_revision()
    services.mark_checked(ToolboxArticlePage.objects.get(pk=page.pk), owner)
    page = ToolboxArticlePage.objects.get(pk=page.pk)
    assert (page.title, page.checked_on.year, page.has_unpublished_changes) == (
        "Publié",
        2026,
        True,
    )
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.checked_on.year) == ("À relire", 2026)


def test_checking_tells_no_follower(page, follower):
    services.mark_checked(page, UserFactory(role="editor"))
    assert told(follower) == []


# -- Personal data ------------------------------------------------------------------------------
def test_what_one_follows_is_exported_and_erased_with_the_account(page, follower):
    mine = article(title="Dont j’ai la charge", in_charge=follower)
    data = registry.personal_data.get("toolbox").export(follower)
    assert [row["article__title"] for row in data["articles_followed"]] == ["La convention"]
    assert data["articles_in_charge_of"] == ["Dont j’ai la charge"]
    erase(follower)
    assert not Follow.objects.exists()
    mine.refresh_from_db()
    assert mine.in_charge is None
