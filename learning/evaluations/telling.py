"""Who is told that they are asked."""

from collections.abc import Iterable

from accounts.notify import notify

from ..models.evaluations import Evaluation
from ..models.registrations import Registration
from ..telling import context_of


def asked(evaluation: Evaluation, rows: Iterable[Registration], *, again: bool = False) -> int:
    """Tell those awaited; `again` is the reminder. A person told the same key before is left alone.

    At the end of a session opinion and check are asked together: reminders share their key.
    """
    until = evaluation.until
    context = context_of(
        evaluation.session,
        url=evaluation.get_absolute_url(),
        until=until.astimezone(evaluation.session.zone) if until else None,
        again=again,
        anonymous=evaluation.anonymous,
    )
    kind = "hot" if evaluation.kind == Evaluation.Kind.CHECK else evaluation.kind
    key = f"evaluation:{evaluation.session.uuid}:{kind}{':again' if again else ''}"
    return notify(f"learning.evaluation-{kind}", [row.user for row in rows], context, key=key)
