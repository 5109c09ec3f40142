"""A question to the trainer: who reads it, what waits, what the cohort may read."""

import uuid

import pytest

from accounts.factories import UserFactory
from accounts.models import Notification
from learning.asking import services
from learning.assignments.factories import make_cohort, make_learner
from learning.models import UnitAnswer, UnitQuestion
from learning.paths.factories import make_path, units_of
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
BASE = "/espace-pro/questions/"


@pytest.fixture
def trainer():
    return UserFactory(role="trainer")


@pytest.fixture
def group(trainer):
    return make_cohort(make_path(), trainer)


def asked(group, text="Que dire d’un refus ?", share=False, by=None):
    row = by or make_learner(group.path, group)
    unit = units_of(group.path)[0]
    return services.ask(row, unit, text, key=uuid.uuid4(), may_be_shared=share)


def answer(question, by, text="Expliquez-le.", share=False):
    return services.answer(question, text, by=by, key=uuid.uuid4(), share=share)


def unit_page(client, row):
    client.force_login(row.user)
    unit = units_of(row.path)[0]
    return client.get(f"{row.path.get_absolute_url()}etapes/{unit.uuid}/").content.decode()


def test_a_question_sent_twice_is_one(client, group):
    row = make_learner(group.path, group)
    client.force_login(row.user)
    address = f"{group.path.get_absolute_url()}etapes/{units_of(group.path)[0].uuid}/question/"
    sent = {"text": "Comment ?", "key": uuid.uuid4()}
    for _ in range(2):
        client.post(address, sent)
    assert UnitQuestion.objects.count() == 1
    client.post(address, {"text": " ", "key": "x"})
    assert UnitQuestion.objects.count() == 1


def test_the_identifier_of_somebody_else_s_form_is_refused_and_takes_nothing(
    client, group, trainer
):
    theirs, mine = asked(group), asked(group)
    said = answer(theirs, trainer)
    client.force_login(mine.enrolment.user)
    address = f"{group.path.get_absolute_url()}etapes/{units_of(group.path)[0].uuid}/question/"
    for url, key in ((address, theirs.uuid), (f"{BASE}{mine.uuid}/repondre/", said.uuid)):
        page = client.post(url, {"text": "Autre chose", "key": key}, follow=True)
        assert "Ce formulaire a déjà été envoyé" in page.content.decode()
    assert (UnitQuestion.objects.count(), UnitAnswer.objects.count()) == (2, 1)


def test_its_author_the_trainers_of_the_cohort_and_the_national_team_read_it(
    client, group, trainer
):
    row = asked(group)
    other = make_learner(group.path, group)
    elsewhere = UserFactory(role="trainer")
    make_cohort(group.path, elsewhere)
    manager = UserFactory()
    maison = MembershipFactory(user=row.enrolment.user).maison
    MembershipFactory(user=manager, maison=maison, role="manager")

    def reads(person):
        return UnitQuestion.objects.visible_to(person).filter(pk=row.pk).exists()

    assert all(map(reads, [row.enrolment.user, trainer, UserFactory(role="national-team")]))
    assert not any(map(reads, [other.user, elsewhere, manager]))
    client.force_login(elsewhere)
    assert client.get(f"{BASE}{row.uuid}/").status_code == 404


def test_those_without_answer_come_first_the_oldest_before(client, group, trainer):
    first, second, done = asked(group, "Un"), asked(group, "Deux"), asked(group, "Trois")
    answer(done, trainer)
    client.force_login(trainer)
    context = client.get(BASE).context
    assert [line.question for line in context["lines"]] == [first, second, done]
    assert context["waiting"] == 2
    # Whoever asked goes on: it waits again.
    services.answer(done, "Et sinon ?", by=done.enrolment.user, key=uuid.uuid4())
    assert client.get(BASE).context["waiting"] == 3


def test_an_answer_tells_whoever_asked_once(client, group, trainer):
    row = asked(group)
    client.force_login(trainer)
    sent = {"text": "Expliquez-le.", "key": uuid.uuid4()}
    for _ in range(2):
        client.post(f"{BASE}{row.uuid}/repondre/", sent)
    assert UnitAnswer.objects.count() == 1
    assert Notification.objects.get().user == row.enrolment.user
    assert "Expliquez-le." in unit_page(client, row.enrolment)


def test_the_cohort_reads_it_with_the_consent_of_its_author_alone_and_without_a_name(
    client, group, trainer
):
    kept, open_one = asked(group, "Entre nous"), asked(group, "Pour tous", share=True)
    for row in (kept, open_one):
        answer(row, trainer, share=True)
    text = unit_page(client, make_learner(group.path, group))
    assert "Pour tous" in text
    assert "Entre nous" not in text
    assert str(open_one.enrolment.user) not in text
    # Of another cohort, nobody reads it.
    other = make_learner(group.path, make_cohort(group.path, name="Autre"))
    assert "Pour tous" not in unit_page(client, other)
    client.force_login(open_one.enrolment.user)
    client.post(f"{BASE}{open_one.uuid}/refuser/")
    assert "Pour tous" not in unit_page(client, make_learner(group.path, group))


def test_taken_back_nobody_else_reads_it_and_it_comes_back(client, group, trainer):
    row = asked(group)
    client.force_login(row.enrolment.user)
    client.post(f"{BASE}{row.uuid}/retirer/")
    assert not UnitQuestion.objects.visible_to(trainer).exists()
    row.refresh_from_db()
    with pytest.raises(services.CannotAnswer):
        answer(row, trainer)
    client.post(f"{BASE}{row.uuid}/remettre/")
    assert UnitQuestion.objects.visible_to(trainer).exists()


def test_a_learner_acts_on_no_question_of_another(client, group, trainer):
    row = asked(group, share=True)
    answer(row, trainer, share=True)
    client.force_login(make_learner(group.path, group).user)
    for act in ("repondre", "retirer", "refuser", "partager", "ailleurs"):
        assert client.post(f"{BASE}{row.uuid}/{act}/").status_code == 404


def test_under_a_unit_a_learner_reads_exactly_what_they_may_see(group, trainer):
    """`read_with` is asked by every page of a unit in place of `visible_to`: neither more nor less."""
    elsewhere = make_cohort(group.path, name="Autre")
    readers = [make_learner(group.path, where) for where in (group, group, elsewhere, None)]
    for reader in readers:
        for share in (False, True):
            row = asked(group, by=reader, share=share)
            if reader.cohort_id == group.pk:
                answer(row, trainer, share=True)
    taken_back = asked(group, by=readers[0], share=True)
    answer(taken_back, trainer, share=True)
    services.withdraw(taken_back)
    for reader in readers:
        seen = UnitQuestion.objects.visible_to(reader.user)
        assert set(UnitQuestion.objects.read_with(reader)) == set(seen)
