"""How the shipped digit networks are trained."""
