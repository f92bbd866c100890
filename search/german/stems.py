"""Snowball's German stems, folded."""

import Stemmer

from search.german.words import fold

_stemmer = Stemmer.Stemmer("german")
# The analyser remembers what it needs; a second memory would only cost.
_stemmer.maxCacheSize = 0


def stem(word: str) -> str:
    """Häuser, Hauses and Haus become haus."""
    return fold(_stemmer.stemWord(word.lower()))
