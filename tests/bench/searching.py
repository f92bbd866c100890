"""A whole result page of the embedded engine, beside SQLite's own full text search."""

import random
import sqlite3
from pathlib import Path

from search.engines.embedded import EmbeddedEngine
from search.german.lexicon import shipped_nouns
from search.questions import Question
from tests.bench.measuring import line, times
from tests.search.stand_in import paper, written

PAPERS, QUESTIONS, WORDS = 2000, 200, 250


def run(folder: Path) -> list[str]:
    dice = random.Random(7)
    nouns = sorted(shipped_nouns())
    texts = [" ".join(dice.choices(nouns, k=WORDS)) for _ in range(PAPERS)]
    asked = [" ".join(dice.choices(nouns, k=3)) for _ in range(QUESTIONS)]

    engine = EmbeddedEngine(folder / "index")
    papers = [paper(number, title=text[:60], text=text) for number, text in enumerate(texts)]
    for start in range(0, PAPERS, 500):
        engine.write(written(*papers[start : start + 500]))

    table = sqlite3.connect(folder / "fts.sqlite3")
    table.execute("CREATE VIRTUAL TABLE papers USING fts5(title, body)")
    table.executemany("INSERT INTO papers VALUES (?, ?)", [(text[:60], text) for text in texts])
    found = "SELECT rowid, snippet(papers, 1, '', '', '', 20) FROM papers WHERE papers MATCH ?"

    ours = times(lambda q: engine.ask(Question(text=q, tokens=frozenset({"public"}))), asked)
    theirs = times(
        lambda q: table.execute(
            f"{found} ORDER BY rank LIMIT 10",
            [" OR ".join(f'"{word}"' for word in q.split())],
        ).fetchall(),
        asked,
    )
    return [line(f"result page, {PAPERS} papers", ours, theirs)]
