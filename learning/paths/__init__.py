"""Online learning: paths, their units, and how far somebody is."""
