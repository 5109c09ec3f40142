"""Questions from Moodle XML and GIFT, and to Moodle XML, by our own parsers."""
