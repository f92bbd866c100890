"""How papers and bodies are told to programs: what the chapters' `api` modules share.

A chapter says of each kind of paper which dates count, which bodies it names and what only
this kind has. `home.api` reads, trims and assembles; nothing here asks who may see a paper.
"""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import Model, Q, QuerySet
from pydantic import BaseModel, Field

from cms.core.kernel import Somebody
from cms.core.values import ApproxCount, FuzzyDate
from cms.networks.models import MemberPage, Organisation
from cms.networks.search import plain

VagueDate = Annotated[
    str | None,
    Field(
        description="As exact as the source: `2012-12-05`, `2012-12` or `2012`; null: not known.",
        examples=["1995", "1995-03", "1995-03-14"],
    ),
]


class DatedName(BaseModel):
    """One name of a body, for a time. Two names without dates are two spellings."""

    name: str
    form: str = Field(description="`official`, `short` or `alias`")
    since: VagueDate
    until: VagueDate


class NamedBody(BaseModel):
    """A body that a paper names, and as what."""

    role: str
    id: str = Field(description="As in `/organisations/{id}`; `archive-…` for committees and "
                    "offices of an imported archive, which stand in no register")  # fmt: skip
    name: str = Field(description="As the body is called today")
    names: Sequence[DatedName] = Field(description="Every name it bears or bore")


class Count(BaseModel):
    """A number as a source states it."""

    value: int
    qualifier: str = Field(description="`exact`, `more_than`, `nearly` or `about`")
    as_of: VagueDate


# A role and the body that has it.
Named = tuple[str, Organisation]


class PaperKind:
    """One kind of paper, as programs are told of it.

    `kind` is the word that search uses as well. Of the fields in `dates` the first that is
    known is the paper's date. `body_fields` lead to the bodies it names.
    """

    kind: ClassVar[str]
    model: ClassVar[type[Model]]
    dates: ClassVar[Sequence[str]] = ()
    changed: ClassVar[str] = "last_published_at"
    body_fields: ClassVar[Sequence[str]] = ()
    fetched: ClassVar[Sequence[str]] = ()

    def published(self) -> QuerySet[Any]:
        """The papers that are public to their audience, without what only one of them needs."""
        return self.model._default_manager.filter(live=True)

    def naming(self, body: str) -> Q | None:
        """The condition "names this body"; None when no paper of this kind can."""
        if not body.isdecimal():
            return None
        found = Q(pk__in=[])
        for field in self.body_fields:
            found |= Q(**{field: int(body)})
        return found

    def dated(self, year: int) -> Q:
        """The condition "its date lies in this year"."""
        found = Q(pk__in=[])
        earlier: dict[str, str] = {}
        for field in self.dates:
            found |= Q(**{f"{field}__startswith": f"{year:04}"}, **earlier)
            earlier[field] = ""
        return found

    def date_of(self, record: Any) -> FuzzyDate:
        dates = (getattr(record, field) for field in self.dates)
        return next((date for date in dates if date), FuzzyDate.UNKNOWN)

    def title_of(self, record: Any) -> str:
        return str(record.title)

    def topics_of(self, record: Any) -> list[str]:
        if not hasattr(record, "tagged_topics"):
            return []
        return [tagged.tag.name for tagged in record.tagged_topics.all()]

    def bodies_of(self, record: Any) -> Sequence[NamedBody]:
        return [named_body(role, body) for role, body in self.named_in(record)]

    def named_in(self, record: Any) -> Iterable[Named]:
        """The bodies of the register that the paper names, from what `fetched` has brought."""
        return ()

    @abstractmethod
    def details_of(self, record: Any, user: Somebody) -> Any:
        """What only this kind of paper has, as this person may see it."""


def vague(date: FuzzyDate | None) -> str | None:
    return (date.iso or None) if date else None


def count_of(count: ApproxCount | None) -> Count | None:
    if count is None:
        return None
    return Count(value=count.value, qualifier=count.qualifier.value, as_of=vague(count.as_of))


def names_of(body: Organisation) -> list[DatedName]:
    return [
        DatedName(name=one.name, form=one.form, since=vague(one.starts), until=vague(one.ends))
        for one in body.names.all()
    ]


def named_body(role: str, body: Organisation) -> NamedBody:
    return NamedBody(role=role, id=str(body.pk), name=body.present_name, names=names_of(body))


def lines_of(stream: Any) -> list[str]:
    """The blocks of a text as plain lines: links into the editor's tree are nobody's business."""
    return [plain(getattr(block.value, "source", block.value)) for block in stream or ()]


class PracticeExample(BaseModel):
    title: str
    text: str
    link: str


class MemberProfile(BaseModel):
    kind: Literal["member_profile"] = "member_profile"
    intro: str
    inhabitants: Count | None
    strategy: str
    strategy_link: str
    structures: Sequence[str]
    recognition: str
    recognition_year: int | None
    recognition_text: str
    practice_examples: Sequence[PracticeExample]


class MemberProfiles(PaperKind):
    kind = "member_profile"
    model = MemberPage
    body_fields = ("organisation",)
    fetched = ("organisation__names",)

    def topics_of(self, record: MemberPage) -> list[str]:
        return record.topics.splitlines()

    def named_in(self, record: MemberPage) -> Iterable[Named]:
        yield "member", record.organisation

    def details_of(self, record: MemberPage, user: Somebody) -> MemberProfile:
        return MemberProfile(
            intro=record.intro,
            inhabitants=count_of(record.inhabitants),
            strategy=record.strategy,
            strategy_link=record.strategy_link,
            structures=record.structures.splitlines(),
            recognition=record.recognition,
            recognition_year=record.recognition_year,
            recognition_text=record.recognition_text,
            practice_examples=[
                PracticeExample(title=one.title, text=one.text, link=one.link)
                for one in record.practice_examples.all()
            ],
        )
