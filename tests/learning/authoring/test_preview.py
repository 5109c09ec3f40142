"""A path is seen as a learner would, and nothing is written by it."""

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.factories import UserFactory
from learning.models import Enrolment, LearningPathPage, ProgressEvent, UnitPage
from learning.paths import services
from learning.paths.factories import make_path, units_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


def rows():
    """How many rows each model of training has, pages included."""
    models = apps.get_app_config("learning").get_models()
    return {model.__name__: model._default_manager.count() for model in models}


def page_of(path):
    return LearningPathPage.objects.get(translation_key=path.uuid)


def test_no_request_of_a_preview_writes_anything(client, editor):
    path = make_path({}, {"rule": "time", "threshold": 5}, {"rule": "seen"})
    base = reverse("learning:path-preview", args=[path.uuid])
    before = rows()
    assert client.get(base).status_code == 200
    assert client.get(f"{base}?minutes=10").status_code == 200
    for unit in units_of(path):
        assert client.get(f"{base}{unit.uuid}/").status_code == 200
        step = reverse("learning:unit", args=[path.uuid, unit.uuid])
        assert client.get(step).status_code == 200
        for word in ("", "fait/", "rapport/"):
            assert client.post(f"{step}{word}", {"event": unit.uuid}).status_code in (404, 405)
        assert client.post(f"{base}{unit.uuid}/").status_code == 405
    assert client.post(base).status_code == 405
    assert rows() == before


def test_the_forms_of_a_preview_are_inert_and_its_links_stay_in_it(client, editor):
    path = make_path({}, {}, {})
    first, second, _third = units_of(path)
    text = client.get(
        reverse("learning:unit-preview", args=[path.uuid, first.uuid])
    ).content.decode()
    content = text[text.index('<article class="wrap unit"') : text.index("</article>")]
    assert '<fieldset class="inert" disabled>' in content
    assert content.count("<form") == content[
        content.index("<fieldset") : content.index("</fieldset>")
    ].count("<form")
    assert "method=" not in content
    assert "data-unit" not in content
    assert reverse("learning:unit-preview", args=[path.uuid, second.uuid]) in content
    assert reverse("learning:unit", args=[path.uuid, second.uuid]) not in content


def test_an_editor_who_follows_the_path_still_previews_it_as_a_beginner(client, editor):
    path = make_path({}, {})
    enrolment = services.enrol(path, editor, by=editor)
    Enrolment.objects.filter(pk=enrolment.pk).update(done=1)
    text = client.get(reverse("learning:path-preview", args=[path.uuid])).content.decode()
    assert "0 étape obligatoire sur 2" in text or "0 sur 2" in text
    client.get(reverse("learning:unit-preview", args=[path.uuid, units_of(path)[0].uuid]))
    assert not ProgressEvent.objects.exists()


def test_drafts_are_previewed_by_those_who_may_edit_them_alone(client, editor):
    from accounts.models import RoleAssignment

    path = make_path({"title": "Publiée"})
    unit = UnitPage.objects.get(title="Publiée")
    unit.title = "En projet"
    unit.save_revision()
    address = reverse("learning:path-preview", args=[path.uuid])
    assert "En projet" in client.get(address).content.decode()
    trainer = UserFactory()
    RoleAssignment.objects.create(user=trainer, role="trainer", scope_kind="national")
    client.force_login(trainer)
    text = client.get(address).content.decode()
    assert "Publiée" in text
    assert "En projet" not in text
    LearningPathPage.objects.filter(translation_key=path.uuid).update(live=False)
    assert client.get(address).status_code == 404


def test_a_path_never_published_is_previewed_whole(client, editor):
    path = make_path({"title": "Une étape"})
    page = page_of(path)
    from learning.authoring.duplicating import duplicate

    copy = duplicate(page, "Copie", by=editor)
    unit = UnitPage.objects.descendant_of(copy).get()
    address = reverse("learning:path-preview", args=[copy.translation_key])
    assert "Une étape" in client.get(address).content.decode()
    assert client.get(f"{address}{unit.translation_key}/").status_code == 200
