"""What search remembers beside its index."""

from search.models.abbreviations import ExplainedAbbreviation
from search.models.permanent import ID_LENGTH, PermanentId
from search.models.saved import KnownHit, SavedSearch
from search.models.unanswered import LONGEST_QUESTION, UnansweredQuestion

__all__ = [
    "ID_LENGTH",
    "LONGEST_QUESTION",
    "ExplainedAbbreviation",
    "KnownHit",
    "PermanentId",
    "SavedSearch",
    "UnansweredQuestion",
]
