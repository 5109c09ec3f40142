"""What calendars give to the rest of the site."""

import learning.calendars.panel
import learning.calendars.personal
import learning.calendars.url_cases  # noqa: F401
