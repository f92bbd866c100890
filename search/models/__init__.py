"""What search remembers beside its index."""

from search.models.permanent import PermanentId
from search.models.unanswered import LONGEST_QUESTION, UnansweredQuestion

__all__ = ["LONGEST_QUESTION", "PermanentId", "UnansweredQuestion"]
