"""Networks and ideas compared at equal cost."""
