"""Writing a session: one transaction from the lock to the telling."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from cms import bin as trash
from cms import pagecache
from cms.templatetags.theme_tags import day

from ..kinds import IN_PLAY, Mode, SessionState
from ..models import Registration, Session
from ..services.registrations import lock
from ..services.sessions import (
    CannotChange,
    ChangedMeanwhile,
    Slot,
    announce_change,
    set_dates,
)
from .session_forms import LAST_MINUTE, SessionForm

PLAIN = SessionForm.Meta.fields


def people_told(session: Session) -> int:
    """How many are told when this session changes: whoever is in play, once it is announced."""
    if session.state != SessionState.OPEN:
        return 0
    return Registration.objects.filter(session=session, state__in=IN_PLAY).count()


def changes(session: Session, form: SessionForm, slots: list[Slot]) -> list[str]:
    """What would change for those who come, in words. Empty: nothing that they must know."""
    data, told = form.cleaned_data, []
    before = [(date.starts_at, date.ends_at) for date in session.current_dates]
    if before != sorted((slot.starts_at, slot.ends_at) for slot in slots):
        told.append(_("the dates (now %(dates)s)") % {"dates": _dates_in_words(slots, form)})
    if data["mode"] != session.mode:
        label = dict(Mode.choices)[data["mode"]]
        told.append(_("how it takes place (now %(how)s)") % {"how": str(label).lower()})
    if _place(session, session.commune) != _place(form.cleaned_data, form.found):
        told.append(_("the place (now %(place)s)") % {"place": _place_in_words(form)})
    words = {
        "access": _("how to get there"),
        "meeting_url": _("the address of the remote room"),
        "costs": _("the costs"),
        "note": _("the note for those registered"),
    }
    told += [text for name, text in words.items() if data[name] != getattr(session, name)]
    trainers = {trainer.pk for trainer in session.trainers.all()}
    if trainers != {trainer.pk for trainer in data["trainers"]}:
        told.append(_("the trainers"))
    return told


def _place(source: Any, commune: Any) -> tuple[Any, ...]:
    def value(name: str) -> Any:
        return source[name] if isinstance(source, dict) else getattr(source, name)

    return value("venue"), value("address"), commune.pk if commune else None


def _place_in_words(form: SessionForm) -> str:
    data = form.cleaned_data
    parts = [data["venue"], data["address"], form.found.name if form.found else ""]
    return ", ".join(part for part in parts if part) or _("none")


def _dates_in_words(slots: list[Slot], form: SessionForm) -> str:
    words = [
        f"{day(slot.starts_at.astimezone(form.zone).date())}, "
        f"{slot.starts_at.astimezone(form.zone):%H:%M} – {slot.ends_at.astimezone(form.zone):%H:%M}"
        for slot in sorted(slots, key=lambda slot: slot.starts_at)
    ]
    return " ; ".join(words) or _("none")


@transaction.atomic
def save(session: Session | None, form: SessionForm, slots: list[Slot], *, by: Any) -> Session:
    """Write what the form says and tell those who come, or nothing.

    Raises ChangedMeanwhile when the session was saved since the form was made, CannotChange when
    more people hold a place than it would have, or attendance was signed for a date that moves.
    """
    if session is None:
        session = Session(module=form.cleaned_data["module"], state=SessionState.DRAFT)
        told: list[str] = []
    else:
        session = lock(session.pk)
        _check(session, form)
        told = changes(session, form, slots)
    was_open = session.state == SessionState.OPEN
    _write(session, form, slots)
    set_dates(session, slots, by=by)
    session.trainers.set(form.cleaned_data["trainers"])
    if was_open:
        announce_change(session, by=by, told=told)
    else:
        log(instance=session, action="learning.change", user=by)
    session = Session.objects.get(pk=session.pk)
    if was_open:
        pagecache.bump()
    return session


def _check(session: Session, form: SessionForm) -> None:
    if session.version != (form.cleaned_data["version"] or 0):
        raise ChangedMeanwhile(_("Somebody saved this session since you opened it."))
    if session.state not in (SessionState.DRAFT, SessionState.OPEN):
        raise CannotChange(_("A session that is cancelled or closed no longer changes."))
    held = Registration.objects.filter(session=session).holding().count()
    if form.cleaned_data["capacity"] < held:
        text = _("%(held)s people hold a place: the session cannot have fewer places.")
        raise CannotChange({"capacity": text % {"held": held}})


def _write(session: Session, form: SessionForm, slots: list[Slot]) -> None:
    data = form.cleaned_data
    if session.state == SessionState.DRAFT:
        session.module = data["module"]
        session.version += 1  # an announced one is raised by `announce_change`
    for name in PLAIN:
        setattr(session, name, data[name])
    session.commune = form.found
    session.deadline = _deadline(data["until"], slots, form)
    session.save()
    if session.mode != Mode.HYBRID:
        remote = session.mode == Mode.REMOTE
        Registration.objects.filter(session=session, state__in=IN_PLAY).update(remote=remote)


def _deadline(until: dt.date | None, slots: list[Slot], form: SessionForm) -> dt.datetime | None:
    """The end of that day on the clock of the place, never after the start."""
    if until is None:
        return None
    end = dt.datetime.combine(until, LAST_MINUTE, form.zone)
    return min([end, *(slot.starts_at for slot in slots)])


# -- The bin --------------------------------------------------------------------------------------

DRAFT_IN_BIN = trash.Kind(
    "learning.session",
    gettext_lazy("Draft session"),
    Session,
    lambda user: user.has_perm("learning.steer"),
)


@transaction.atomic
def delete_draft(session: Session, *, by: Any) -> None:
    """Put a draft in the bin for thirty days. Raises CannotChange once it was announced."""
    session = lock(session.pk)
    if session.state != SessionState.DRAFT:
        raise CannotChange(_("A session that was announced is cancelled, not deleted."))
    trash.put_object(DRAFT_IN_BIN, session, by)
