"""What the home app gives to the others."""

from . import panels, url_cases  # noqa: F401
