"""Contributions: who writes what and when, who decides, who sees it, and for how long it is kept."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from accounts import personal_data
from accounts.factories import UserFactory
from accounts.models import Notification
from cms import pagecache
from newsroom import contributing
from newsroom import factories_meetings as make
from newsroom.contribution_giving import CONTRIBUTIONS
from newsroom.models import Contribution

pytestmark = pytest.mark.django_db
State = Contribution.State


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.REQUIRE_MFA = False


@pytest.fixture
def page(clock):
    return make.consultation()


@pytest.fixture
def author(clock):
    return UserFactory(first_name="Noa", last_name="Accueil")


@pytest.fixture
def moderator(clock):
    return UserFactory(role="editor")


@pytest.fixture
def member(client, author):
    client.force_login(author)
    return client


def data(**fields):
    values = {"title": "Ouvrir le samedi", "text": "Parce que.", "capacity": "agent"}
    return {**values, "scenario_key": None, "signed": False, **fields}


def posted(action="submit", **fields):
    values = {"title": "Ouvrir le samedi", "text": "Parce que.", "capacity": "agent"}
    return {**values, "identifier": str(uuid.uuid4()), "action": action, **fields}


def contribute_url(page):
    return reverse("newsroom_contribute", args=[page.slug])


def own_url(row):
    return reverse("newsroom_contribution", args=[row.uuid])


def read(client, page):
    return client.get(page.get_url()).content.decode()


def only_row():
    return Contribution.objects.get()


# -- Writing --------------------------------------------------------------------------------------


def test_who_is_not_signed_in_reads_and_is_asked_to_sign_in_to_write(client, page):
    make.contribution(page, title="Idée publiée")
    assert "Idée publiée" in read(client, page)
    response = client.get(contribute_url(page))
    assert response.status_code == 302
    assert "/compte/connexion/" in response.url


def test_what_is_sent_waits_and_nobody_sees_it(member, client, page):
    member.post(contribute_url(page), posted())
    assert only_row().state == State.SUBMITTED
    client.logout()
    assert "Ouvrir le samedi" not in read(client, page)


def test_a_draft_may_lack_its_text_and_what_is_sent_may_not(member, page):
    member.post(contribute_url(page), posted("draft", text=""))
    row = only_row()
    assert row.state == State.DRAFT
    response = member.post(own_url(row), posted(text=""))
    assert response.status_code == 200
    assert response.context["form"].errors["text"]
    member.post(own_url(row), posted(text="Enfin."))
    assert only_row().state == State.SUBMITTED


def test_a_form_sent_twice_makes_one_contribution(member, page):
    form = posted()
    member.post(contribute_url(page), form)
    member.post(contribute_url(page), form)
    assert Contribution.objects.count() == 1


def test_nobody_writes_over_somebody_elses_by_its_identifier(member, page):
    row = make.contribution(page, state="draft", title="À autrui")
    response = member.post(contribute_url(page), posted("draft", identifier=str(row.uuid)))
    assert response.status_code == 403
    row.refresh_from_db()
    assert row.title == "À autrui"


def test_a_scenario_of_another_consultation_is_refused(member, page):
    make.scenario(page)
    other = make.scenario(make.consultation())
    response = member.post(contribute_url(page), posted(scenario_key=str(other.translation_key)))
    assert response.context["form"].errors["scenario_key"]
    assert not Contribution.objects.exists()


def test_a_person_writes_ten_contributions_at_most(author, page):
    for _ in range(contributing.MAX_EACH):
        make.contribution(page, author=author)
    with pytest.raises(ValidationError):
        contributing.save(author, page, data(), uuid.uuid4())
    contributing.save(UserFactory(), page, data(), uuid.uuid4())


def test_html_is_shown_as_it_was_typed(client, page):
    make.contribution(page, title="<b>Gras</b>", text="<script>alert(1)</script>")
    shown = read(client, page)
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "&lt;b&gt;Gras" in shown


# -- The closing date -----------------------------------------------------------------------------


def test_nothing_is_written_before_the_opening_nor_from_the_closing_on(author, page, clock):
    for moment, opened in [
        (page.opens_at - dt.timedelta(seconds=1), False),
        (page.opens_at, True),
        (page.closes_at - dt.timedelta(seconds=1), True),
        (page.closes_at, False),
    ]:
        clock.move_to(moment)
        if opened:
            contributing.save(author, page, data(), uuid.uuid4())
        else:
            with pytest.raises(ValidationError):
                contributing.save(author, page, data(), uuid.uuid4())


def test_a_form_opened_before_the_closing_and_sent_after_it_is_refused(member, page, clock):
    assert member.get(contribute_url(page)).status_code == 200
    clock.move_to(page.closes_at)
    response = member.post(contribute_url(page), posted())
    assert "fermée" in str(response.context["form"].non_field_errors())
    assert not Contribution.objects.exists()


def test_a_draft_cannot_be_sent_after_the_closing(member, author, page, clock):
    row = make.contribution(page, state="draft", author=author)
    clock.move_to(page.closes_at)
    member.post(own_url(row), posted())
    with pytest.raises(ValidationError):
        contributing.submit(row, author)
    assert only_row().state == State.DRAFT


def test_a_closing_brought_forward_by_an_editor_counts_at_once(author, page):
    type(page).objects.filter(pk=page.pk).update(closes_at=timezone.now())
    with pytest.raises(ValidationError):
        contributing.save(author, page, data(), uuid.uuid4())


def test_a_consultation_that_is_a_draft_or_was_held_elsewhere_takes_none(author, client):
    client.force_login(author)
    hidden = make.consultation(live=False)
    told = make.consultation(takes_contributions=False, opens_at=None, closes_at=None)
    for page in (hidden, told):
        assert client.get(contribute_url(page)).status_code == 404
        with pytest.raises(ValidationError):
            contributing.save(author, page, data(), uuid.uuid4())


def test_who_may_not_see_the_consultation_cannot_answer_it(member, page):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.GROUPS
    )
    assert member.post(contribute_url(page), posted()).status_code == 404


# -- Taking back ----------------------------------------------------------------------------------


def test_what_is_withdrawn_no_longer_shows_from_that_instant_on(client, author, page, settings):
    settings.PAGE_CACHE = True
    row = make.contribution(page, author=author, title="Idée à reprendre")
    assert "Idée à reprendre" in read(client, page)  # and is kept
    version = pagecache.content_version()
    contributing.withdraw(row, author)
    assert pagecache.content_version() > version
    assert "Idée à reprendre" not in read(client, page)


def test_one_withdraws_even_after_the_closing_and_takes_it_up_only_before(
    member, author, page, clock
):
    row = make.contribution(page, author=author)
    member.post(reverse("newsroom_contribution_withdraw", args=[row.uuid]))
    assert only_row().state == State.WITHDRAWN
    member.post(reverse("newsroom_contribution_reopen", args=[row.uuid]))
    assert only_row().state == State.DRAFT
    clock.move_to(page.closes_at)
    contributing.withdraw(row, author)
    with pytest.raises(ValidationError):
        contributing.reopen(row, author)


@pytest.mark.parametrize(
    "change", [contributing.submit, contributing.withdraw, contributing.reopen]
)
def test_nobody_changes_somebody_elses(page, change):
    row = make.contribution(page, state="draft")
    with pytest.raises(PermissionDenied):
        change(row, UserFactory())


@pytest.mark.parametrize("state", ["draft", "submitted", "refused", "withdrawn", "published"])
def test_ones_own_page_is_for_its_author_alone(client, author, moderator, page, state):
    row = make.contribution(page, state=state, author=author)
    for person, status in [(author, 200), (moderator, 404), (UserFactory(), 404)]:
        client.force_login(person)
        assert client.get(own_url(row)).status_code == status


# -- Moderation -----------------------------------------------------------------------------------


def moderate(client, moderator, row, **form):
    client.force_login(moderator)
    return client.post(reverse("newsroom_moderation", args=[row.uuid]), form)


def test_what_is_accepted_shows_and_its_author_is_told(client, author, moderator, page):
    row = make.contribution(page, state="submitted", author=author, title="Idée acceptée")
    moderate(client, moderator, row, decision="accept")
    assert only_row().decided_by == moderator
    told = Notification.objects.get(user=author)
    assert told.kind == "newsroom.contribution.accepted"
    assert told.url == own_url(row)
    client.logout()
    assert "Idée acceptée" in read(client, page)


def test_a_refusal_needs_a_reason_which_its_author_is_told(client, author, moderator, page):
    row = make.contribution(page, state="submitted", author=author)
    response = moderate(client, moderator, row, decision="refuse", reason="  ")
    assert response.context["form"].errors["reason"]
    assert only_row().state == State.SUBMITTED
    moderate(client, moderator, row, decision="refuse", reason="Une personne y est nommée.")
    assert only_row().state == State.REFUSED
    assert Notification.objects.get(user=author).text == "Une personne y est nommée."
    client.force_login(author)
    assert "Une personne y est nommée." in client.get(own_url(row)).content.decode()


def test_the_moderators_are_told_when_one_arrives_and_its_author_is_not(author, page):
    people = [UserFactory(role=role) for role in ("editor", "chief-editor", "national-team")]
    UserFactory(role="trainer")
    row = make.contribution(page, state="draft", author=author)
    contributing.submit(row, author)
    contributing.submit(row, author)  # a second click
    told = Notification.objects.filter(kind="newsroom.contribution.submitted")
    assert sorted(told.values_list("user", flat=True)) == sorted(user.pk for user in people)


def test_nobody_decides_on_their_own(client, moderator, page):
    row = make.contribution(page, state="submitted", author=moderator)
    # The admin sends back to its home page whom it refuses.
    assert moderate(client, moderator, row, decision="accept").status_code in (302, 403)
    assert only_row().state == State.SUBMITTED


def test_who_moderates_nothing_sees_no_moderation_screen(client, author, page):
    row = make.contribution(page, state="submitted")
    client.force_login(author)
    for url in (
        reverse("newsroom_moderation_list"),
        reverse("newsroom_moderation", args=[row.uuid]),
    ):
        assert client.get(url).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        contributing.accept(row, author)


def test_what_was_taken_back_meanwhile_is_not_published(author, moderator, page):
    row = make.contribution(page, state="submitted", author=author)
    contributing.reopen(Contribution.objects.get(pk=row.pk), author)
    with pytest.raises(ValidationError, match="Brouillon"):
        contributing.accept(row, moderator)


def test_a_moderator_takes_down_what_was_published_and_puts_it_back(client, moderator, page):
    row = make.contribution(page, title="Idée retirée")
    contributing.refuse(row, moderator, "Elle nomme une personne.")
    assert "Idée retirée" not in read(client, page)
    contributing.accept(row, moderator)
    assert "Idée retirée" in read(client, page)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_moderators_do_not_read_what_was_not_sent(client, moderator, page, state):
    row = make.contribution(page, state=state, title="Pas envoyée")
    client.force_login(moderator)
    assert client.get(reverse("newsroom_moderation", args=[row.uuid])).status_code == 404
    for asked in ("", "?state=draft", "?state=withdrawn"):
        shown = client.get(reverse("newsroom_moderation_list") + asked).content.decode()
        assert "Pas envoyée" not in shown


def test_the_professional_space_of_a_moderator_opens_on_what_waits_the_longest(
    client, moderator, page
):
    make.contribution(page, state="submitted", title="Ancienne")
    make.contribution(page, state="submitted", title="Récente")
    make.contribution(page, state="submitted", title="La sienne", author=moderator)
    client.force_login(moderator)
    space = client.get("/espace-pro/").context["space"]
    assert space.action["title"] == "Ancienne"
    panel = next(one for one in space.panels if one["template"] == "newsroom/pro/moderation.html")
    assert panel["context"]["count"] == 2
    client.force_login(UserFactory())
    assert "Ancienne" not in client.get("/espace-pro/").content.decode()


# -- Reading --------------------------------------------------------------------------------------


def test_only_what_is_published_shows_to_whoever_asks(client, author, page):
    for state in State:
        make.contribution(page, state=state.value, title=f"Idée {state.value}")
    for person in (None, author):
        if person:
            client.force_login(person)
        shown = read(client, page)
        assert [state for state in State if f"Idée {state.value}" in shown] == [State.PUBLISHED]


def test_an_author_is_named_only_who_asked_for_it(client, author, page):
    row = make.contribution(page, author=author)
    shown = read(client, page)
    assert "Noa Accueil" not in shown
    assert str(row.get_capacity_display()) in shown
    Contribution.objects.update(signed=True)
    pagecache.bump()
    assert "Noa Accueil" in read(client, page)


def test_contributions_are_read_by_scenario(client, page):
    one, two = make.scenario(page, "Le premier"), make.scenario(page, "Le second")
    make.contribution(page, title="Sur le premier", scenario_key=one.translation_key)
    make.contribution(page, title="Sur le second", scenario_key=two.translation_key)
    shown = client.get(page.get_url(), {"scenario": str(one.translation_key)})
    assert [row.title for row in shown.context["listing"].page] == ["Sur le premier"]


@pytest.mark.parametrize("value", ["abc", "11111111-1111-4111-8111-111111111111", "\x00"])
def test_a_scenario_that_does_not_exist_is_said_and_left_out(client, page, value):
    make.contribution(page)
    response = client.get(page.get_url(), {"scenario": value})
    assert response.status_code == 200
    assert response.context["listing"].form.errors["scenario"]
    assert response.context["listing"].total == 1


def test_contributions_of_a_consultation_that_was_unpublished_are_in_no_list(page):
    make.contribution(page)
    page.unpublish()
    assert not Contribution.objects.visible_to(None).exists()


@pytest.mark.parametrize("count", [10, 1000])
def test_a_consultation_costs_the_same_with_ten_and_with_a_thousand_contributions(
    client, settings, author, django_assert_max_num_queries, count
):
    settings.PAGE_CACHE = False
    page = make.consultation()
    make.scenario(page)
    Contribution.objects.bulk_create(
        Contribution(
            consultation=page,
            author=author,
            signed=True,
            state=State.PUBLISHED,
            title=f"Idée {number}",
            text="Texte",
            submitted_at=timezone.now(),
        )
        for number in range(count)
    )
    client.get(page.get_url())
    with django_assert_max_num_queries(17):
        client.get(page.get_url())
    client.force_login(author)
    client.get(page.get_url())
    with django_assert_max_num_queries(27):
        client.get(page.get_url())


# -- States of a consultation -----------------------------------------------------------------------


def test_the_clock_and_the_outcome_say_where_a_consultation_stands(clock):
    clock.move_to("2017-01-10T12:00:00+01:00")
    now = timezone.now()
    day = dt.timedelta(days=1)
    page = make.consultation(opens_at=now + day, closes_at=now + 2 * day)
    states = []
    for moment in (now, now + day, now + 2 * day):
        clock.move_to(moment)
        states.append(page.state)
    page.outcome_on = dt.date(2017, 2, 1)
    clock.move_to("2017-01-31T12:00:00+01:00")
    states.append(page.state)
    clock.move_to("2017-02-01T00:30:00+01:00")
    states.append(page.state)
    assert states == ["upcoming", "open", "closed", "closed", "concluded"]


def test_a_consultation_opens_before_it_closes_and_gives_both_dates():
    now = timezone.now()
    for fields in ({"opens_at": None}, {"closes_at": None}, {"opens_at": now, "closes_at": now}):
        with pytest.raises(ValidationError):
            make.consultation(**fields)


def test_the_index_puts_open_ones_first_and_links_to_writing_only_while_open(client, clock):
    opened = make.consultation("Ouverte")
    closed = make.consultation(
        "Fermée",
        opens_at=timezone.now() - dt.timedelta(days=9),
        closes_at=timezone.now() - dt.timedelta(days=1),
    )
    found = client.get(make.consultation_index().get_url()).context
    assert [page.pk for page in found["opened"]] == [opened.pk]
    assert [page.pk for page in found["listing"].page] == [closed.pk]
    assert contribute_url(opened) in read(client, opened)
    assert contribute_url(closed) not in read(client, closed)


# -- Personal data and exports ----------------------------------------------------------------------


def test_a_person_takes_away_what_they_wrote(author, page):
    make.contribution(page, state="draft", author=author, text="Mon brouillon")
    make.contribution(page, text="À autrui")
    given = str(personal_data.export(author)["newsroom.consultations"])
    assert "Mon brouillon" in given
    assert "À autrui" not in given


def test_erasing_an_account_leaves_what_was_published_without_a_name(client, author, page):
    make.contribution(page, author=author, signed=True, title="Reste")
    for state in ("draft", "submitted", "refused", "withdrawn"):
        make.contribution(page, state=state, author=author)
    personal_data.erase(author)
    row = only_row()
    assert (row.title, row.author, row.signed) == ("Reste", None, False)
    assert "Noa" not in read(client, page)


def test_what_was_not_published_ends_six_months_after_the_closing(author, page, clock):
    for state in State:
        make.contribution(page, state=state.value, author=author)
    clock.move_to(page.closes_at + contributing.KEEP_UNPUBLISHED)
    personal_data.purge()
    assert Contribution.objects.count() == len(State)
    clock.shift(60)
    personal_data.purge()
    assert only_row().state == State.PUBLISHED
    assert only_row().author == author


def test_what_was_published_is_cut_from_its_author_two_years_after_the_closing(author, page, clock):
    make.contribution(page, author=author, signed=True)
    clock.move_to(page.closes_at + contributing.KEEP_AUTHOR + dt.timedelta(minutes=1))
    contributing.purge(timezone.now())
    assert only_row().author is None


def test_the_team_exports_what_was_sent_with_its_author_as_readers_see_them(
    client, author, moderator, page
):
    make.contribution(page, author=author, text="=1+1")
    make.contribution(page, author=author, signed=True, title="Signée")
    make.contribution(page, state="draft", text="Un brouillon")
    client.force_login(moderator)
    response = client.get("/exports/contributions/", {"format": "csv", "consultation": page.slug})
    text = b"".join(response.streaming_content).decode()
    assert "'=1+1" in text
    assert text.count("Noa Accueil") == 1
    assert "Un brouillon" not in text
    client.force_login(author)
    assert client.get("/exports/contributions/").status_code == 404


def test_an_export_of_one_state_holds_it_alone(moderator, page):
    make.contribution(page, title="Publiée")
    make.contribution(page, state="refused", title="Refusée")
    rows = CONTRIBUTIONS.rows(moderator, {"state": "refused"})
    assert [row.title for row in rows] == ["Refusée"]
