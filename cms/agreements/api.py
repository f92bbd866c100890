"""How agreements, declarations and requests for accession are told to programs."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.db.models import Q
from pydantic import BaseModel

from cms.agreements.blocks import Article
from cms.agreements.models import AccessionPage, AgreementPage, DeclarationPage
from cms.agreements.register import Register, RegisterEntry
from cms.agreements.rules import IN_REGISTER, PartySignature
from cms.agreements.statements import said_in
from cms.core.kernel import Somebody
from cms.networks.api import Count, Named, PaperKind, VagueDate, count_of, vague
from cms.networks.search import plain


class NumberedArticle(BaseModel):
    """`id` stays when articles move and get other numbers."""

    id: str
    number: int
    title: str
    paragraphs: Sequence[str]


class Party(BaseModel):
    organisation: str
    name: str
    capacity: str
    side: int
    signed: bool
    signed_on: VagueDate


class Agreement(BaseModel):
    kind: Literal["agreement"] = "agreement"
    number: int
    concluded_on: VagueDate
    effective_from: VagueDate
    effective_to: VagueDate
    renewal_mode: str
    notice_period_months: int | None
    certainty: str
    note: str
    parties: Sequence[Party]
    preamble: str
    articles: Sequence[NumberedArticle]
    predecessor: str | None
    successor: str | None


class Agreements(PaperKind):
    kind = "agreement"
    model = AgreementPage
    dates = ("concluded_on", "effective_from")
    body_fields = ("parties__organisation",)
    fetched = ("parties__organisation__names", "tagged_topics__tag")

    def named_in(self, record: AgreementPage) -> Iterable[Named]:
        for party in record.parties.all():
            yield "party", party.organisation

    def details_of(self, record: AgreementPage, user: Somebody) -> Agreement:
        chain = record.get_parent().specific.chain(user)
        return Agreement(
            number=record.number,
            concluded_on=vague(record.concluded_on),
            effective_from=vague(record.effective_from),
            effective_to=vague(record.effective_to),
            renewal_mode=record.renewal_mode,
            notice_period_months=record.notice_period_months,
            certainty=record.certainty,
            note=record.note,
            parties=[_party(one) for one in record.parties.all()],
            preamble=plain(record.preamble),
            articles=_articles(record.articles),
            predecessor=_id("agreement", chain.before(record)),
            successor=_id("agreement", chain.after(record)),
        )


class DeclarationVersion(BaseModel):
    number: int
    adopted_on: VagueDate
    binding_for: str


class Signatory(BaseModel):
    organisation: str
    name: str
    capacity: str
    status: str
    signed_on: VagueDate
    withdrawn_on: VagueDate


class UnnamedSignatories(BaseModel):
    kind: str
    count: Count | None
    note: str


class Round(BaseModel):
    number: int
    title: str
    kind: str
    status: str
    ceremony: VagueDate
    place: str
    signatories: Sequence[Signatory]
    unnamed: Sequence[UnnamedSignatories]


class Declaration(BaseModel):
    kind: Literal["declaration"] = "declaration"
    summary: str
    opened_on: VagueDate
    closed_for_accession: bool
    signatories_total: Count | None
    register_complete: bool
    text_versions: Sequence[DeclarationVersion]
    preamble: str
    articles: Sequence[NumberedArticle]
    rounds: Sequence[Round]
    accessions: Sequence[str]


class Declarations(PaperKind):
    kind = "declaration"
    model = DeclarationPage
    dates = ("opened_on",)
    fetched = (
        "basis_of__names", "rounds__signatures__organisation__names", "tagged_topics__tag",
    )  # fmt: skip

    def naming(self, body: str) -> Q | None:
        if not body.isdecimal():
            return None
        signed = Q(
            rounds__signatures__organisation=int(body),
            rounds__signatures__status__in=IN_REGISTER,
        )
        return signed | Q(basis_of=int(body))

    def named_in(self, record: DeclarationPage) -> Iterable[Named]:
        if record.basis_of:
            yield "basis_of", record.basis_of
        signatures = [s for one in record.rounds.all() for s in one.signatures.all()]
        named = (one.organisation for one in signatures if one.status in IN_REGISTER)
        for body in dict.fromkeys(named):
            yield "signatory", body

    def details_of(self, record: DeclarationPage, user: Somebody) -> Declaration:
        text, register = record.text, record.register
        live = [one for one in record.accessions_for(user) if one.live]
        return Declaration(
            summary=record.summary,
            opened_on=vague(record.opened_on),
            closed_for_accession=record.closed_for_accession,
            signatories_total=count_of(register.total),
            register_complete=register.complete,
            text_versions=[
                DeclarationVersion(
                    number=one.number,
                    adopted_on=vague(one.adopted_on),
                    binding_for=one.binding_for,
                )
                for one in record.texts.all()
            ],
            preamble=plain(text.preamble) if text else "",
            articles=_articles(record.articles),
            rounds=_rounds(register),
            accessions=[f"accession-{one.pk}" for one in live],
        )


class Statement(BaseModel):
    criterion: str
    answer: str
    text: str
    since: VagueDate


class Accession(BaseModel):
    kind: Literal["accession"] = "accession"
    declaration: str | None
    text_version: int | None
    resolution: str
    proposed_on: VagueDate
    statements: Sequence[Statement]


class Accessions(PaperKind):
    kind = "accession"
    model = AccessionPage
    dates = ("proposed_on",)
    body_fields = ("organisation",)
    fetched = ("organisation__names",)

    def named_in(self, record: AccessionPage) -> Iterable[Named]:
        yield "acceding", record.organisation

    def details_of(self, record: AccessionPage, user: Somebody) -> Accession:
        declaration = record.declaration_for(user)
        shown = declaration and record.text_version
        return Accession(
            declaration=_id("declaration", declaration),
            text_version=shown.number if shown else None,
            resolution=record.resolution,
            proposed_on=vague(record.proposed_on),
            statements=[
                Statement(
                    criterion=one["criterion"],
                    answer=one["answer"],
                    text=one["text"] or "",
                    since=one["since"] or None,
                )
                for one in said_in(record.statements).values()
            ],
        )


def _id(kind: str, page: Any) -> str | None:
    return f"{kind}-{page.pk}" if page is not None else None


def _party(party: Any) -> Party:
    return Party(
        organisation=str(party.organisation_id),
        name=party.name,
        capacity=party.capacity,
        side=party.side,
        signed=party.signature_status == PartySignature.SIGNED,
        signed_on=vague(party.signed_on),
    )


def _articles(articles: Iterable[Article]) -> list[NumberedArticle]:
    return [
        NumberedArticle(
            id=one.id,
            number=one.number,
            title=one.title,
            paragraphs=[plain(paragraph.text.source) for paragraph in one.paragraphs],
        )
        for one in articles
    ]


def _rounds(register: Register) -> list[Round]:
    return [
        Round(
            number=one.number,
            title=one.title,
            kind=one.kind,
            status=one.status,
            ceremony=vague(one.ceremony),
            place=one.place,
            signatories=[_signatory(e) for e in register.entries if e.round.pk == one.pk],
            unnamed=[
                UnnamedSignatories(kind=count.kind, count=count_of(count.count), note=count.note)
                for count in one.unnamed.all()
            ],
        )
        for one in register.rounds
    ]


def _signatory(entry: RegisterEntry) -> Signatory:
    signature = entry.signature
    return Signatory(
        organisation=str(signature.organisation_id),
        name=entry.name,
        capacity=signature.capacity,
        status=signature.status,
        signed_on=vague(entry.acceded_on),
        withdrawn_on=vague(signature.withdrawn_on),
    )
