"""Operators and partners: their pages, who writes them, and the filter by operator (docs/operators.md)."""

from .filtering import OperatorField, with_operator

__all__ = ["OperatorField", "with_operator"]
