"""How publications are told to programs."""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import BaseModel

from cms.core.kernel import Somebody
from cms.networks.api import Named, PaperKind, VagueDate, lines_of, vague
from cms.publications.models import PublicationPage


class CitedSource(BaseModel):
    text: str
    title: str | None


class Publication(BaseModel):
    kind: Literal["publication"] = "publication"
    publication_kind: str
    issue: str
    authors: str
    isbn: str
    doi: str
    published_on: VagueDate
    summary: str
    text: Sequence[str]
    citations: Sequence[CitedSource]


class Publications(PaperKind):
    kind = "publication"
    model = PublicationPage
    dates = ("published_on",)
    body_fields = ("editors__organisation",)
    fetched = ("editors__organisation__names", "tagged_topics__tag")

    def named_in(self, record: PublicationPage) -> Iterable[Named]:
        for editor in record.editors.all():
            yield "editor", editor.organisation

    def details_of(self, record: PublicationPage, user: Somebody) -> Publication:
        return Publication(
            publication_kind=record.kind,
            issue=record.issue,
            authors=record.authors,
            isbn=record.isbn,
            doi=record.doi,
            published_on=vague(record.published_on),
            summary=record.summary,
            text=lines_of(record.body),
            citations=[
                CitedSource(text=one.text, title=one.cited.title if one.cited else None)
                for one in record.citations_for(user)
            ],
        )
