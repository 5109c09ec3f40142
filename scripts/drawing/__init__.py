"""Reusable motifs for the pictures of the site, drawn in one hand."""
