"""What attendance gives to the other rooms."""

from django.utils.translation import gettext_lazy as _

import learning.attendance.demo
import learning.attendance.panels
import learning.attendance.personal
import learning.attendance.url_cases  # noqa: F401

from ..running import tabs

tabs.register(tabs.Tab("attendance", "learning:attendance", _("Attendance"), 20))
