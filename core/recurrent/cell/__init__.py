"""One recurrent cell, opened at every step."""
