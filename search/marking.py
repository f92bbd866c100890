"""Marked text as HTML: escaped first, then our own marks around the words found."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.questions import Mark


def marked(text: str, marks: Sequence[Mark]) -> SafeString:
    pieces = []
    end = 0
    for start, stop in marks:
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    pieces.append(escape(text[end:]))
    # Every piece of the text went through escape above.
    return mark_safe("".join(pieces))  # noqa: S308
