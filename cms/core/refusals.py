"""Why something is not possible, as a value with a sentence.

A rule returns a `Refusal` member or None. The same value guards the action,
greys out the button and explains both, so that they cannot disagree.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

_sentences: dict[StrEnum, str | Promise] = {}


class Refused(Exception):
    """An expected "no". Nothing has been changed when it is raised."""

    def __init__(self, refusal: StrEnum, **data: Any) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.data = data

    def __str__(self) -> str:
        """The sentence: views that are not ours show an exception's text to people."""
        return self.sentence if self.refusal in _sentences else str(self.refusal)

    @property
    def sentence(self) -> str:
        return sentence(self.refusal, self.data)


def register(sentences: Mapping[Any, str | Promise]) -> None:
    """Offer the sentences of one package, keyed by its refusals."""
    _sentences.update(sentences)


def sentence(refusal: StrEnum, data: Mapping[str, Any] | None = None) -> str:
    """Return the sentence for a person, in the active language.

    Placeholders are filled from `data`. Raises KeyError for a refusal that no
    package has worded: that is a bug, not a user's error.
    """
    return str(_sentences[refusal]) % (data or {})
