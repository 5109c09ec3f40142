"""The replay: what was watched, notes at a moment, questions and answers, the unit of a path."""

import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone

from accounts.factories import UserFactory
from accounts.models import Message
from accounts.threads.factories import MessageFactory
from cms.recordings import moments_of
from learning.models import (
    ChapterPage,
    LearningPath,
    LearningPathPage,
    UnitPage,
    UnitProgress,
    WebinarChapter,
    WebinarNote,
    WebinarPresence,
)
from learning.paths import structure
from learning.paths.factories import make_enrolment, make_path
from learning.webinars import notes
from learning.webinars.discussions import KIND
from learning.webinars.factories import (
    make_member,
    make_note,
    make_replay,
    make_webinar,
    page_of,
    recording,
)
from learning.webinars.personal import PersonalData

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client, clock):
    user = make_member()
    client.force_login(user)
    return user


@pytest.fixture
def webinar(clock):
    return make_replay()


def report(client, webinar, **said):
    sent = {"event": str(uuid.uuid4()), **said}
    address = f"{webinar.get_absolute_url()}rapport/"
    return client.post(address, json.dumps(sent), "application/json")


def room(client, webinar, query=""):
    return client.get(f"{webinar.get_absolute_url()}{query}")


# -- Watching -------------------------------------------------------------------------------------


def test_watching_enough_is_seeing_it_and_seeking_is_not(client, agent, webinar, clock):
    answer = report(client, webinar, played=[[0, 40]], place={"second": 40}).json()
    assert (answer["done"], answer["played"]) == (False, [[0, 15.0]])
    for _ in range(2):
        clock.shift(10)
        said = {"from_ago": 10, "to_ago": 0, "played": [[15, 40]]}
        answer = report(client, webinar, **said).json()
    assert answer["done"]
    row = WebinarPresence.objects.get()
    assert row.place == {"second": 40}
    assert (row.is_complete, row.was_live, row.marked) == (True, False, False)


def test_one_resumes_where_one_stopped(client, agent, webinar):
    report(client, webinar, played=[[0, 9]], place={"second": 9})
    assert 'data-place="{&quot;second&quot;: 9}"' in room(client, webinar).content.decode()


def test_one_may_say_that_one_has_seen_it_and_take_it_back(client, agent, webinar):
    for act, done in (("vu", True), ("pas-vu", False)):
        client.post(f"{webinar.get_absolute_url()}{act}/")
        assert (WebinarPresence.objects.get().replay_done_at is not None) == done


@pytest.mark.parametrize("said", [{"event": "x"}, {"played": [["NaN", 1]]}, {"speed": 9}])
def test_a_hostile_report_is_refused(client, agent, webinar, said):
    assert report(client, webinar, **said).status_code == 400
    assert not WebinarPresence.objects.exists()


def test_nothing_is_reported_of_what_is_no_replay_yet(client, agent):
    assert report(client, make_webinar(), played=[[0, 5]]).status_code == 409


# -- The transcript -------------------------------------------------------------------------------


def test_a_search_ignores_accents_and_a_file_that_is_gone_gives_no_moment(db):
    media = recording()
    assert [each.found for each in moments_of(media, "ACCUEIL")] == [False, True, False, False]
    assert [each.time for each in moments_of(media)] == ["0:00", "0:10", "0:20", "0:30"]
    media.captions.name = "recordings/none/none/none.vtt"
    assert moments_of(media) == []


def test_each_moment_is_a_link_into_the_recording_without_javascript(client, agent, webinar):
    page = page_of(webinar)
    page.chapters.add(WebinarChapter(starts_at=20, title="Le dossier"))
    page.save()
    html = room(client, webinar).content.decode()
    for second in (0, 10, 20, 30):
        assert f'href="{page.recording.url}#t={second}"' in html
    found = room(client, webinar, "?dans=dossier").context["player"]
    assert [moment.text for moment in found["moments"]] == ["Puis le dossier."]
    assert [chapter["time"] for chapter in found["chapters"]] == ["0:20"]


# -- Notes ----------------------------------------------------------------------------------------


def write(client, webinar, text="À revoir", moment="0:12", **more):
    sent = {"text": text, "moment": moment, "submission": str(uuid.uuid4()), **more}
    return client.post(f"{webinar.get_absolute_url()}notes/", sent, follow=True)


def change(client, note, act, **sent):
    address = f"{note.webinar.get_absolute_url()}notes/{note.uuid}/{act}/"
    return client.post(address, sent, follow=True)


def test_a_note_is_kept_at_its_moment_corrected_deleted_and_put_back(client, agent, webinar):
    write(client, webinar)
    note = WebinarNote.objects.get()
    assert (note.moment, note.is_public) == (12, False)
    form = room(client, webinar, f"?modifier={note.uuid}").context["edit_form"]
    sent = {"correction-text": "Autrement", "correction-moment": "0:20"}
    sent["correction-submission"] = str(form.initial["submission"])
    change(client, note, "corriger", **sent)
    note.refresh_from_db()
    assert (note.moment, note.text) == (20, "Autrement")
    html = change(client, note, "supprimer").content.decode()
    assert "note supprimée" in html
    assert not WebinarNote.objects.visible_to(agent).exists()
    change(client, note, "remettre")
    assert WebinarNote.objects.visible_to(agent).get() == note


def test_the_same_form_twice_is_one_note(client, agent, webinar):
    submission = str(uuid.uuid4())
    for _ in range(2):
        write(client, webinar, submission=submission)
    assert WebinarNote.objects.count() == 1


