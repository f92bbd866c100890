"""What can be found: one entry for one paper, its files included.

A paper and its files are one entry, so that a reader meets a paper once in the
list of hits, with the best passage of all its texts and the page it stands on.
A file that hangs on no paper is an entry of its own kind with one file.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from cms.core.digests import canonical_json, sha256
from cms.core.values import FuzzyDate


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """The text of one file, page by page.

    ``name`` is searched and shown: the title of the attachment or the file's
    name. Set ``numbered`` to False where the pages are not those of the file
    (text in one piece): hits then name no page number.
    """

    name: str
    url: str
    pages: Sequence[str] = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One paper as search sees it. Only what is public knowledge to its audience goes in.

    ``key`` is ``"<app label>.<model>:<pk>"``, see :func:`search.sources.key_for`.
    ``organisations`` are (stable id, present name) pairs and become a facet;
    ``organisation_names`` are all names they ever had and are only searched.
    ``when`` is as exact as the paper states it: its earliest day sorts, its year is
    the facet, and a hit shows no more than is known.
    ``within`` names what it is a part of, as ids that `search.sources.whole_id` makes.
    ``state`` and ``kind`` are values, never labels: the source translates.
    ``tokens`` are the audience (``cms.core.kernel.tokens_of``): an entry
    without tokens is found by nobody. No version: the outbox numbers changes.
    """

    key: str
    kind: str
    title: str
    url: str
    tokens: frozenset[str]
    within: Sequence[str] = ()
    text: str = ""
    files: Sequence[FileText] = ()
    reference_number: str = ""
    organisations: Sequence[tuple[str, str]] = ()
    organisation_names: Sequence[str] = ()
    persons: Sequence[str] = ()
    when: FuzzyDate = FuzzyDate.UNKNOWN
    topics: Sequence[str] = ()
    state: str = ""
    language: str = "de"
    source_id: str = ""

    @property
    def content_digest(self) -> str:
        """SHA-256 of everything above; equal digests mean nothing to write."""
        content = asdict(self)
        content["tokens"] = sorted(self.tokens)
        content["when"] = self.when.iso
        return sha256(canonical_json(content))
