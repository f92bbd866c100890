"""Papers in a database of their own, for processes under test: Umlauf's ground and search alone."""
