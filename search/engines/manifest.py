"""What an index was built with, kept with it by every engine."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from search.errors import EngineOutdated
from search.german import ANALYSIS_VERSION, Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Another schema cannot be read at all, another analysis or lexicon still answers,
    but less well: build it anew."""

    schema: int
    analysis: int
    lexicon: str
    built_at: str

    @classmethod
    def of_today(cls, schema: int, lexicon: Lexicon) -> Self:
        return cls(
            schema=schema,
            analysis=ANALYSIS_VERSION,
            lexicon=lexicon.digest,
            built_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        )

    @classmethod
    def of_stored(cls, stored: Mapping[str, Any], schema: int) -> Self:
        """Raises EngineOutdated when the index has another schema than ours."""
        if stored.get("schema") != schema:
            raise EngineOutdated(
                f"The index was built with schema {stored.get('schema')}, "
                f"this is {schema}: rebuild_index is needed"
            )
        return cls(**{field.name: stored[field.name] for field in fields(cls)})

    def stale_because(self, lexicon: Lexicon) -> str:
        if self.analysis != ANALYSIS_VERSION:
            return f"built with analysis {self.analysis}, this is {ANALYSIS_VERSION}"
        if self.lexicon != lexicon.digest:
            return "built with another noun lexicon"
        return ""

    def stored(self) -> dict[str, Any]:
        return asdict(self)
