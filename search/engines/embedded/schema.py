"""The three tantivy indexes of a generation.

Papers are ranked, passages are shown (in an index of their own: one schema for
both would spoil the average field lengths), the vocabulary corrects spelling.
"""

import hashlib
from pathlib import Path

import tantivy

from search.relevance import Field

# Raise with every change of what is stored or how.
VERSION = 3

TEXT_FIELDS = (Field.TITLE, Field.BODY, Field.NAMES, Field.FILES, Field.EXACT)

_WORDS = "words"


def papers() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_unsigned_field("number", stored=False, indexed=True, fast=True)
    fields.add_unsigned_field("version", stored=False, indexed=False, fast=True)
    # 1 for an entry that is gone: only its version is kept, it has no tokens.
    fields.add_unsigned_field("gone", stored=False, indexed=True, fast=False)
    fields.add_bytes_field("shown", stored=True, indexed=False)
    for field in TEXT_FIELDS:
        fields.add_text_field(field, tokenizer_name=_WORDS)
    for name in ("key", "token", Field.REFERENCE, "organisation_id", "within"):
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic")
    fields.add_text_field(Field.KEY_TERM, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "organisation", "topic", "state"):
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    fields.add_unsigned_field("year", fast=True, indexed=True)
    fields.add_integer_field("day", fast=True, indexed=True)
    return fields.build()


def passages() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_unsigned_field("number", stored=False, indexed=True, fast=True)
    # Place in the paper: 0 is its beginning.
    fields.add_unsigned_field("place", stored=False, indexed=True, fast=True)
    fields.add_bytes_field("shown", stored=True, indexed=False)
    fields.add_text_field(Field.BODY, tokenizer_name=_WORDS)
    return fields.build()


def vocabulary() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("folded", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_text_field("usual", stored=True, tokenizer_name="raw", index_option="basic")
    fields.add_unsigned_field("papers", fast=True)
    return fields.build()


def create(path: str, schema: tantivy.Schema) -> None:
    Path(path).mkdir(parents=True)
    tantivy.Index(schema, path=path)


def opened(path: str) -> tantivy.Index:
    """Open an index afresh. A writer needs this each time: an object that was
    kept open while another process wrote leaves files behind for ever."""
    index = tantivy.Index.open(path)
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WORDS, words)
    return index


def total_of(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the stub leaves it out


def number_of(key: str) -> int:
    """A key as a number of 63 bits, the link between papers and passages."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1
