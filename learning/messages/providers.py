"""What messages give to the rest of the site: what the clock does, the mail after a session."""

import learning.messages.after
import learning.messages.jobs  # noqa: F401
