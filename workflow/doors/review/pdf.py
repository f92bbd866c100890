"""The text under decision as a PDF: what a file needs, and by what one knows it again.

Every page names the revision and the SHA-256 of the text, so that a printed
page can be held against a decision.
"""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from workflow import differences
from workflow.actions.standing import Standing

MARGIN = 2.5 * cm
REGULAR, BOLD = "Vera", "VeraBd"


def pdf_of(standing: Standing) -> bytes:
    """Return the present text of a paper, with all of its fields, as a PDF file."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=standing.journey.subject_label, lang=get_language() or "",
        leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=3 * cm,
        # Equal texts make equal files.
        invariant=1,
    )  # fmt: skip
    _fonts()
    foot = _foot(standing)

    class Numbered(Canvas):
        """A canvas that writes the foot when it knows how many pages there are."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self.pages, start=1):
                self.__dict__.update(page)
                self._write_foot(number, len(self.pages))
                super().showPage()
            super().save()

        def _write_foot(self, number: int, count: int) -> None:
            self.setFont(REGULAR, 7)
            for line, text in enumerate(foot):
                self.drawString(MARGIN, 1.9 * cm - line * 10, text)
            page = gettext("Page %(number)d of %(count)d") % {"number": number, "count": count}
            self.drawRightString(A4[0] - MARGIN, 1.9 * cm - len(foot) * 10, page)

    document.build(list(_story(standing)), canvasmaker=Numbered)
    return out.getvalue()


def _story(standing: Standing) -> Iterator[Paragraph]:
    body = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=15, spaceAfter=6)
    head = ParagraphStyle(
        "head", body, fontName=BOLD, fontSize=11, spaceBefore=10, keepWithNext=True
    )
    block = ParagraphStyle("block", head, fontSize=10, spaceBefore=6)
    title = ParagraphStyle("title", body, fontName=BOLD, fontSize=18, leading=24, spaceAfter=12)
    yield Paragraph(_printable(standing.journey.subject_label), title)
    for field in differences.between(None, standing.text):
        yield Paragraph(_printable(field.label), head)
        for part in field.parts:
            if part.block:
                yield Paragraph(_printable(part.block), block)
            for line in "".join(piece.text for piece in part.pieces).splitlines():
                yield Paragraph(_printable(line), body)


def _foot(standing: Standing) -> list[str]:
    """Return the lines that stand below every page."""
    revision = standing.revision
    lines = [gettext("Text (SHA-256): %(digest)s") % {"digest": standing.digest}]
    if revision is not None:
        day = date_format(localtime(revision.created_at), "SHORT_DATETIME_FORMAT")
        lines.insert(
            0,
            gettext("Journey %(journey)d, revision %(revision)d of %(day)s")
            % {"journey": standing.journey.pk, "revision": revision.pk, "day": day},
        )
    lines.append(settings.WAGTAILADMIN_BASE_URL + standing.journey.get_absolute_url())
    return lines


@lru_cache(maxsize=1)
def _fonts() -> frozenset[int]:
    """Lay out the fonts that reportlab brings along; return the characters they can draw."""
    regular = TTFont(REGULAR, "Vera.ttf")
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
    return frozenset(regular.face.charToGlyph)


def _printable(text: str) -> str:
    """Return text as reportlab's markup; what has no sign in the font is named, not dropped."""
    known = _fonts()
    drawn = "".join(
        sign if sign.isspace() or ord(sign) in known else f"[U+{ord(sign):04X}]" for sign in text
    )
    return escape(drawn)
