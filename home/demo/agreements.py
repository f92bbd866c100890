"""Chains of agreements: the two real ones with their gaps, and the invented ones."""

from typing import Any

from wagtail.models import Page

from cms.agreements.models import (
    AgreementPage,
    AgreementParty,
    AgreementSeriesPage,
    SeriesRelation,
    StandingParty,
)
from cms.agreements.rules import ApprovalStatus, PartySignature, State
from cms.core.papers import Origin
from cms.core.sourced import Certainty
from cms.core.values import FuzzyDate
from cms.documents.models import Attachment, Reference
from home.demo.files import kept_file
from home.demo.keep import Keeper, with_children
from home.demo.material import read
from home.demo.pdf import Section
from home.demo.references import refer
from home.demo.streams import article_stream
from home.demo.tree import Tree
from home.demo.words import NETWORK

Data = dict[str, Any]
SOURCE = "Gemeindenetzwerk BW"


def load_facts(keep: Keeper, tree: Tree) -> None:
    data = read("facts/pages")
    chains = {
        key: keep.open_page(tree.agreements, one["slug"], lambda one=one: _series(keep, one))  # type: ignore[misc]
        for key, one in data["series"].items()
    }
    for one in data["agreement"]:
        keep.paper(
            chains[one["series"]],
            f"vereinbarung-{one['number']}",
            lambda one=one: _fact(keep, one, data["series"][one["series"]]),  # type: ignore[misc]
        )
    _relate(keep, chains["koop-bw"], chains["koop-gnw"])
    refer(keep, chains["koop-gnw"], Reference.Kind.IS_BASIS_OF, keep.body("gnw-be"), SOURCE)


def _series(keep: Keeper, one: Data) -> AgreementSeriesPage:
    page = AgreementSeriesPage(
        title=one["title"],
        subject=one["subject"],
        kind=one.get("kind", "cooperation"),
        basis_of=keep.body(one["basis_of"]) if "basis_of" in one else None,
        editors_note=one.get("note", ""),
    )
    with_children(
        page,
        standing_parties=[StandingParty(organisation=keep.body(key)) for key in one["parties"]],
    )
    return page


def _fact(keep: Keeper, one: Data, series: Data) -> AgreementPage:
    """Return an agreement of which little is known, and nothing is added."""
    page = AgreementPage(
        title=one["title"],
        number=one["number"],
        state=one["state"],
        concluded_on=FuzzyDate.parse(one.get("concluded_on", "")),
        source=SOURCE,
        certainty=one.get("certainty", Certainty.STATED),
        note=one["note"],
        origin=Origin.TAKEN_OVER,
        network=keep.body(series["basis_of"]) if "basis_of" in series else None,
    )
    with_children(
        page,
        parties=[
            AgreementParty(
                organisation=keep.body(key),
                side=side,
                signature_status=PartySignature.UNKNOWN.value,
            )
            for side, key in enumerate(series["parties"], start=1)
        ],
    )
    return page


def _relate(keep: Keeper, one: AgreementSeriesPage, other: AgreementSeriesPage) -> None:
    """Note that nobody knows how the two chains belong together, on both."""
    note = "Ob die eine Kette Teil der anderen ist, sagen die Quellen nicht."
    for here, there in ((one, other), (other, one)):
        if not here.relations.exists():
            draft = here.get_latest_revision_as_object()
            with_children(draft, relations=[SeriesRelation(other=there, kind="unclear", note=note)])
            draft.save_revision(user=keep.by).publish(user=keep.by)
    refer(
        keep, one, Reference.Kind.RELATED_TO, other, SOURCE,
        certainty=Certainty.UNCLEAR, note=note,
    )  # fmt: skip


def load_invented(keep: Keeper, tree: Tree) -> None:
    for one in read("invented/agreements")["series"]:
        series = keep.open_page(tree.agreements, one["slug"], lambda one=one: _series(keep, one))  # type: ignore[misc]
        for agreement in one["agreements"]:
            keep.paper(
                series,
                f"{one['slug']}-{agreement['number']}",
                lambda a=agreement, one=one: invented(keep, a, one),  # type: ignore[misc]
                on=FuzzyDate.parse(agreement.get("concluded_on", "")).earliest,
            )


def invented(
    keep: Keeper, agreement: Data, series: Data, *, origin: Origin = Origin.TAKEN_OVER
) -> AgreementPage:
    """Return one agreement of an invented chain, with articles and signatures."""
    slug = f"{series['slug']}-{agreement['number']}"
    articles = series["articles"][: agreement["articles"]]
    dates = {
        name: FuzzyDate.parse(agreement.get(name, ""))
        for name in ("concluded_on", "effective_from", "effective_to")
    }
    page = AgreementPage(
        title=agreement["title"],
        number=agreement["number"],
        state=agreement["state"],
        renewal_mode=agreement.get("mode", ""),
        notice_period_months=agreement.get("notice"),
        preamble=f"<p>{series['preamble']}</p>",
        body=article_stream(slug, articles),
        reference_number=f"KS-{dates['effective_from'].year or 'E'}-{agreement['number']:02}",
        origin=origin,
        network=keep.body(NETWORK),
        **dates,
    )
    keys: list[str] = agreement.get("parties") or series["parties"]
    under_way = {State.IN_SIGNATURE.value: series.get("signed", 0), State.DRAFTING.value: 0}
    signed: int = under_way.get(agreement["state"], len(keys))
    with_children(
        page,
        parties=[
            _party(keep, key, side, signed=side <= signed, when=dates["concluded_on"])
            for side, key in enumerate(keys, start=1)
        ],
    )
    if agreement.get("pdf"):
        with_children(page, attachments=[_text_file(keep, page, slug, articles)])
    return page


def _party(keep: Keeper, key: str, side: int, *, signed: bool, when: FuzzyDate) -> AgreementParty:
    status = PartySignature.SIGNED if signed else PartySignature.OPEN
    approval = ApprovalStatus.AGREED if signed else ApprovalStatus.OPEN
    return AgreementParty(
        organisation=keep.body(key), side=side, signature_status=status.value,
        approval_status=approval.value, signed_on=when if signed else FuzzyDate.UNKNOWN,
    )  # fmt: skip


def _text_file(keep: Keeper, page: Page, slug: str, articles: list[list[str]]) -> Attachment:
    sections = [
        Section(f"§ {number} {title}", paragraphs)
        for number, (title, *paragraphs) in enumerate(articles, start=1)
    ]
    file = kept_file(
        keep, slug, title=page.title, publisher="Gemeindeverband Seenland e. V.",
        lead="Wortlaut mit allen Paragrafen; die Unterschriften liegen bei den Parteien.",
        sections=sections,
    )  # fmt: skip
    return Attachment(
        file=file, kind="text", rights_holder="Gemeindeverband Seenland e. V.",
        licence="dl-de/by-2-0",
    )  # fmt: skip
