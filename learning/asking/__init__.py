"""Questions to the trainer on a unit."""
