"""What the newsroom gives to the other apps, one module for each subject."""

from . import (  # noqa: F401
    contribution_giving,
    demo_load,
    demo_meetings,
    giving,
    url_cases,
    url_cases_meetings,
)
