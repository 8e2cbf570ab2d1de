"""A room on every page: the lecturer's panel, the phones' page, and the routes between them."""
