"""The self-check: every criterion, the arithmetic of the funding rule, archives, and no trace."""

import datetime as dt
import logging
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from home.demo import FOLDER, rules
from home.factories import CriterionFactory, RuleSetFactory
from home.models import Criterion, FundingPart, RuleOperator, RuleSet
from home.self_check import NONE, Status, funding, judge
from home.self_check_forms import FrenchDecimalField, SelfCheckForm
from home.templatetags.creation_tags import euros, percent

CHECK = "/creer-une-maison/verifier-mon-projet/"
BUDGETS = st.decimals(min_value=0, max_value=10_000_000, places=2)


def aid_for(budget, *percents, ceiling="35000"):
    """The aid of a rule that is in no database: the arithmetic asks nothing."""
    parts = [FundingPart(label=f"Fonds {p}", percent=Decimal(str(p))) for p in percents]
    return funding(parts, Decimal(ceiling) if ceiling else None, Decimal(budget))


HALF = (25, 25)


# -- The funding rule ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("budget", "total", "each", "capped"),
    [
        ("0", "0", "0", False),
        ("60000", "30000", "15000", False),
        ("69999.98", "34999.99", "17499.99", False),
        ("70000", "35000", "17500", False),
        ("70000.02", "35000", "17500", True),
        ("100000", "35000", "17500", True),
    ],
)
def test_half_of_the_budget_and_at_most_the_ceiling(budget, total, each, capped):
    aid = aid_for(budget, *HALF)
    assert aid.total == Decimal(total)
    assert aid.shares[0].amount == Decimal(each)
    assert aid.capped is capped


@given(BUDGETS)
def test_the_aid_never_passes_half_the_budget_nor_the_ceiling(budget):
    aid = aid_for(budget, *HALF)
    assert 0 <= aid.total <= 35_000
    assert aid.total <= budget / 2
    assert aid.capped == (budget >= Decimal("70000.02"))


@given(BUDGETS, BUDGETS)
def test_a_larger_budget_never_receives_less(one, other):
    small, large = sorted([one, other])
    assert aid_for(small, *HALF).total <= aid_for(large, *HALF).total


@given(BUDGETS, st.lists(st.integers(1, 25), min_size=1, max_size=4))
def test_the_shares_always_make_the_total(budget, percents):
    aid = aid_for(budget, *percents)
    assert sum(share.amount for share in aid.shares) == aid.total
    assert all(share.amount >= 0 for share in aid.shares)


@given(BUDGETS)
def test_both_funds_give_the_same_to_the_cent(budget):
    state, operators = aid_for(budget, *HALF).shares
    assert abs(state.amount - operators.amount) <= Decimal("0.01")


def test_a_rule_without_a_ceiling_caps_nothing():
    assert aid_for(200_000, *HALF, ceiling=None).total == 100_000


# -- Numbers as people type them -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("70 000", "70000"),
        ("70\u202f000,50\u00a0€", "70000.50"),
        ("23,5", "23.5"),
        ("70000.5", "70000.5"),
    ],
)
def test_a_number_is_read_as_french_people_type_it(typed, read):
    assert FrenchDecimalField().clean(typed) == Decimal(read)


@pytest.mark.parametrize("typed", ["abc", "NaN", "Infinity", "1e400", "12,5,6", "--3"])
def test_what_is_not_a_number_is_refused_with_a_message(typed):
    with pytest.raises(ValidationError):
        FrenchDecimalField(max_value=1000).clean(typed)


@given(BUDGETS)
def test_an_amount_shown_can_be_typed_back(amount):
    with translation.override("fr"):
        assert FrenchDecimalField().clean(euros(amount)) == amount


def test_amounts_are_written_as_the_administration_does():
    assert euros(Decimal(17_500)) == "17\u202f500\u00a0€"
    assert euros(Decimal("1234.5")) == "1\u202f234,50\u00a0€"
    assert percent(Decimal("25.00")) == "25\u00a0%"
    assert percent(Decimal("12.5")) == "12,5\u00a0%"


# -- Each criterion of the sources -----------------------------------------------------------------
@pytest.fixture
def archive(db):
    return rules.load(FOLDER / "rules.yaml")


def verdict(rule_set, code, answer):
    return judge(rule_set.criteria.get(code=code), answer).status


MET, MISSING, UNKNOWN = Status.MET, Status.MISSING, Status.UNKNOWN


def test_the_sources_state_nine_criteria(archive):
    assert [one.code for one in archive.criteria.all()] == [
        "schema",
        "spacing",
        "operators",
        "hours",
        "confidential-space",
        "digital-equipment",
        "trained-agent",
        "network-life",
        "activity",
    ]
    assert archive.share == 50
    assert archive.funding_ceiling == 35_000


