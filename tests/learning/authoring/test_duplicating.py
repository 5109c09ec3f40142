"""A path made from another stands on its own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale

from accounts.factories import UserFactory
from cms.translating import translate_page
from learning.authoring import parts, publishing
from learning.authoring.duplicating import duplicate
from learning.models import ChapterPage, Enrolment, LearningPath, LearningPathPage, UnitPage
from learning.paths import services
from learning.paths.factories import make_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return UserFactory(is_superuser=True)


@pytest.fixture
def page():
    path = make_path({"title": "Lire"}, {"title": "Trier"}, {"title": "Agir"}, title="Accueillir")
    page = LearningPathPage.objects.get(translation_key=path.uuid)
    first, second, third = in_order(page)
    third.needs.set([first, second])
    link = f'<p><a linktype="page" id="{first.pk}">Revoir</a></p>'
    stream = UnitPage._meta.get_field("content")
    third.content = stream.to_python(
        [{"type": "text", "value": {"body": [{"type": "rich_text", "value": link}]}}]
    )
    third.save()
    return page


def in_order(page):
    return list(UnitPage.objects.descendant_of(page).order_by("path"))


def test_a_copy_is_a_draft_whose_units_lead_to_each_other(page, author):
    copy = duplicate(page, "Accueillir, autrement", by=author)
    first, second, third = in_order(copy)
    keys = {each.translation_key for each in [page, *in_order(page)]}
    assert {each.translation_key for each in [copy, first, second, third]}.isdisjoint(keys)
    assert not any(each.live for each in [copy, first, second, third])
    assert set(third.needs.all()) == {first, second}
    assert set(third.get_latest_revision_as_object().needs.all()) == {first, second}
    assert f'id="{first.pk}"' in third.content[0].value["body"][0].value.source
    assert not LearningPath.objects.filter(uuid=copy.translation_key).exists()


def test_what_was_being_written_is_copied_and_the_original_stays(page, author):
    unit = in_order(page)[0]
    unit.title = "Lire mieux"
    unit.save_revision()
    copy = duplicate(page, "Copie", by=author)
    assert in_order(copy)[0].title == "Lire mieux"
    assert [each.title for each in in_order(page)] == ["Lire", "Trier", "Agir"]
    assert set(in_order(page)[2].needs.all()) == set(in_order(page)[:2])


def test_a_copy_published_whole_takes_learners_of_its_own(page, author):
    path = LearningPath.objects.get(uuid=page.translation_key)
    services.enrol(path, author, by=author)
    copy = duplicate(page, "Copie", by=author)
    publishing.publish(copy, by=author)
    made = LearningPath.objects.get(uuid=copy.translation_key)
    assert made.version.number == 1
    assert not Enrolment.objects.filter(path=made).exists()
    assert services.enrol(made, author, by=author).due == 3


def test_translations_are_copied_with_it(page, author):
    english, _made = Locale.objects.get_or_create(language_code="en")
    above = page.get_parent().specific
    if not above.has_translation(english):
        above.copy_for_translation(english, copy_parents=True)
    for each in [page, ChapterPage.objects.child_of(page).get(), *in_order(page)]:
        words = each.specific_class.objects.get(pk=each.pk)
        words.title = f"{each.title} in English"
        translate_page(each, words, english)
    copy = duplicate(page, "Copie", by=author)
    found = [each.get_translation(english) for each in [copy, *in_order(copy)]]
    assert [each.title for each in found[1:]] == [
        "Lire in English",
        "Trier in English",
        "Agir in English",
    ]
    assert not any(each.live for each in found)


def test_rooms_copy_what_they_keep_of_units(page, author, monkeypatch):
    told = []
    monkeypatch.setattr(parts, "_parts", {})
    parts.register(parts.Part("room", copied=lambda pairs, by: told.extend(pairs)))
    copy = duplicate(page, "Copie", by=author)
    assert [(one.title, two.get_parent().get_parent().pk) for one, two in told] == [
        (title, copy.pk) for title in ("Lire", "Trier", "Agir")
    ]
    with pytest.raises(parts.DuplicatePart):
        parts.register(parts.Part("room"))


def test_only_who_may_add_a_path_copies_one(page):
    with pytest.raises(PermissionDenied):
        duplicate(page, "Copie", by=UserFactory())


def test_wagtail_s_own_copy_leads_to_ours(client, page, author):
    client.force_login(author)
    response = client.get(reverse("wagtailadmin_pages:copy", args=[page.pk]))
    assert response.url == reverse("learning_path_duplicate", args=[page.pk])
    response = client.post(response.url, {"title": "Par l’écran"})
    copy = LearningPathPage.objects.get(title="Par l’écran")
    assert response.url == reverse("learning_path_outline", args=[copy.pk])
    assert client.get(response.url).status_code == 200
