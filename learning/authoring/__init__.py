"""Writing paths: their outline and its faults, copies, and a path in one file."""
