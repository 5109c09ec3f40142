"""What the law asks of a public site: accessibility statement, personal data, site map (docs/legal.md)."""
