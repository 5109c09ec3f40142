"""The mails of training: words that the national team may change, and when they leave."""