@pytest.mark.parametrize("moment", ["zz", "99:99", "-1", ""])
def test_a_wrong_moment_is_said_and_nothing_is_lost(client, agent, webinar, moment):
    answer = write(client, webinar, text="Ma phrase", moment=moment)
    assert answer.status_code == 422
    assert "Ma phrase" in answer.content.decode()


def test_somebody_s_private_note_is_theirs_alone(client, agent, webinar):
    other = make_note(webinar, make_member(), "Ne regarde que moi")
    assert "Ne regarde que moi" not in room(client, webinar).content.decode()
    assert change(client, other, "supprimer").status_code == 404
    client.force_login(UserFactory(role="national-team"))
    assert "Ne regarde que moi" not in room(client, webinar).content.decode()


def test_the_team_s_notes_are_read_by_all_and_written_by_the_team_alone(client, agent):
    trainer = UserFactory(role="trainer")
    webinar = make_replay(trainers=[trainer])
    write(client, webinar, "Pour tous ?", is_public="on")
    assert not WebinarNote.objects.filter(is_public=True).exists()
    client.force_login(trainer)
    write(client, webinar, "Ici, la grille", is_public="on")
    client.force_login(agent)
    assert "Ici, la grille" in room(client, webinar).content.decode()
    note = WebinarNote.objects.get(is_public=True)
    assert change(client, note, "supprimer").status_code == 404


def test_deleted_notes_end_after_30_days_and_private_ones_with_the_account(agent, webinar):
    kept, public = make_note(webinar, agent), make_note(webinar, agent, is_public=True)
    gone = notes.delete(make_note(webinar, agent))
    personal = PersonalData()
    personal.purge(timezone.now() + dt.timedelta(days=31))
    assert not WebinarNote.objects.filter(pk=gone.pk).exists()
    assert [row["text"] for row in personal.export(agent)["webinar_notes"]] == ["Une note."] * 2
    personal.erase(agent)
    assert list(WebinarNote.objects.all()) == [public]
    assert not WebinarNote.objects.filter(pk=kept.pk).exists()


# -- Questions and comments -----------------------------------------------------------------------


def test_a_question_at_a_moment_is_answered_on_the_page(client, agent):
    trainer = UserFactory(role="trainer")
    webinar = make_replay(trainers=[trainer])
    MessageFactory(target=(KIND, webinar.uuid), author=agent, text="Déjà lu.")
    address = f"/espace-pro/discussions/{KIND}/{webinar.uuid}/"
    sent = {"text": "Et sans rendez-vous ?", "moment": "0:20", "is_question": "on"}
    sent |= {"submission": str(uuid.uuid4()), "retour": "page"}
    answer = client.post(address, sent)
    assert answer["Location"] == f"{webinar.get_absolute_url()}#discussion"
    question = Message.objects.get(is_question=True)
    assert question.moment == 20
    client.force_login(trainer)
    sent = {"text": "Alors on oriente.", "answers": str(question.uuid)}
    client.post(address, sent | {"submission": str(uuid.uuid4())})
    client.force_login(agent)
    found = room(client, webinar).context["discussion"]
    [asked] = found.questions
    assert asked.message == question
    html = room(client, webinar).content.decode()
    assert f"{webinar.get_absolute_url()}#t=20" in html


def test_comments_are_moderated_by_the_team(client, agent):
    trainer = UserFactory(role="trainer")
    webinar = make_replay(trainers=[trainer])
    message = MessageFactory(target=(KIND, webinar.uuid), author=agent, text="Nom d’un usager")
    client.force_login(trainer)
    client.post(
        f"/espace-pro/discussions/message/{message.uuid}/masquer/", {"reason": "Un nom est cité."}
    )
    client.force_login(make_member())
    assert "Nom d’un usager" not in room(client, webinar).content.decode()


# -- In a path ------------------------------------------------------------------------------------


def replay_unit(webinar, **fields):
    page = LearningPathPage.objects.get(translation_key=make_path().uuid)
    chapter = ChapterPage.objects.child_of(page).get()
    value = {"webinar": page_of(webinar).pk, "introduction": ""}
    content = UnitPage._meta.get_field("content").to_python([{"type": "replay", "value": value}])
    unit = UnitPage(title="La rediffusion", slug="rediffusion", content=content, **fields)
    unit = chapter.add_child(instance=unit)
    structure.publish_version(page)
    path = LearningPath.objects.select_related("version").get(uuid=page.translation_key)
    return path, path.units.get(uuid=unit.translation_key)


def test_a_unit_is_done_when_enough_of_the_replay_was_played(client, agent, webinar, clock):
    path, unit = replay_unit(webinar, rule="played", threshold=50)
    make_enrolment(path, agent)
    address = f"{path.get_absolute_url()}etapes/{unit.uuid}/"
    html = client.get(address).content.decode()
    assert page_of(webinar).recording.url in html
    for start in (0, 15):
        clock.shift(10)
        said = {"event": str(uuid.uuid4()), "played": [[start, start + 15]]}
        said |= {"from_ago": 10, "to_ago": 0}
        client.post(f"{address}rapport/", json.dumps(said), "application/json")
    assert UnitProgress.objects.get(unit=unit).completed_at is not None
    # The attendance of the webinar knows it too.
    assert (
        WebinarPresence.objects.get(user=agent).played == UnitProgress.objects.get(unit=unit).played
    )


def test_a_unit_waits_for_the_replay_without_showing_the_recording(client, agent):
    media = recording()
    webinar = make_webinar(begins=5, recording=media)
    path, unit = replay_unit(webinar)
    make_enrolment(path, agent)
    html = client.get(f"{path.get_absolute_url()}etapes/{unit.uuid}/").content.decode()
    assert media.url not in html
    assert webinar.get_absolute_url() in html
