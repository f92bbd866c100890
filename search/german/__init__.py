"""German for search: from a text to the terms that both engines index.

Pure Python over Snowball stems and a noun lexicon; knows neither Django nor an
engine. What it returns for a text must be the same when indexing and when
asking, so every change of it raises ``ANALYSIS_VERSION``.
"""

from search.german.analysis import Analyser, Read, Terms, terms_of_words
from search.german.hyphens import join_hyphens
from search.german.lexicon import Lexicon
from search.german.words import fold, words_of

# Raise with every change that lets the same text yield other terms.
ANALYSIS_VERSION = 2

__all__ = [
    "ANALYSIS_VERSION",
    "Analyser",
    "Lexicon",
    "Read",
    "Terms",
    "fold",
    "join_hyphens",
    "terms_of_words",
    "words_of",
]
