"""Writing to several people at once: written, read over, sent once to each, kept."""
