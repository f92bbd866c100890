"""The two indexes of a generation: papers with their passages, and the vocabulary.

Only what every Elasticsearch has: terms come finished and are parted at spaces.
Passages are nested, so that a paper and what is shown of it change in one step,
and have fields of their own: joined with the papers' they would spoil the average
lengths.
"""

from typing import Any

from elasticsearch.dsl import Integer, Keyword, Mapping, Nested, Object, Text

from search.relevance import Field

# Raise with every change of what is stored or how.
VERSION = 2

PASSAGES = "passages"
# One shard: parts of an archive would each have a rarity of words of their own.
SETTINGS = {"number_of_shards": 1, "index.mapping.nested_objects.limit": 100_000}

_TEXT_FIELDS = (Field.TITLE, Field.BODY, Field.NAMES, Field.FILES, Field.EXACT)
_KEYWORDS = (
    "key",
    "digest",
    "token",
    Field.REFERENCE,
    "organisation_id",
    "kind",
    "organisation",
    "topic",
    "state",
    "within",
    Field.KEY_TERM,
)


def papers(manifest: dict[str, Any]) -> Mapping:
    fields = _strict()
    fields.meta("_meta", **manifest)
    # What is only searched need not be kept as it came.
    searched = [*_TEXT_FIELDS, f"{PASSAGES}.{Field.BODY}"]
    fields.meta("_source", excludes=[str(field) for field in searched])
    # An entry that is gone: only its version is kept, it has no tokens.
    fields.field("gone", "boolean")
    fields.field("shown", Object(enabled=False))
    for field in _TEXT_FIELDS:
        fields.field(field, _words())
    for name in _KEYWORDS:
        fields.field(name, Keyword())
    for name in ("year", "day"):
        fields.field(name, Integer())
    passage = {
        # Place in the paper: 0 is its beginning.
        "place": Integer(),
        str(Field.BODY): _words(),
        "shown": Object(enabled=False),
    }
    fields.field(PASSAGES, Nested(dynamic="strict", properties=passage))
    return fields


def words() -> Mapping:
    fields = _strict()
    fields.field("folded", Keyword())
    fields.field("usual", Keyword(index=False, doc_values=False))
    fields.field("papers", Integer())
    # One document holds the lexicon that the terms were made with.
    fields.field("lexicon", Object(enabled=False))
    return fields


def _strict() -> Mapping:
    fields = Mapping()
    fields.meta("dynamic", "strict")
    return fields


def _words() -> Text:
    return Text(analyzer="whitespace")
