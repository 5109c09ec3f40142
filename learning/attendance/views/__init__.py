"""The screens of attendance: at the door, in one's hand, on the trainer's screen, on paper."""
