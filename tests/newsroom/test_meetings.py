"""Meetings: what readers get of an edition, its places, its figures, its sessions and its reports."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from cms import media_use
from cms.factories import SiteDocumentFactory, StandardPageFactory
from cms.models import Commune, Department, Region
from newsroom import factories_meetings as make
from newsroom import meetings
from newsroom.models import MeetingFigure, MeetingReport, MeetingStop
from tests.support.pages import copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    region, _ = Region.objects.get_or_create(code="24", defaults={"name": "Centre"})
    return Department.objects.get_or_create(
        code="37", defaults={"name": "Indre-et-Loire", "region": region}
    )[0]


@pytest.fixture
def tours(department):
    return Commune.objects.create(
        code="37261",
        name="Tours",
        normalised_name="tours",
        department=department,
        latitude=47.39,
        longitude=0.69,
    )


def context(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.context


def html(client, page):
    return client.get(page.get_url()).content.decode()


def figure(page, value, source, subject="participants", **date):
    values = date or {"date_text": "2016"}
    page.figures.add(MeetingFigure(subject=subject, value=value, source=source, **values))


# -- Figures --------------------------------------------------------------------------------------


def test_figures_that_disagree_are_all_shown_each_with_its_source_and_its_date(client):
    page = make.edition()
    figure(page, "745", "Bulletin", date=dt.date(2015, 11, 24))
    figure(page, "10", "Bulletin", subject="villes")
    figure(page, "plus de 500", "Un cabinet", date_text="article non daté")
    page.save()

    counted = context(client, page)["figures"]

    assert [(one.main.value, [f.value for f in one.others]) for one in counted] == [
        ("745", ["plus de 500"]),
        ("10", []),
    ]
    shown = html(client, page)
    for words in ("745", "plus de 500", "Un cabinet", "article non daté", "24 novembre 2015"):
        assert words in shown


def test_a_figure_says_when_it_was_counted():
    with pytest.raises(ValidationError, match="date"):
        MeetingFigure(subject="x", value="1", source="y").clean()


# -- Dates ----------------------------------------------------------------------------------------


def test_an_edition_without_a_date_says_that_it_is_not_known(client):
    page = make.edition(starts_on=None, ends_on=None, when_text="Date non précisée")
    page.clean()
    assert "Date non précisée" in html(client, page)
    page.when_text = ""
    with pytest.raises(ValidationError):
        page.clean()


def test_an_edition_cannot_end_before_it_starts():
    with pytest.raises(ValidationError):
        make.edition(starts_on=dt.date(2015, 7, 7), ends_on=dt.date(2015, 7, 6))


def test_the_index_puts_coming_editions_first_and_past_ones_newest_first(client, clock):
    clock.move_to("2016-01-01T12:00:00+01:00")
    meeting = make.meeting("La tournée")
    days = {"Ancienne": 2014, "Récente": 2015, "Prochaine": 2017, "Suivante": 2018}
    for title, year in days.items():
        make.edition(title, parent=meeting, starts_on=dt.date(year, 3, 1), ends_on=None)
    make.edition(
        "Sans date",
        parent=meeting,
        starts_on=None,
        ends_on=None,
        when_text="Date non précisée",
        display_date=dt.date(2015, 9, 1),
    )

    found = context(client, make.meeting_index())

    assert [page.title for page in found["coming"]] == ["Prochaine", "Suivante"]
    assert [page.title for page in found["listing"].page] == ["Sans date", "Récente", "Ancienne"]
    assert {page.meeting.title for page in found["listing"].page} == {"La tournée"}


def test_registration_is_offered_only_while_the_edition_is_to_come(client, clock):
    clock.move_to("2016-01-01T12:00:00+01:00")
    link = "https://example.org/inscription"
    coming = make.edition(starts_on=dt.date(2016, 2, 1), ends_on=None, registration_url=link)
    past = make.edition(registration_url=link)
    assert link in html(client, coming)
    assert link not in html(client, past)


# -- Places ---------------------------------------------------------------------------------------


def test_cities_are_dots_on_the_map_and_words_beside_it(client, tours):
    page = make.edition()
    page.stops.add(MeetingStop(commune=tours, day=dt.date(2015, 7, 7), text="Première rencontre."))
    page.save()

    assert len(context(client, page)["dots"]) == 1
    shown = html(client, page)
    for words in ("Première rencontre.", "7 juillet 2015", "places__dot", "Indre-et-Loire"):
        assert words in shown


def test_a_city_whose_point_is_not_known_is_still_told(client, tours):
    Commune.objects.update(latitude=None, longitude=None)
    page = make.edition()
    page.stops.add(MeetingStop(commune=tours))
    page.save()
    assert context(client, page)["dots"] == []
    assert "Tours" in html(client, page)


def test_each_department_is_highlighted_once_with_its_projects(client, department):
    page = make.edition()
    make.session(page, projects=[("Touraine Sud", department, None), ("Loches", department, None)])
    make.session(page, projects=[("Loches", department, None), ("Les Pom’s", None, None)])

    shown = context(client, page)["map_departments"]

    assert shown == [{"code": "37", "label": "Touraine Sud, Loches"}]


# -- Sessions, speakers, reports -------------------------------------------------------------------


def test_the_programme_groups_sessions_by_day_and_leads_to_what_was_said(client):
    page = make.edition()
    one, two = dt.date(2015, 7, 7), dt.date(2015, 7, 8)
    make.session(page, "Ouverture", day=one, starts_at=dt.time(9, 30))
    make.session(page, "Atelier", day=one)
    make.session(page, "Clôture", day=two)

    found = context(client, page)

    assert [(day, [s.title for s in rows]) for day, rows in found["days"]] == [
        (one, ["Ouverture", "Atelier"]),
        (two, ["Clôture"]),
    ]
    shown = html(client, page)
    anchor = f"seance-{found['sessions'][0].pk}"
    assert f'href="#{anchor}"' in shown
    assert f'id="{anchor}"' in shown
    assert "Elle y voit un moteur." in shown


def test_a_project_leads_to_its_page_only_for_who_may_see_it(client, department):
    public = StandardPageFactory(title="Fiche publique", slug="fiche-publique")
    secret = StandardPageFactory(title="Fiche réservée", slug="fiche-reservee")
    draft = StandardPageFactory(title="Fiche brouillon", slug="fiche-brouillon", live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    page = make.edition()
    make.session(page, projects=[("A", None, public), ("B", None, secret), ("C", None, draft)])

    shown = html(client, page)

    assert "fiche-publique" in shown
    assert "fiche-reservee" not in shown
    assert "fiche-brouillon" not in shown


def test_a_report_is_a_file_or_a_page_and_goes_with_its_page(client):
    secret = StandardPageFactory(title="Compte rendu réservé", slug="reserve")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    page = make.edition()
    file = SiteDocumentFactory()
    page.reports.add(
        MeetingReport(title="Compte rendu", summary="Ce qu’il dit.", document=file),
        MeetingReport(title="Pour les membres", page=secret),
    )
    page.save()

    shown = html(client, page)

    assert file.url in shown
    assert "Ce qu’il dit." in shown
    assert "Pour les membres" not in shown
    with pytest.raises(ValidationError):
        MeetingReport(title="Rien").clean()


def test_the_file_of_a_report_is_readable_by_whoever_reads_the_edition(client):
    page = make.edition()
    file = SiteDocumentFactory()
    page.reports.add(MeetingReport(title="Compte rendu", document=file))
    page.save_revision().publish()
    assert ("documents", file.pk) in media_use.files_of(page)
    assert client.get(file.url).status_code == 200
    page.unpublish()
    assert client.get(file.url).status_code == 404


def test_what_an_editor_wrote_shows_in_the_preview_before_it_is_published():
    page = make.edition()
    make.session(page, "Séance en préparation")
    draft = page.save_revision().as_object()
    response = draft.make_preview_request()
    assert response.status_code == 200
    assert "Séance en préparation" in response.content.decode()


# -- Around ---------------------------------------------------------------------------------------


def test_editions_lead_to_those_before_and_after_of_the_same_meeting(client):
    meeting = make.meeting()
    first, middle, last = (
        make.edition(str(year), parent=meeting, starts_on=dt.date(year, 1, 1), ends_on=None)
        for year in (2014, 2015, 2016)
    )
    make.edition("Autre rencontre", starts_on=dt.date(2015, 6, 1), ends_on=None)

    found = context(client, middle)

    assert (found["previous"].pk, found["next"].pk) == (first.pk, last.pk)
    assert context(client, first)["previous"] is None
    assert context(client, last)["next"] is None


def test_a_fictitious_edition_says_so_and_is_not_told_to_machines(client):
    invented, real = make.edition(is_fictitious=True), make.edition()
    assert "fictive" in html(client, invented)
    assert '"@type": "Event"' not in html(client, invented)
    assert '"@type": "Event"' in html(client, real)


def test_editions_hidden_from_a_reader_are_in_no_list(client):
    meeting = make.meeting()
    hidden = make.edition("Zorglub", parent=meeting)
    make.edition("Brouillon", parent=meeting, live=False)
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=hidden.pk), restriction_type=PageViewRestriction.LOGIN
    )
    for page in (make.meeting_index(), meeting):
        shown = html(client, page)
        assert "Zorglub" not in shown
        assert "Brouillon" not in shown


@pytest.mark.parametrize("number", ["0", "abc", "99", "9" * 60])
def test_a_page_of_the_list_that_does_not_exist_is_said(client, number):
    make.edition()
    response = client.get(make.meeting_index().get_url(), {"page": number})
    assert response.status_code == 200
    assert response.context["listing"].form.errors


def test_subjects_need_not_follow_each_other():
    rows = [
        MeetingFigure(subject=subject, value=value)
        for subject, value in [("a", "1"), ("b", "2"), ("a", "3")]
    ]
    assert [(one.subject, len(one.others)) for one in meetings.counted(rows)] == [
        ("a", 1),
        ("b", 0),
    ]


# -- Cost -----------------------------------------------------------------------------------------


def test_an_edition_costs_the_same_with_much_to_tell(
    client, department, tours, settings, django_assert_max_num_queries
):
    settings.PAGE_CACHE = False
    page = make.edition()
    figure(page, "745", "Bulletin")
    targets = [StandardPageFactory() for _ in range(10)]
    for number in range(10):
        page.stops.add(MeetingStop(commune=tours))
        make.session(page, f"Séance {number}", projects=[("Projet", department, targets[number])])
    page.reports.add(MeetingReport(title="Compte rendu", document=SiteDocumentFactory()))
    page.save()
    make.edition(parent=page.get_parent().specific)
    client.get(page.get_url())
    with django_assert_max_num_queries(18):
        client.get(page.get_url())


@pytest.mark.parametrize("count", [10, 1000])
def test_the_lists_cost_the_same_with_ten_and_with_a_thousand_editions(
    client, settings, django_assert_max_num_queries, count
):
    settings.PAGE_CACHE = False
    page = make.edition()
    copies(page, count)
    for above in (make.meeting_index(), page.get_parent()):
        client.get(above.get_url())
        with django_assert_max_num_queries(14):
            found = client.get(above.get_url()).context["listing"]
        assert found.total == count + 1
