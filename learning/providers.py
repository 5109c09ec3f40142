"""What training gives to the other apps."""

from . import notifications  # noqa: F401