@pytest.mark.parametrize(
    "code",
    [
        "schema",
        "confidential-space",
        "digital-equipment",
        "trained-agent",
        "network-life",
        "activity",
    ],
)
def test_a_yes_is_met_a_no_is_missing_and_silence_is_unknown(archive, code):
    assert verdict(archive, code, True) is MET
    assert verdict(archive, code, False) is MISSING
    assert verdict(archive, code, None) is UNKNOWN


@pytest.mark.parametrize(
    ("hours", "status"), [("23.99", MISSING), ("24", MET), ("35", MET), ("0", MISSING)]
)
def test_it_opens_twenty_four_hours_a_week_at_least(archive, hours, status):
    assert verdict(archive, "hours", Decimal(hours)) is status


@pytest.mark.parametrize(
    ("minutes", "status"), [("5", MISSING), ("19", MISSING), ("20", MET), ("45", MET)]
)
def test_the_distance_is_a_spacing_rule_far_is_good(archive, minutes, status):
    assert verdict(archive, "spacing", Decimal(minutes)) is status


def test_no_other_maison_around_is_as_far_as_can_be(archive):
    assert verdict(archive, "spacing", NONE) is MET


def test_about_twenty_minutes_leaves_the_judgement_to_the_prefect(archive):
    with translation.override("fr"):
        near = judge(archive.criteria.get(code="spacing"), Decimal(18))
        short = judge(archive.criteria.get(code="hours"), Decimal(18))
    assert "préfet" in near.detail
    assert "préfet" not in short.detail


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ((), MISSING),
        (("employment",), MISSING),
        (("social",), MISSING),
        (("social", "social"), MISSING),
        (("employment", "other"), MISSING),
        (("other", "other", "other"), MISSING),
        (("employment", "social"), MET),
        (("employment", "social", "other"), MET),
    ],
)
def test_two_operators_one_of_employment_and_one_of_social_benefits(archive, fields, status):
    agreed = [RuleOperator(label=field, field=field) for field in fields]
    assert verdict(archive, "operators", agreed) is status


def test_every_criterion_has_advice_and_a_source(archive):
    for one in archive.criteria.all():
        assert one.advice
        assert "2017" in one.source_line


# -- Which set applies -----------------------------------------------------------------------------
@pytest.fixture
def today():
    return dt.date(2026, 9, 7)


@pytest.mark.django_db
def test_the_set_in_force_applies_rather_than_an_archive(archive, today, clock):
    now = RuleSetFactory(valid_from=dt.date(2025, 1, 1))
    assert RuleSet.to_apply() == now
    assert not now.is_archived()


@pytest.mark.django_db
def test_a_set_to_come_waits_for_its_day(today, clock):
    RuleSetFactory(valid_from=today + dt.timedelta(days=1))
    assert RuleSet.to_apply() is None


@pytest.mark.django_db
def test_a_set_holds_until_its_last_day_included(today):
    held = RuleSetFactory(valid_until=today)
    assert RuleSet.to_apply(today) == held
    assert not held.is_archived(today)
    assert held.is_archived(today + dt.timedelta(days=1))


@pytest.mark.django_db
def test_of_several_in_force_the_newest_applies(today):
    RuleSetFactory(valid_from=dt.date(2024, 1, 1))
    newer = RuleSetFactory(valid_from=dt.date(2025, 1, 1))
    assert RuleSet.to_apply(today) == newer


@pytest.mark.django_db
def test_of_several_archives_the_last_that_held_is_shown(today):
    RuleSetFactory(valid_from=dt.date(2021, 1, 1), valid_until=dt.date(2021, 12, 31))
    last = RuleSetFactory(valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2022, 12, 31))
    assert RuleSet.to_apply(today) == last


@pytest.mark.django_db
def test_a_set_cannot_end_before_it_begins():
    with pytest.raises(ValidationError):
        RuleSet(name="x", valid_from=dt.date(2020, 2, 1), valid_until=dt.date(2020, 1, 1)).clean()


@pytest.mark.django_db
def test_a_kind_with_a_threshold_asks_for_it():
    with pytest.raises(ValidationError):
        Criterion(kind=Criterion.Kind.MINIMUM).clean()


# -- The page --------------------------------------------------------------------------------------
def sent(client, **answers):
    response = client.post(CHECK, answers)
    assert response.status_code == 200
    return response


def everything(rule_set):
    found = {one.code: "yes" for one in rule_set.criteria.filter(kind=Criterion.Kind.YES)} | {
        "hours": "24",
        "spacing": "20",
    }
    agreed = rule_set.operators.filter(field__in=RuleOperator.COUNTED)
    return found | {"operators": [one.pk for one in agreed], "budget": "70 000 €"}


