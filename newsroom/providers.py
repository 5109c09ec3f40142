"""What the newsroom gives to the other apps, one module for each subject."""

from . import demo_load, giving, url_cases  # noqa: F401
