"""Keeping a text while somebody writes it: sent twice it is one change, and two tabs never overwrite each
other without saying so."""

import datetime as dt
import uuid

from .models.drafts import KeptText

MOST_LENGTH = 20_000


class Stale(Exception):
    """What was sent was written over an older text than the one held; nothing is changed.

    held: the row, with its text and revision.
    """

    def __init__(self, held: KeptText) -> None:
        super().__init__()
        self.held = held


def keep(row: KeptText, text: str, *, revision: int, key: uuid.UUID, now: dt.datetime) -> bool:
    """Put the text in the row, which the caller holds locked and saves. False: it was there already.

    revision: that of the text over which this one was written; key: names the change. Raises Stale.
    """
    if row.last_key == key:
        return False
    if revision != row.revision:
        if text == row.text:
            return False
        raise Stale(row)
    if row.revision and text == row.text:
        return False
    row.text, row.last_key, row.saved_at = text, key, now
    row.revision += 1
    return True
