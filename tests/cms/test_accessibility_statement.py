"""The accessibility statement: its state by the rule of the law, its imposed form, the mention on each page."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from accounts.factories import UserFactory
from cms.factories import StandardPageFactory
from cms.factories import home as home_page
from cms.legal import accessibility
from cms.models import (
    AccessibilityAudit,
    AccessibilityIssue,
    AccessibilityPage,
    AccessibilitySettings,
    SiteSettings,
)

TODAY = dt.date(2026, 9, 7)


def statement_page():
    page = AccessibilityPage(title="Déclaration d’accessibilité", slug="accessibilite")
    home_page().add_child(instance=page)
    return page


def statement(*audits, issues=(), **fields):
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.get_or_create(site=site)
    found = AccessibilitySettings(site=site, entity="La cellule nationale", **fields)
    for audit in audits:
        found.audits.add(AccessibilityAudit(auditor="Société Exemple", **audit))
    for issue in issues:
        found.issues.add(AccessibilityIssue(**issue))
    found.save()
    return found


def audit(met, applicable=50, date=TODAY, **fields):
    return {"met": met, "applicable": applicable, "date": date, **fields}


# -- The state ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met", "applicable", "state"),
    [
        (106, 106, "total"),
        (105, 106, "partial"),
        (53, 106, "partial"),
        (52, 106, "none"),
        (25, 50, "partial"),
        (24, 50, "none"),
        (24, 49, "none"),
        (25, 49, "partial"),
        (0, 0, "none"),
        (1, 1, "total"),
    ],
)
def test_all_is_total_half_is_partial_less_is_none(met, applicable, state):
    assert accessibility.state_of(met, applicable) == state


@given(st.integers(1, 106).flatmap(lambda a: st.tuples(st.integers(0, a), st.just(a))))
def test_the_rate_that_is_shown_is_never_better_than_the_state(numbers):
    met, applicable = numbers
    shown = float(accessibility.rate(met, applicable).replace(",", "."))
    assert 0 <= shown <= 100 * met / applicable < shown + 0.011
    state = accessibility.state_of(met, applicable)
    assert (shown == 100) == (state == "total")
    assert (shown >= 50) == (state != "none")


def until(audited, version="4.1.2", **fields):
    known = {"current_version": "4.1.2", "version_date": dt.date(2023, 4, 18)}
    known |= {"redesigned_on": None, **fields}
    return accessibility.in_force_until(audited, version, **known)


def test_an_audit_counts_for_three_years():
    assert until(dt.date(2024, 2, 29)) == dt.date(2027, 2, 28)


def test_an_audit_of_the_version_before_counts_for_eighteen_months_after_the_new_one():
    assert until(dt.date(2023, 1, 10), "4.1.1") == dt.date(2024, 10, 18)
    assert until(dt.date(2021, 1, 10), "4.1.1") == dt.date(2024, 1, 10)


def test_an_audit_made_before_the_site_was_made_anew_counts_no_more():
    assert until(dt.date(2026, 1, 1), redesigned_on=dt.date(2026, 1, 2)) is None
    assert until(dt.date(2026, 1, 2), redesigned_on=dt.date(2026, 1, 2))


def test_there_are_106_criteria():
    assert len(accessibility.criteria()) == 106
    assert accessibility.criteria()["13.12"].topic == "Consultation"


# -- What every page says --------------------------------------------------------------------------------


def said(client, path="/"):
    html = client.get(path).content.decode().replace("\u00a0", " ")
    return re.search(r"Accessibilité : [a-z]+ ?conforme|Accessibilité : non conforme", html)[0]


@pytest.mark.django_db
def test_without_an_audit_the_home_page_and_every_other_say_not_compliant(client):
    other = StandardPageFactory()
    assert said(client) == "Accessibilité : non conforme"
    statement()
    for path in ("/", other.url, "/contact/", "/nulle-part/"):
        assert said(client, path) == "Accessibilité : non conforme"
        assert 'href="/accessibilite/"' in client.get(path).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("met", "mention"),
    [(50, "totalement conforme"), (40, "partiellement conforme"), (10, "non conforme")],
)
def test_the_mention_follows_the_audit_in_force(client, clock, met, mention):
    statement(audit(met))
    assert said(client) == f"Accessibilité : {mention}"


@pytest.mark.django_db
def test_the_day_after_its_last_day_an_audit_counts_no_more(client, clock, settings):
    settings.PAGE_CACHE = False
    statement(audit(50, date=TODAY))
    clock.move_to(dt.datetime(2029, 9, 7, 12, tzinfo=dt.UTC))
    assert said(client) == "Accessibilité : totalement conforme"
    clock.move_to(dt.datetime(2029, 9, 8, 12, tzinfo=dt.UTC))
    assert said(client) == "Accessibilité : non conforme"


@pytest.mark.django_db
def test_the_latest_audit_is_the_one_that_counts(clock):
    found = statement(audit(50, date=dt.date(2024, 1, 1)), audit(10, date=dt.date(2026, 1, 1)))
    assert found.state == "none"
    assert found.audit_in_force()[0].date == dt.date(2026, 1, 1)


@pytest.mark.django_db
def test_an_audit_of_tomorrow_does_not_count_yet(clock):
    assert statement(audit(50, date=TODAY + dt.timedelta(days=1))).state == "none"


@pytest.mark.django_db
def test_the_mention_costs_no_query(client, django_assert_num_queries, settings):
    settings.PAGE_CACHE = False
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.get_or_create(site=site)
    client.get("/contact/envoye/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        client.get("/contact/envoye/")
    statement(audit(50))
    with django_assert_num_queries(len(before)):
        client.get("/contact/envoye/")


# -- The statement --------------------------------------------------------------------------------------


def titles(html):
    main = html[html.index('lang="fr">') :]
    return [
        re.sub(r"<[^>]+>", "", title).strip()
        for title in re.findall(r"<h[2-4][^>]*>(.*?)</h[2-4]>", main.split("</main>")[0])
    ]


@pytest.mark.django_db
def test_it_has_the_titles_of_the_imposed_form_in_order(client, shared_dir):
    form = (shared_dir / "data/legal/rgaa-declaration-accessibilite.md").read_text()
    imposed = re.findall(r"^#{2,4} (.+)$", form.split("obligatoirement ce format")[1], re.MULTILINE)
    imposed = [re.sub(r" \[.*", "", title) for title in imposed]
    statement()
    shown = titles(client.get(statement_page().url).content.decode())
    assert [title.replace(" du site web", "") for title in shown] == imposed


@pytest.mark.django_db
def test_without_an_audit_it_says_so(client):
    page = statement_page()
    html = client.get(page.url).content.decode()
    assert "<strong>non conforme</strong>" in html
    assert "faute de résultat d’audit en cours de validité" in html
    statement()
    assert "<strong>non conforme</strong>" in client.get(page.url).content.decode()


@pytest.mark.django_db
def test_with_an_audit_it_gives_rate_issues_pages_and_dates(client, clock):
    scheme = StandardPageFactory(title="Schéma 2026-2028", slug="schema-pluriannuel")
    statement(
        audit(39, 54, average_rate="81.5", pages="Accueil\nContact"),
        issues=[
            {"kind": "nonconformity", "text": "Une vidéo sans transcription.", "criterion": "4.1"},
            {"kind": "derogation", "text": "Des archives.", "reason": "Leur nombre."},
            {"kind": "exempt", "text": "Des cartes.", "alternative": "la liste"},
        ],
        scheme_page=scheme,
        established_on=dt.date(2026, 4, 1),
        contact_email="accessibilite@example.org",
    )
    html = (
        client.get(statement_page().url)
        .content.decode()
        .replace("\u00a0", " ")
        .replace("&nbsp;", " ")
    )
    for words in (
        "<strong>partiellement conforme</strong>",
        "72,22 % des critères",
        "81,5",
        "Une vidéo sans transcription.",
        "Critère 4.1 ",
        "Motif : Leur nombre.",
        "Alternative : la liste",
        "établie le 1er avril 2026",
        "Schéma 2026-2028",
        "mailto:accessibilite@example.org",
        "<li>Contact</li>",
        "/contact/?sujet=accessibility",
        "Libre réponse 71120",
    ):
        assert words in html, words


@pytest.mark.django_db
def test_a_scheme_in_draft_is_not_shown(client):
    statement(scheme_page=StandardPageFactory(title="Schéma secret", live=False))
    html = client.get(statement_page().url).content.decode()
    assert "Schéma secret" not in html and "à publier" in html


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (AccessibilityAudit(met=51, applicable=50), "met"),
        (AccessibilityIssue(kind="nonconformity", text="x", criterion="99.9"), "criterion"),
        (AccessibilityIssue(kind="derogation", text="x"), "reason"),
    ],
)
def test_what_cannot_be_is_refused(made, field):
    with pytest.raises(ValidationError) as refused:
        made.clean()
    assert field in refused.value.message_dict


@pytest.mark.django_db
def test_the_national_team_keeps_it_and_editors_do_not(client):
    url = "/admin/settings/cms/accessibilitysettings/"
    client.force_login(UserFactory(role="national-team"))
    assert client.get(url, follow=True).status_code == 200
    client.force_login(UserFactory(role="editor"))
    assert client.get(url, follow=True).redirect_chain[-1][0] == "/admin/"


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 100])
def test_the_cost_does_not_grow(client, django_assert_max_num_queries, settings, size):
    settings.PAGE_CACHE = False
    statement(
        audit(40, date=timezone.localdate()),
        issues=[{"kind": "nonconformity", "text": f"Défaut {n}"} for n in range(size)],
    )
    page = statement_page()
    client.get("/")
    with django_assert_max_num_queries(14):
        client.get(page.url)
