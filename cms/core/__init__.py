"""The ground everything stands on; it knows nothing that stands on it.

values, fields     what the sources leave vague: fuzzy dates, approximate counts
papers             what every kept paper carries
outbox             work that must happen, as rows; the broker only rings
trail              who did what, append-only and chained by hashes
kernel             who may see and do what, asked by every door
refusals           why not, as values with sentences
doctor, due        registries for checks and for timed work
commands           the manners of our management commands

Chapters, workflow and search fill the registries at start-up (ports); nothing
here imports them.
"""
