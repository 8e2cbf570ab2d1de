"""A small trained transformer that finds out what *it* stands for."""
