"""Generations of the index on the server, and the alias that says which one answers.

umlauf-papers-v1            alias of the generation that answers, one per schema version
umlauf-papers-v1-building   alias of the one that a rebuild fills
umlauf-papers-v1-<stamp>    the papers of a generation
umlauf-words-v1-<stamp>     its vocabulary and its lexicon
…-in                        alias that writers write to: a server that makes missing
                            indexes by itself makes none for a missing alias
"""

import base64
import re
import secrets
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Index
from elasticsearch.dsl import Mapping as Fields

from search.engines.elastic import schema
from search.engines.manifest import Manifest
from search.errors import EngineOutdated
from search.german import Lexicon
from search.german.abbreviations import LongForms

_LEXICON = "lexicon"


@dataclass(frozen=True, slots=True)
class Generation:
    prefix: str
    # Schema version and time, e.g. ``v1-20261122-201500-a1b2c3``.
    stamp: str

    @property
    def papers(self) -> str:
        return f"{self.prefix}-papers-{self.stamp}"

    @property
    def words(self) -> str:
        return f"{self.prefix}-words-{self.stamp}"


@dataclass(frozen=True, slots=True)
class State:
    """``current`` answers, ``building`` is being filled."""

    current: Generation | None
    building: Generation | None

    @property
    def written_to(self) -> list[Generation]:
        """First the one that is to answer: nothing written is missing after the swap."""
        return [one for one in (self.building, self.current) if one]


class Generations:
    def __init__(self, prefix: str, version: int = schema.VERSION) -> None:
        self._prefix = prefix
        self.version = version
        self._alias = f"{prefix}-papers-v{version}"
        self._building = f"{self._alias}-building"
        self._index = re.compile(rf"{re.escape(prefix)}-(?:papers|words)-(v\d+-[0-9a-z-]+)")
        self._answering = re.compile(rf"{re.escape(prefix)}-papers-v\d+")

    def state(self, client: Elasticsearch) -> State:
        """Raises EngineOutdated when only another schema's index answers."""
        held = self._held(client)
        current = _with(self._alias, held)
        if current is None and any(map(self._answers, held.values())):
            raise EngineOutdated(
                f"There is no index with schema {self.version} yet: rebuild_index is needed"
            )
        return State(current, _with(self._building, held))

    def new(self, client: Elasticsearch, lexicon: Lexicon, *, building: bool) -> Generation:
        now = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        generation = Generation(self._prefix, f"v{self.version}-{now}-{secrets.token_hex(3)}")
        manifest = Manifest.of_today(self.version, lexicon)
        _create(client, generation.words, schema.words())
        _keep_lexicon(client, generation, lexicon)
        _create(
            client,
            generation.papers,
            schema.papers(manifest.stored()),
            self._building if building else self._alias,
        )
        return generation

    def put_in_place(self, client: Elasticsearch, generation: Generation) -> None:
        """Let a generation answer, in one step, and remove all others."""
        held = self._held(client)
        others = [one for one in held if one != generation]
        answering = [one.papers for one in others if self._alias in held[one]]
        client.indices.update_aliases(
            actions=[
                *({"remove": {"index": name, "alias": self._alias}} for name in answering),
                {"remove": {"index": generation.papers, "alias": self._building}},
                {"add": {"index": generation.papers, "alias": self._alias}},
            ]
        )
        self._remove(client, others)

    def remove_strays(self, client: Elasticsearch) -> None:
        """Remove what no alias lets answer: rebuilds that broke off."""
        held = self._held(client)
        self._remove(client, (one for one in held if not self._answers(held[one])))

    def _remove(self, client: Elasticsearch, generations: Iterable[Generation]) -> None:
        for one in generations:
            client.indices.delete(index=[one.papers, one.words], ignore_unavailable=True)

    def _held(self, client: Elasticsearch) -> dict[Generation, set[str]]:
        """Every generation, be it half made, with its aliases; of whatever schema version."""
        names = [f"{self._prefix}-papers-v*", f"{self._prefix}-words-v*"]
        held: dict[Generation, set[str]] = {}
        for name, index in client.indices.get_alias(index=names).items():
            if found := self._index.fullmatch(name):
                held.setdefault(Generation(self._prefix, found[1]), set()).update(index["aliases"])
        return held

    def _answers(self, aliases: Iterable[str]) -> bool:
        """Whether it does so under the alias of any schema version."""
        return any(self._answering.fullmatch(alias) for alias in aliases)


def manifest_of(client: Elasticsearch, generation: Generation, version: int) -> Manifest:
    mapping = client.indices.get_mapping(index=generation.papers)[generation.papers]
    return Manifest.of_stored(mapping["mappings"]["_meta"], version)


def lexicon_of(client: Elasticsearch, generation: Generation) -> tuple[Lexicon, int]:
    """Return the lexicon and its version: other abbreviations make another one."""
    kept = client.get(index=generation.words, id=_LEXICON)
    packed = kept["_source"][_LEXICON]["packed"]
    return Lexicon.of_text(zlib.decompress(base64.b64decode(packed)).decode()), kept["_version"]


def lexicon_version(client: Elasticsearch, generation: Generation) -> int:
    return int(client.get(index=generation.words, id=_LEXICON, source=False)["_version"])


def learn(
    client: Elasticsearch, generation: Generation, abbreviations: Mapping[str, LongForms]
) -> bool:
    """Keep the lexicon with other abbreviations; return whether they are others."""
    before, _ = lexicon_of(client, generation)
    after = replace(before, abbreviations=abbreviations)
    if after.as_text() == before.as_text():
        return False
    _keep_lexicon(client, generation, after)
    return True


def _keep_lexicon(client: Elasticsearch, generation: Generation, lexicon: Lexicon) -> None:
    packed = base64.b64encode(zlib.compress(lexicon.as_text().encode()))
    client.index(
        index=written_by(generation.words),
        id=_LEXICON,
        document={_LEXICON: {"packed": packed.decode()}},
        require_alias=True,
        refresh=True,
    )


def written_by(index: str) -> str:
    """The alias that an index is written by."""
    return f"{index}-in"


def _with(alias: str, held: dict[Generation, set[str]]) -> Generation | None:
    return next((one for one, aliases in held.items() if alias in aliases), None)


def _create(client: Elasticsearch, name: str, mapping: Fields, *aliases: str) -> None:
    index = Index(name, using=client)
    index.mapping(mapping)
    index.settings(**schema.SETTINGS)
    given: dict[str, Any] = {alias: {} for alias in (written_by(name), *aliases)}
    index.aliases(**given)
    index.create()
