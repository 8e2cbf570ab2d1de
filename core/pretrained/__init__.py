"""Models that somebody else trained: where they are kept, and how one is fetched."""
