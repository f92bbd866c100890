"""Papers as PDF files: title page, numbered pages, the same bytes for the same text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import (
    ListFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

BODY = ParagraphStyle(
    "body", fontName="Helvetica", fontSize=11, leading=17, spaceAfter=9, alignment=TA_LEFT
)
HEADING = ParagraphStyle(
    "heading", parent=BODY, fontName="Helvetica-Bold", fontSize=14, leading=19, spaceBefore=12,
    keepWithNext=True,
)  # fmt: skip
TITLE = ParagraphStyle(
    "title", parent=BODY, fontName="Helvetica-Bold", fontSize=23, leading=30, spaceAfter=14
)
LEAD = ParagraphStyle("lead", parent=BODY, fontSize=13, leading=20, spaceAfter=20)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=9, leading=13)
GRID = TableStyle(
    [
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9),
        ("FONT", (0, 1), (-1, -1), "Helvetica", 9),
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Sequence[Sequence[str]] = field(default=())


def make_pdf(
    *, title: str, publisher: str, lead: str, imprint: str, sections: Sequence[Section]
) -> bytes:
    """Return a PDF of at least three pages: title page, text, imprint."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=title, author=publisher, lang="de",
        leftMargin=2.5 * cm, rightMargin=2.5 * cm, topMargin=2.5 * cm, bottomMargin=2.5 * cm,
        # Without the time of making and a random id: equal texts have equal digests.
        invariant=1,
    )  # fmt: skip

    def number(canvas: Any, doc: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 9)
        canvas.drawString(2.5 * cm, 1.4 * cm, publisher)
        canvas.drawRightString(A4[0] - 2.5 * cm, 1.4 * cm, f"Seite {doc.page}")
        canvas.restoreState()

    story: list[Any] = [
        Spacer(1, 5 * cm), _text(title, TITLE), _text(lead, LEAD), _text(publisher, BODY),
        _text("Inhalt", HEADING),
        ListFlowable([_text(one.heading, BODY) for one in sections], bulletType="1"),
        PageBreak(),
    ]  # fmt: skip
    for section in sections:
        story += _flow(section)
    story += [PageBreak(), _text("Impressum", HEADING), _text(imprint, SMALL)]
    document.build(story, onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def _flow(section: Section) -> list[Any]:
    parts: list[Any] = [_text(section.heading, HEADING)]
    parts += [_text(paragraph, BODY) for paragraph in section.paragraphs]
    if section.points:
        parts.append(ListFlowable([_text(point, BODY) for point in section.points], start="•"))
    if section.table:
        rows = [[_text(cell, SMALL) for cell in row] for row in section.table]
        parts += [Table(rows, repeatRows=1, style=GRID, hAlign="LEFT"), Spacer(1, 10)]
    return parts


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)
