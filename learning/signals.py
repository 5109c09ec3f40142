"""What training announces to whoever listens, inside the transaction of what happened."""

from django.dispatch import Signal

# A session was closed. Sent with `session` and `by`; a receiver that raises undoes the closing.
session_closed = Signal()

# Attendance was corrected after its session closed. Sent with `registration` (its counts are those
# that now hold), `by`, `reason` and `event` (learning.models.AttendanceEvent), inside the transaction
# of the correction, under the session's lock; a receiver that raises undoes the correction.
attendance_corrected = Signal()

# The last required unit of a path was done. Sent with `enrolment`.
path_completed = Signal()

# Units of a path were archived, or came back: what is required of those who follow it is another number.
# Sent with `path`.
units_archived = Signal()
# Somebody played more of the recording of a unit. Sent with `unit`, `place` (its outline), `user_id` and `spans`
# (what is new, [[start, end], …] in seconds), inside the transaction of `record`.
recording_played = Signal()