def test_an_archived_set_is_headed_so_and_concludes_nothing(archive, client):
    page = sent(client, **everything(archive)).content.decode()
    assert "Règles de février 2017, archivées" in page
    assert "Ces règles ne s’appliquent plus" in page
    assert "préfecture de votre département" in page
    assert "9 critères sur 9" in page
    assert "35\u202f000\u00a0€" in page
    for conclusion in ("répondent à tous les critères", "Complétez le projet", "donnent au plus"):
        assert conclusion not in page


def test_the_heading_says_which_set_in_lower_case(archive):
    with translation.override("fr"):
        assert archive.heading == "règles de février 2017, archivées"


@pytest.mark.django_db
def test_a_set_in_force_concludes_and_leaves_the_decision_to_the_prefect(client):
    rule_set = RuleSetFactory()
    page = sent(client, **everything(rule_set)).content.decode()
    assert rule_set.name in page
    assert "archivées" not in page
    assert "répondent à tous les critères" in page
    assert "donnent au plus" in page


@pytest.mark.django_db
def test_without_rules_it_sends_to_the_prefecture(client):
    page = client.get(CHECK).content.decode()
    assert "préfecture de votre département" in page


def test_it_says_what_is_missing_and_what_to_do(archive, client):
    page = sent(client, hours="12", schema="no").content.decode()
    missing = page[page.index("Ce qui manque") : page.index("Ce qui reste à savoir")]
    for code in ("hours", "schema", "operators"):
        assert str(archive.criteria.get(code=code).advice)[:30] in missing
    assert "Vous avez répondu 12 heures par semaine" in missing


def test_it_names_the_prefecture_of_the_department(archive, client):
    from maisons.factories import CommuneFactory, DepartmentFactory

    department = DepartmentFactory(code="19", name="Corrèze", name_type="3")
    department.prefecture_code = CommuneFactory(code="19272", name="Tulle").code
    department.save()
    page = sent(client, departement="19").content.decode()
    assert "préfecture de la Corrèze" in page
    assert "Tulle" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "-1"},
        {"hours": "169"},
        {"hours": "beaucoup"},
        {"budget": "-5"},
        {"budget": "99999999999"},
        {"budget": "70000,505"},
        {"spacing": "12", "spacing-none": "on"},
        {"operators": ["999999"]},
        {"schema": "peut-être"},
        {"departement": "zz"},
    ],
)
def test_a_wrong_answer_is_said_and_nothing_is_concluded(archive, client, wrong):
    page = sent(client, **wrong).content.decode()
    assert "error-summary" in page
    assert 'id="resultat"' not in page


# -- No trace --------------------------------------------------------------------------------------
def test_the_answers_leave_no_cookie_no_row_no_log_and_no_cache(archive, client, caplog):
    from django.contrib.sessions.models import Session
    from django.core.cache import cache

    client.get(CHECK)
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    with django_no_writes():
        response = sent(client, budget="61234,56", hours="7")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert not Session.objects.exists()
    assert "61234" not in caplog.text
    assert "61\u202f234,56" in response.content.decode()
    assert "61\u202f234,56" not in client.get(CHECK).content.decode()
    assert cache is not None


def django_no_writes():
    """Fail on any statement that writes."""
    from django.db import connection

    def refuse(execute, sql, params, many, context):
        assert sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE")), sql
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)


def test_the_answers_are_in_no_address(archive, client):
    page = client.get(CHECK).content.decode()
    assert 'method="post" action="/creer-une-maison/verifier-mon-projet/"' in page
    assert "csrfmiddlewaretoken" not in page


def test_parameters_of_the_address_are_not_answers(archive, client):
    page = client.get(CHECK, {"hours": "12", "budget": "50000"}).content.decode()
    assert 'id="resultat"' not in page
    assert 'value="50000"' not in page


def test_it_costs_few_queries_whatever_the_number_of_criteria(
    archive, client, django_assert_max_num_queries
):
    for number in range(40):
        CriterionFactory(rule_set=archive, code=f"plus-{number}", sort_order=50 + number)
    client.get("/")
    with django_assert_max_num_queries(20):
        sent(client, **everything(archive))


def test_the_form_asks_once_for_each_criterion_of_the_set(archive):
    names = set(SelfCheckForm(archive).fields)
    assert {one.code for one in archive.criteria.all()} <= names


@pytest.mark.browser
def test_it_is_filled_by_keyboard_and_accessible_before_and_after(page, live_server):
    from tests.support.browser import assert_axe_clean

    page.goto(CHECK)
    assert_axe_clean(page, widths=(390,))
    page.focus("#id_hours")
    page.keyboard.type("23,5")
    page.focus("#id_budget")
    page.keyboard.type("80 000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#resultat")
    assert "17\u202f500\u00a0€" in page.inner_text(".check__table")
    assert_axe_clean(page)
    page.emulate_media(media="print")
    expect(page.locator(".check__form")).to_be_hidden()
    expect(page.locator(".check__result")).to_be_visible()
