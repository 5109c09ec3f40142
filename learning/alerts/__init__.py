"""Whoever asked is told when a session opens near them."""
