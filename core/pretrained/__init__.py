"""Models that somebody else trained: where they are stored, and how one is fetched."""
