"""What training announces to whoever listens, inside the transaction of what happened."""

from django.dispatch import Signal

# A session was closed. Sent with `session` and `by`; a receiver that raises undoes the closing.
session_closed = Signal()
