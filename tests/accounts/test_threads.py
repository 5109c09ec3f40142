"""Discussions: who reads and writes, what waits, what is taken back, what moderators decide."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction

from accounts import personal_data
from accounts.factories import UserFactory
from accounts.models import Follow, Message, MessageState, Notification, Report, Thread
from accounts.threads import holding, queries, services
from accounts.threads.factories import MessageFactory
from accounts.threads.personal import PersonalData
from accounts.threads.services import CannotDo
from cms.tasks import run_all
from learning.discussions import KIND
from learning.factories import ModuleFactory

pytestmark = pytest.mark.django_db
S = MessageState
DAY = dt.timedelta(days=1)


def member():
    """Somebody of the network who wrote before: what they write shows at once."""
    person = UserFactory(role="host-manager", scope=("host-organisation", _host()))
    MessageFactory(author=person, target=("ailleurs", uuid.uuid4()))
    return person


def _host():
    from maisons.factories import HostOrganisationFactory

    return HostOrganisationFactory().slug


@pytest.fixture
def module():
    return ModuleFactory()


@pytest.fixture
def moderator():
    return UserFactory(role="national-team")


def write(author, module, text="Bonjour à tous.", **kwargs):
    kwargs.setdefault("submission", uuid.uuid4())
    return services.post(author, KIND, module.translation_key, text, **kwargs)


def told(person):
    run_all()
    return list(
        Notification.objects.filter(user=person).order_by("pk").values_list("kind", flat=True)
    )


def sees(person, message):
    return Message.objects.visible_to(person).filter(pk=message.pk).exists()


# -- Reading and writing --------------------------------------------------------------------------


def test_members_read_a_discussion_and_nobody_else_does(module):
    message = write(member(), module)
    assert sees(member(), message)
    assert not sees(UserFactory(), message)
    assert not sees(None, message)


def test_a_discussion_closes_to_those_to_whom_its_page_does(module):
    message, reader = write(member(), module), member()
    restriction = PageViewRestriction.GROUPS
    PageViewRestriction.objects.create(page=module, restriction_type=restriction)
    assert not sees(reader, message)
    assert queries.discussion(KIND, module.translation_key, reader) is None


def test_the_same_form_sent_twice_is_one_message(module):
    author, submission = member(), uuid.uuid4()
    first = write(author, module, submission=submission)
    assert write(author, module, "Encore", submission=submission) == first
    assert first.thread.messages.count() == 1


def test_the_answer_to_an_answer_stands_beside_it(module):
    first = write(member(), module)
    second = write(member(), module, answers=first)
    third = write(member(), module, answers=second)
    assert {second.parent, third.parent} == {first}


def test_the_newest_conversation_comes_first_each_in_its_order(module):
    one = write(member(), module)
    two = write(member(), module)
    answers = [write(member(), module, answers=one) for _ in range(2)]
    rows = queries.rows_of(one.thread, member())
    assert list(rows) == [two, one, *answers]


def test_nobody_writes_in_a_closed_discussion(module, moderator):
    message = write(member(), module)
    services.close(message.thread, moderator)
    with pytest.raises(CannotDo):
        write(member(), module)
    services.reopen(message.thread, moderator)
    assert write(member(), module).is_shown


def test_a_member_does_not_close_a_discussion(module):
    message = write(member(), module)
    with pytest.raises(PermissionDenied):
        services.close(message.thread, member())


# -- What waits for a moderator -------------------------------------------------------------------


def test_the_first_message_of_a_newcomer_waits_and_the_second_does_not(module, moderator):
    newcomer = UserFactory(role="trainer")
    first = write(newcomer, module)
    assert first.state == S.HELD
    assert sees(newcomer, first) and sees(moderator, first) and not sees(member(), first)
    assert told(moderator) == ["threads.moderate"]
    services.publish(first, moderator)
    assert sees(member(), first)
    assert told(newcomer) == ["threads.published"]
    assert write(newcomer, module).state == S.SHOWN


@pytest.mark.parametrize(
    "text",
    ["Voir https://ailleurs.example.org/", "Voir www.ailleurs.fr", "HTTP://AILLEURS.EXAMPLE.ORG"],
)
def test_a_message_that_leads_elsewhere_waits(module, text):
    assert write(member(), module, text).state == S.HELD


def test_a_link_to_our_own_site_does_not_wait(module, settings):
    assert write(member(), module, f"Voir {settings.SITE_ORIGIN}/maisons/").state == S.SHOWN


def test_moderators_are_not_held(module, moderator):
    assert write(moderator, module, "https://ailleurs.example.org/").state == S.SHOWN


def test_a_link_added_by_a_correction_waits_too(module):
    message = write(member(), module)
    services.correct(message, message.author, "https://ailleurs.example.org/")
    message.refresh_from_db()
    assert message.state == S.HELD


def test_the_rule_of_holding_bears_its_date():
    assert holding.RULE_OF.year >= 2026


# -- Correcting, withdrawing ----------------------------------------------------------------------


def test_a_message_is_corrected_within_the_hour_by_its_author_alone(module, clock):
    message = write(member(), module)
    services.correct(message, message.author, "Mieux dit.")
    message.refresh_from_db()
    assert message.text == "Mieux dit." and message.edited_at
    with pytest.raises(CannotDo):
        services.correct(message, member(), "Un autre texte.")
    clock.shift(3601)
    with pytest.raises(CannotDo):
        services.correct(message, message.author, "Trop tard.")


def test_what_is_withdrawn_is_read_by_its_author_alone_and_comes_back(module, moderator):
    message = write(member(), module)
    services.withdraw(message, message.author)
    assert sees(message.author, message)
    assert not sees(moderator, message) and not sees(member(), message)
    services.put_back(message, message.author)
    assert sees(member(), message)


def test_nobody_withdraws_the_message_of_another(module, moderator):
    message = write(member(), module)
    with pytest.raises(PermissionDenied):
        services.withdraw(message, moderator)


def test_after_thirty_days_the_text_is_gone_for_good(module, moderator):
    withdrawn, hidden = write(member(), module), write(member(), module)
    services.withdraw(withdrawn, withdrawn.author)
    services.hide(hidden, moderator, "Hors sujet.")
    assert PersonalData().purge(timezone.now() + 29 * DAY) == 0
    assert PersonalData().purge(timezone.now() + 31 * DAY) == 2
    assert set(Message.objects.filter(thread=hidden.thread).values_list("text", flat=True)) == {""}
    with pytest.raises(CannotDo):
        services.restore(hidden, moderator)


def test_an_answer_keeps_its_place_beneath_a_message_that_nobody_sees_any_more(module):
    message = write(member(), module)
    answer = write(member(), module, answers=message)
    services.withdraw(message, message.author)
    reader = member()
    found = queries.discussion(KIND, module.translation_key, reader)
    lines = queries.page_of(found, reader, 1).object_list
    assert [(line.message, line.is_empty) for line in lines] == [(message, True), (answer, False)]


# -- Moderating -----------------------------------------------------------------------------------


def test_a_moderator_hides_with_a_reason_that_the_author_reads_and_shows_it_again(
    module, moderator
):
    message = write(member(), module)
    services.hide(message, moderator, "Nomme un usager.")
    assert not sees(member(), message)
    assert sees(message.author, message) and sees(moderator, message)
    row = Notification.objects.get(user=message.author, kind="threads.hidden")
    assert row.text == "Nomme un usager."
    services.restore(message, moderator)
    assert sees(member(), message)
    actions = ModelLogEntry.objects.filter(object_id=str(message.pk)).values_list(
        "action", flat=True
    )
    assert {"accounts.message_hide", "accounts.message_restore"} <= set(actions)


def test_nothing_is_hidden_without_a_reason(module, moderator):
    with pytest.raises(CannotDo):
        services.hide(write(member(), module), moderator, "  ")


def test_the_trainers_of_a_module_moderate_its_discussion_and_no_other(module):
    trainer = UserFactory(role="trainer")
    module.trainers.add(trainer)
    module.save()
    message, other = write(member(), module), write(member(), ModuleFactory())
    services.hide(message, trainer, "Hors sujet.")
    with pytest.raises(PermissionDenied):
        services.hide(other, trainer, "Hors sujet.")
    assert list(queries.to_moderate(trainer, queries.HIDDEN)) == [message]


def test_a_member_moderates_nothing(module):
    message = write(member(), module)
    for act in (services.publish, services.restore, services.dismiss):
        with pytest.raises(PermissionDenied):
            act(message, member())


def test_a_report_is_listed_for_moderators_until_one_decides(module, moderator):
    message, reader = write(member(), module), member()
    services.report(message, reader, "Publicité.")
    services.report(message, reader, "Publicité, encore.")
    assert Report.objects.count() == 1
    services.report(message, member(), "Publicité.")
    assert told(moderator) == ["threads.moderate"]
    assert list(queries.to_moderate(moderator)) == [message]
    services.dismiss(message, moderator)
    assert not queries.to_moderate(moderator).exists()
    assert sees(member(), message)


def test_hiding_a_message_closes_its_reports(module, moderator):
    message = write(member(), module)
    services.report(message, member(), "Publicité.")
    services.hide(message, moderator, "Publicité.")
    assert Report.objects.get().handled_by == moderator


def test_one_does_not_report_oneself(module):
    message = write(member(), module)
    with pytest.raises(CannotDo):
        services.report(message, message.author, "Moi.")


# -- Telling --------------------------------------------------------------------------------------


def test_whom_it_answers_and_who_follows_are_told_once_each(module):
    first = write(member(), module)
    follower = member()
    services.follow(follower, KIND, module.translation_key)
    second = write(member(), module, answers=first)
    third = write(member(), module, answers=second)
    assert told(first.author) == ["threads.reply", "threads.reply"]
    assert told(second.author) == ["threads.reply"]
    assert told(follower) == ["threads.new", "threads.new"]
    assert told(third.author) == []


def test_whoever_left_the_network_or_stopped_following_is_told_nothing(module):
    gone, stopped = UserFactory(), member()
    for person in (gone, stopped):
        services.follow(person, KIND, module.translation_key)
    services.unfollow(stopped, KIND, module.translation_key)
    write(member(), module)
    assert told(gone) == told(stopped) == []


def test_writing_follows_but_only_the_first_time(module):
    author = member()
    write(author, module)
    assert Follow.objects.filter(user=author, thread__target_key=module.translation_key).exists()
    services.unfollow(author, KIND, module.translation_key)
    write(author, module)
    assert not Follow.objects.filter(user=author).exists()


def test_what_is_told_repeats_no_word_of_the_message(module, moderator):
    message = write(member(), module, "tarentule https://ailleurs.example.org/")
    services.publish(message, moderator)
    services.report(message, member(), "tarentule")
    run_all()
    texts = " ".join(f"{row.title} {row.text}" for row in Notification.objects.all())
    assert module.title in texts and "tarentule" not in texts


# -- Personal data --------------------------------------------------------------------------------


def test_export_gives_ones_own_messages_and_nobody_elses(module):
    mine = write(member(), module, "À moi.")
    write(member(), module, "À un autre.")
    texts = [row["text"] for row in PersonalData().export(mine.author)["messages"]]
    assert "À moi." in texts and "À un autre." not in texts


def test_erasing_leaves_what_was_shown_without_a_name_and_empties_the_rest(module, moderator):
    shown = write(member(), module, "Utile à tous.")
    author = shown.author
    hidden = write(author, module, "Pas pour tous.")
    services.hide(hidden, moderator, "Hors sujet.")
    personal_data.erase(author)
    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert shown.text == "Utile à tous." and "Exemple" not in str(shown.author)
    assert hidden.text == ""
    assert not Follow.objects.filter(user=author).exists()


def test_a_discussion_ends_with_its_object(module):
    message = write(member(), module)
    PersonalData().purge()
    assert Thread.objects.filter(pk=message.thread_id).exists()
    module.delete()
    PersonalData().purge()
    assert not Thread.objects.filter(pk=message.thread_id).exists()
