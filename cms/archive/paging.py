"""Where a text that was imported in one piece says itself where its pages end."""

import re

END_OF_PAGE = "\f"
# Letters that a program could not read come out as control characters, and form feeds among them.
_MISREAD = re.compile(r"[\x01-\x08\x0e-\x1f]")
# Of a text with fewer characters a page on average the form feeds are no ends of pages.
_FEWEST = 10


def pages_of(text: str) -> list[str]:
    """Return the text page by page, empty pages included; nothing where its pages are not known."""
    pages = text.split(END_OF_PAGE)
    if len(pages) == 1 or len(text) < _FEWEST * len(pages) or _MISREAD.search(text):
        return []
    # Most programs write a form feed behind each page, the last one included.
    return pages if pages[-1].strip() else pages[:-1]
