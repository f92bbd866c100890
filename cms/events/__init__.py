"""What takes place, and what came of it: series, events, documentations.

A series and its events keep two states beside the page's own: how far the
programme is, and whether one can register. The documentation of an event holds
findings and concerns as records of their own, so that a wish voiced at a
conference can be followed for years.

Others may import: models.
"""
