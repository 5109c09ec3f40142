"""Whether units are useful, and which to improve."""
