"""The tab "Teach it your hand"."""
