"""Calendars: invitations by mail, the personal calendar, files to add to one's own."""
