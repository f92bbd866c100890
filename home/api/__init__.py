"""What programs may ask: `/api/v1`, the same papers as on the pages, for the same people.

Chapters say what there is to tell of their papers (`cms.*.api`); here it is read, trimmed by
the kernel and by `search.asking`, and given addresses. Everything is read-only.
"""
