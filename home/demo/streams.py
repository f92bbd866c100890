"""Blocks of text with ids that follow from their place, the same on every machine."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape


def block_id(*place: object) -> str:
    return str(uuid5(NAMESPACE_URL, "umlauf-demo:" + "/".join(str(part) for part in place)))


def question_stream(place: str, questions: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"type": "question", "value": text, "id": block_id(place, "question", number)}
        for number, text in enumerate(questions)
    ]


def text_stream(
    place: str, sections: Iterable[tuple[str, Sequence[str], Sequence[str]]]
) -> list[dict[str, Any]]:
    """Return headings, paragraphs and lists from (heading, paragraphs, points)."""
    blocks: list[tuple[str, str]] = []
    for heading, paragraphs, points in sections:
        blocks.append(("heading", heading))
        blocks += [("paragraph", f"<p>{escape(text)}</p>") for text in paragraphs]
        if points:
            items = "".join(f"<li>{escape(point)}</li>" for point in points)
            blocks.append(("paragraph", f"<ul>{items}</ul>"))
    return [
        {"type": kind, "value": value, "id": block_id(place, kind, number)}
        for number, (kind, value) in enumerate(blocks)
    ]


def article_stream(place: str, articles: Iterable[Sequence[str]]) -> list[dict[str, Any]]:
    """Return articles from (title, paragraph, …)."""
    return [
        {
            "type": "article",
            "id": block_id(place, "article", title),
            "value": {
                "title": title,
                "paragraphs": [
                    {
                        "type": "item",
                        "value": f"<p>{escape(text)}</p>",
                        "id": block_id(place, title, number),
                    }
                    for number, text in enumerate(paragraphs)
                ],
            },
        }
        for title, *paragraphs in articles
    ]
