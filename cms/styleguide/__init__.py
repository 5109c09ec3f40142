"""The style guide: every component in every state, and whole pages on sample data.

Served only when `settings.STYLEGUIDE` is on (development and tests). Browser tests run axe over it.
Nothing here reads the database. See `docs/theme.md`.
"""
