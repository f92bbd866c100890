"""Search finds what the house keeps: one question in, one answer out.

It knows entries, never a kind of paper. A chapter offers its papers through a
source (:mod:`search.sources`) and says with :func:`search.indexing.touch` when
one has changed; a door asks :func:`search.asking.find`, which trims every
answer twice: by audience tokens inside the query, and against the database
for the hits that are shown.
"""
