"""What alerts give to the rest of the site."""

import learning.alerts.notifications
import learning.alerts.panel
import learning.alerts.personal
import learning.alerts.url_cases  # noqa: F401
