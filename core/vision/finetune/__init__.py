"""Fine-tuning a trained network on somebody's own digits, and what it forgets."""
