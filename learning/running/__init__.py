"""The trainer's space: making a session, who comes, telling them, and registrations by others."""
