"""Quizzes: a bank of versioned questions, the unit that asks them, attempts and what they teach of the questions."""
