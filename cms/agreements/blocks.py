"""Articles: the numbered text of agreements and declarations.

A number is never typed. It follows from the position, so that an article moved
or put in between renumbers the rest; the block's id stays, so that comparisons
and quotations still find it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of an article; `number` is shown when there are several."""

    id: str
    number: int
    text: Any


@dataclass(frozen=True)
class Article:
    id: str
    number: int
    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def label(self) -> str:
        return f"§ {self.number}"

    @property
    def anchor(self) -> str:
        """The address within the page. By id: a quotation survives renumbering."""
        return f"artikel-{self.id}"

    @cached_property
    def plain_text(self) -> str:
        # Blocks of the rich text end with a space: words of two lines stay two words.
        sources = [paragraph.text.source.replace("</", " </") for paragraph in self.paragraphs]
        body = " ".join(strip_tags(" ".join(sources)).split())
        return f"{self.label} {self.title} {body}".strip()


class ArticleBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Title"), max_length=200, help_text=_("Without the number: it is counted.")
    )
    paragraphs = blocks.ListBlock(
        blocks.RichTextBlock(features=TEXT_FEATURES), label=_("Paragraphs"), min_num=1
    )

    class Meta:
        icon = "list-ol"
        label = _("Article")
        label_format = "§ {title}"


def articles(stream: Any) -> Iterator[Article]:
    """Yield the articles of a stream with their numbers."""
    for number, block in enumerate(stream or (), start=1):
        listed = block.value["paragraphs"].bound_blocks
        yield Article(
            id=str(block.id),
            number=number,
            title=block.value["title"],
            paragraphs=tuple(
                Paragraph(id=str(child.id), number=position, text=child.value)
                for position, child in enumerate(listed, start=1)
            ),
        )
