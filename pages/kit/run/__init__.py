"""Runs that train while one watches: their routes, words, client, panel and list."""
