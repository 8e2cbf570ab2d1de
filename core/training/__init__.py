"""Training that can be watched: what a run is, how it advances, and the engine that runs many."""
