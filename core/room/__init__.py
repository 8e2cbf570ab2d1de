"""A room: a lecturer, people who joined by six letters, what is asked, and the answers."""
