"""Full text search as databases bring it, for comparison: the same papers, the same words."""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import psycopg
from django.db import connection, models
from modelsearch import index
from wagtail.search.backends import get_search_backend

from search.entries import Entry
from search.relearning import text_of

_TOGETHER = 500
_HITS = 10


class Baseline(ABC):
    name: str

    @abstractmethod
    def keep(self, papers: Iterable[Entry]) -> None: ...

    @abstractmethod
    def ask(self, text: str) -> object: ...

    @abstractmethod
    def close(self) -> None: ...


class Fts5(Baseline):
    name = "SQLite FTS5"

    def __init__(self, path: Path) -> None:
        self._table = sqlite3.connect(path)
        self._table.execute("CREATE VIRTUAL TABLE papers USING fts5(title, body)")

    def keep(self, papers: Iterable[Entry]) -> None:
        rows = ((paper.title, text_of(paper)) for paper in papers)
        self._table.executemany("INSERT INTO papers VALUES (?, ?)", rows)
        self._table.commit()

    def ask(self, text: str) -> object:
        shown = (
            "SELECT rowid, snippet(papers, 1, '', '', '', 20) FROM papers "
            "WHERE papers MATCH ? ORDER BY rank LIMIT ?"
        )
        any_word = " OR ".join(f'"{word}"' for word in _words(text))
        return self._table.execute(shown, [any_word, _HITS]).fetchall()

    def close(self) -> None:
        self._table.close()


class Sheet(index.Indexed, models.Model):  # type: ignore[misc]
    """A paper as Wagtail's database search indexes it."""

    title = models.TextField()
    body = models.TextField()

    search_fields = (index.SearchField("title", boost=2), index.SearchField("body"))

    class Meta:
        app_label = "stand_ins"

    def __str__(self) -> str:
        return self.title


class Wagtail(Baseline):
    """Wagtail's own search in the database of this process, SQLite."""

    name = "Wagtail's search"

    def __init__(self) -> None:
        self._backend = get_search_backend("default")
        with connection.schema_editor() as editor:
            editor.create_model(Sheet)

    def keep(self, papers: Iterable[Entry]) -> None:
        for some in _batches(papers):
            sheets = [Sheet(title=paper.title, body=text_of(paper)) for paper in some]
            Sheet.objects.bulk_create(sheets)
            self._backend.get_index_for_model(Sheet).add_items(Sheet, sheets)

    def ask(self, text: str) -> object:
        words = " ".join(_words(text))
        return list(self._backend.search(words, Sheet.objects.all(), operator="or")[:_HITS])

    def close(self) -> None:
        self._backend.get_index_for_model(Sheet).reset()
        with connection.schema_editor() as editor:
            editor.delete_model(Sheet)


class Postgres(Baseline):
    """The full text search of PostgreSQL with its German dictionary."""

    name = "PostgreSQL german"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(
            "CREATE TEMPORARY TABLE papers (id serial PRIMARY KEY, body text, words tsvector)"
        )

    def keep(self, papers: Iterable[Entry]) -> None:
        insert = "INSERT INTO papers (body, words) VALUES (%s, to_tsvector('german', left(%s, %s)))"
        for some in _batches(papers):
            # A tsvector holds a megabyte.
            rows = [(text, text, 500_000) for text in map(text_of, some)]
            with self._connection.cursor() as cursor:
                cursor.executemany(insert, rows)
        self._connection.execute("CREATE INDEX ON papers USING gin (words)")
        self._connection.execute("ANALYZE papers")

    def ask(self, text: str) -> object:
        any_word = " | ".join(_words(text))
        shown = (
            "SELECT id, ts_headline('german', left(body, 5000), q) FROM ("
            "SELECT id, body, q FROM papers, to_tsquery('german', %s) q WHERE words @@ q "
            "ORDER BY ts_rank_cd(words, q) DESC LIMIT %s) best"
        )
        return self._connection.execute(shown, [any_word, _HITS]).fetchall()

    def close(self) -> None:
        self._connection.close()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _batches(papers: Iterable[Entry]) -> Iterator[list[Entry]]:
    left = iter(papers)
    while some := list(islice(left, _TOGETHER)):
        yield some
