"""Operators publish their own trainings, moderated; the catalogue shows them after the national modules."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import moderation
from accounts.factories import UserFactory
from accounts.models import Notification
from accounts.roles import Scope
from learning.factories import ModuleFactory, RegistrationFactory, SessionFactory, catalogue
from learning.kinds import SessionState
from learning.models import Session, TrainingModulePage
from maisons.factories import OperatorPageFactory
from maisons.operators import access

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    found = OperatorPageFactory(title="Caisse à moi")
    found.save_revision()
    return found


@pytest.fixture
def editor(page):
    return UserFactory(role="operator-editor", scope=Scope("operator", page.operator.code))


@pytest.fixture
def client(editor):
    client = Client()
    client.force_login(editor)
    return client


def add_url(parent):
    return reverse("wagtailadmin_pages:add", args=["learning", "trainingmodulepage", parent.pk])


def posted(**fields):
    inline = {}
    for name in ("footnotes", "member_documents", "comments"):
        inline |= {f"{name}-{part}_FORMS": 0 for part in ("TOTAL", "INITIAL", "MIN_NUM")}
        inline[f"{name}-MAX_NUM_FORMS"] = 1000
    streams = {f"{name}-count": 0 for name in ("programme", "body")}
    return {
        "title": "Actualiser ses repères",
        "slug": "actualiser",
        "summary": "Une demi-journée.",
        "kind": "refresher",
        "half_days": 1,
        "objectives": '{"entityMap": {}, "blocks": []}',
        **inline,
        **streams,
        **fields,
    }


def training(page, **kwargs):
    kwargs.setdefault("kind", "operator")
    return ModuleFactory(parent=page, operator=page.operator, **kwargs)


# -- Writing --------------------------------------------------------------------------------------


def test_an_editor_of_an_operator_writes_a_training_of_it_and_submits_it(client, page, editor):
    form = client.get(add_url(page)).content.decode()
    assert 'value="refresher"' in form and 'value="national"' not in form
    assert 'name="trainers"' not in form and 'name="operator"' not in form
    response = client.post(add_url(page), posted(**{"action-submit": "1"}))
    assert response.status_code == 302
    made = TrainingModulePage.objects.get()
    assert (made.operator, made.kind, made.live) == (page.operator, "refresher", False)
    assert moderation.status(made).state == moderation.SUBMITTED


def test_it_is_never_national_nor_of_another_operator_whatever_is_posted(client, page):
    other = OperatorPageFactory()
    client.post(add_url(page), posted(kind="national", operator=other.operator.pk))
    assert not TrainingModulePage.objects.filter(kind="national").exists()
    client.post(add_url(page), posted(slug="autre", operator=other.operator.pk))
    assert TrainingModulePage.objects.get(slug="autre").operator == page.operator


def test_an_editor_writes_neither_in_the_catalogue_nor_under_another_operator(client, page):
    for parent in (catalogue(), OperatorPageFactory()):
        assert client.get(add_url(parent)).status_code in (302, 403, 404)
        client.post(add_url(parent), posted())
    assert not TrainingModulePage.objects.exists()


def test_nor_does_an_editor_publish_or_change_the_training_of_another(client, page):
    client.post(add_url(page), posted(**{"action-publish": "1"}))
    assert not TrainingModulePage.objects.filter(live=True).exists()
    theirs = training(OperatorPageFactory())
    assert client.get(reverse("wagtailadmin_pages:edit", args=[theirs.pk])).status_code == 404


def test_moderation_publishes_it_and_tells_the_editors_of_the_operator(client, page, editor):
    client.post(add_url(page), posted(**{"action-submit": "1"}))
    made = TrainingModulePage.objects.get()
    state = made.current_workflow_state
    state.current_task_state.approve(user=UserFactory(role="editor"))
    made.refresh_from_db()
    assert made.live
    assert Notification.objects.filter(user=editor, kind="moderation.approved").exists()


def test_the_national_catalogue_goes_through_no_moderation(page):
    assert ModuleFactory().get_workflow() is None
    assert training(page, kind="meeting").get_workflow() is not None


def test_what_is_saved_under_an_operator_without_its_name_is_refused(page):
    from django.core.exceptions import ValidationError

    draft = TrainingModulePage(title="Sans opérateur", slug="sans", kind="meeting")
    with pytest.raises(ValidationError):
        page.add_child(instance=draft)


# -- Reading --------------------------------------------------------------------------------------


def test_the_catalogue_shows_national_modules_first_then_operators_by_kind(page):
    names = {
        "national": ModuleFactory(title="Module national").title,
        "operator": training(page, title="Formation de la caisse").title,
        "immersion": training(page, title="Un jour chez nous", kind="immersion").title,
        "meeting": training(page, title="Rencontre du département", kind="meeting").title,
    }
    html = Client().get(catalogue().get_url()).content.decode()
    places = [html.index(f">{title}</a>") for title in names.values()]
    assert places == sorted(places)
    assert str(page.operator) in html
    only = Client().get(f"{catalogue().get_url()}?genre=meeting").content.decode()
    assert f">{names['meeting']}</a>" in only and f">{names['national']}</a>" not in only


def test_what_is_not_published_is_in_no_list(page):
    training(page, title="Brouillon zorglub", live=False)
    for url in (catalogue().get_url(), page.get_url()):
        assert "zorglub" not in Client().get(url).content.decode()


def test_the_page_of_an_operator_lists_its_own_trainings(page):
    training(page, title="Formation de la caisse")
    training(OperatorPageFactory(), title="Formation d’une autre")
    html = Client().get(page.get_url()).content.decode()
    assert "Formation de la caisse" in html and "Formation d’une autre" not in html


# -- Sessions -------------------------------------------------------------------------------------


def test_sessions_of_a_training_belong_to_its_operator(page, editor):
    mine = SessionFactory(module=training(page), state=SessionState.DRAFT)
    SessionFactory(module=training(OperatorPageFactory()), state=SessionState.DRAFT)
    SessionFactory(state=SessionState.DRAFT)
    assert list(Session.objects.run_by(editor)) == [mine]
    assert list(Session.objects.visible_to(editor)) == [mine]
    assert editor.has_perm("learning.run_session", mine)
    row = RegistrationFactory(session=mine)
    assert list(type(row).objects.visible_to(editor)) == [row]


def test_a_role_that_ends_takes_the_sessions_away(page, editor):
    from accounts.services import revoke

    mine = SessionFactory(module=training(page))
    revoke(editor.role_assignments.get())
    assert not Session.objects.run_by(editor).filter(pk=mine.pk).exists()
    assert not access.editors_of(page.operator).exists()


def test_the_editors_of_the_catalogue_choose_operator_and_trainers(page):
    client = Client()
    client.force_login(UserFactory(role="editor"))
    form = client.get(add_url(catalogue())).content.decode()
    assert 'name="trainers"' in form and 'name="operator"' in form
    assert 'value="national"' in form
