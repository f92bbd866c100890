"""What others published before Umlauf, brought in by programs and only read here.

Council papers, old files: 100,000 of them must not weigh on the page tree, so they are
plain rows. No journey moves them; the next import of their source is what changes them.

Others may import: models.
"""
