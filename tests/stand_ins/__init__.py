"""The least that a workflow can move: a plain model and a page, of no chapter."""
