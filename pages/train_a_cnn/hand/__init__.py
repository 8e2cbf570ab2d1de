"""The tab "Teach it your handwriting"."""
