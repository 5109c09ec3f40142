"""Assignments: work that is handed in, marked by a trainer, done again."""
