"""Hyphens: joined where a line ends, filled in where German leaves a word out."""

import re

# "Haupt-\nund Finanzausschuss" keeps its hyphen, and so does "Baden-\nWürttemberg",
# because only a small letter continues a broken word.
_BROKEN = re.compile(
    r"([^\W\d_])[-\u2010\u00ac][ \t]*\r?\n[ \t]*"
    r"(?!(?:und|oder|bzw|sowie|als|auch|bis)\b)([a-zäöüß])"
)
_LEFT_OUT = re.compile(
    r"\b([^\W\d_]{2,})-,?[ \n]{1,3}(?:und/oder|und|oder|bzw\.?|sowie)[ \n]{1,3}"
    r"(?:[^\W\d_]+-[ \n])?([^\W\d_]{6,})"
)
_SOFT_HYPHEN = "\u00ad"


def join_hyphens(text: str) -> str:
    """Join words that a line end has broken, and drop soft hyphens."""
    return _BROKEN.sub(r"\1\2", text.replace(_SOFT_HYPHEN, ""))


def left_out(text: str) -> list[tuple[int, str, str]]:
    """Find pairs like "Geh- und Radweg": (place of the first, "geh", "radweg")."""
    return [
        (found.start(1), found.group(1).lower(), found.group(2).lower())
        for found in _LEFT_OUT.finditer(text)
    ]
