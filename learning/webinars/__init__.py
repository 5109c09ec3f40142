"""Webinars: announced, live, then replay with notes and comments."""
