"""Moderated discussions on any object: see docs/threads.md."""

from .targets import Target, TargetKind

__all__ = ["Target", "TargetKind"]
