"""Who follows which path: cohorts, lists, terms of one person, reminders, renewal."""
