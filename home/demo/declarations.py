"""Joint declarations with their signing rounds: the real one, and an invented one."""

from typing import Any

from cms.agreements.models import (
    AccessionPage,
    DeclarationPage,
    DeclarationText,
    SignatoryCount,
    Signature,
    SigningRound,
)
from cms.agreements.rules import Channel, RoundKind, RoundStatus, SignatoryKind, SignatureStatus
from cms.agreements.statements import stream_for
from cms.core.papers import Origin
from cms.core.values import ApproxCount, FuzzyDate
from cms.documents.models import File, Reference
from cms.networks.models import Person
from home.demo.files import kept_file
from home.demo.keep import Keeper, with_children
from home.demo.material import members, read
from home.demo.pdf import Section
from home.demo.references import refer
from home.demo.streams import article_stream
from home.demo.tree import Tree
from home.demo.words import NETWORK

Data = dict[str, Any]
SOURCE = "Netzseite NRW"


def load_facts(keep: Keeper, tree: Tree) -> None:
    one = read("facts/pages")["declaration"]
    page = keep.paper(tree.declarations, one["slug"], lambda: _fact(keep, one))
    refer(keep, page, Reference.Kind.IS_BASIS_OF, keep.body(one["basis_of"]), SOURCE)
    if page.rounds.exists():
        return
    first = SigningRound.objects.create(
        declaration=page, number=1, kind=RoundKind.FIRST_SIGNING.value, title="Erstunterzeichnung",
        ceremony=FuzzyDate.month(2012, 12), status=RoundStatus.PUBLISHED.value, source=SOURCE,
        text_version=page.texts.get(),
    )  # fmt: skip
    _unnamed(first, ApproxCount(10), "Zehn Kommunen; ihre Namen stehen nicht in der Quelle.")
    _signed(first, keep, "ksv-nrw")
    _signed(first, keep, "mfkjks-nrw", capacity="Ministerin")
    later = SigningRound.objects.create(
        declaration=page,
        number=2,
        kind=RoundKind.ACCESSION.value,
        title="Weitere Beitritte",
        status=RoundStatus.PUBLISHED.value,
        source=SOURCE,
        certainty="unclear",
        text_version=page.texts.get(),
        note="Mehrere Runden, zunächst jährlich, später ohne festen Abstand; Termine unbekannt. "
        "Weitere Städte und Gemeinden haben unterzeichnet, ihre Zahl und Namen sind unbekannt. "
        "Mit der Unterzeichnung wird der Beitritt wirksam.",
    )
    _signed(later, keep, "br-arnsberg")


def _fact(keep: Keeper, one: Data) -> DeclarationPage:
    network = keep.body(one["basis_of"])
    page = DeclarationPage(
        title=one["title"], summary=one["summary"], basis_of=network, network=network,
        stated_total=ApproxCount.parse(one["stated_total"]),
        stated_total_note=one["stated_total_note"], rhythm_note=one["rhythm_note"],
        editors_note=one["note"], origin=Origin.TAKEN_OVER,
    )  # fmt: skip
    with_children(page, texts=[DeclarationText(number=1, adopted_on=FuzzyDate.month(2012, 12))])
    return page


def _unnamed(where: SigningRound, count: ApproxCount, note: str) -> None:
    SignatoryCount.objects.create(
        round=where, kind=SignatoryKind.MUNICIPALITY.value, count=count, note=note
    )


def _signed(
    where: SigningRound, keep: Keeper, key: str, *, capacity: str = "",
    status: SignatureStatus = SignatureStatus.CONFIRMED, **values: Any,
) -> None:  # fmt: skip
    Signature.objects.create(
        round=where, organisation=keep.body(key), capacity=capacity, status=status.value, **values
    )


def load_invented(keep: Keeper, tree: Tree) -> None:
    one = read("invented/agreements")["declaration"]
    page = keep.paper(tree.declarations, one["slug"], lambda: _invented(keep, one))
    if page.rounds.exists():
        return
    texts = {text.number: text for text in page.texts.all()}
    keys = [member["key"] for member in members()]
    founders = [*keys[:20:2], "gemeinwesenministerium", "gemeindeverband-seenland"]
    _round(keep, page, 1, "Erstunterzeichnung in Cronwiek", "2007-10-11", texts[1], founders)
    _round(keep, page, 2, "Beitritte 2011", "2011-09", texts[1], keys[21:33:2])
    _round(keep, page, 3, "Beitritte 2019", "2019-05-23", texts[2], keys[34:50:2])
    withdrawn = page.rounds.get(number=2).signatures.earliest("pk")
    withdrawn.status = SignatureStatus.WITHDRAWN.value
    withdrawn.withdrawn_on = FuzzyDate.of_year(2016)
    withdrawn.withdrawal_reason = "Ratsbeschluss; die Ansprechperson war weggefallen."
    withdrawn.save()
    _open_round(keep, page, texts[2], keys[1:28:2])


def _open_round(
    keep: Keeper, page: DeclarationPage, text: DeclarationText, keys: list[str]
) -> None:
    """A round under way: nine of fourteen have signed."""
    running = SigningRound.objects.create(
        declaration=page, number=4, kind=RoundKind.ACCESSION.value, title="Vierte Runde",
        status=RoundStatus.IN_SIGNATURE.value, text_version=text, place="im Umlauf",
    )  # fmt: skip
    for number, key in enumerate(keys):
        status = SignatureStatus.SIGNED_ON_PAPER if number < 9 else SignatureStatus.INVITED
        channel = Channel.PAPER if number < 9 else Channel.UNKNOWN
        _signed(running, keep, key, status=status, channel=channel.value)


def _round(
    keep: Keeper, page: DeclarationPage, number: int, title: str, ceremony: str,
    text: DeclarationText, keys: list[str],
) -> None:  # fmt: skip
    kind = RoundKind.FIRST_SIGNING if number == 1 else RoundKind.ACCESSION
    where = SigningRound.objects.create(
        declaration=page, number=number, kind=kind.value, title=title,
        ceremony=FuzzyDate.parse(ceremony), status=RoundStatus.PUBLISHED.value, text_version=text,
        place="Cronwiek" if number == 1 else "",
    )  # fmt: skip
    for key in keys:
        _signed(
            where, keep, key, channel=Channel.PAPER.value, signed_on=FuzzyDate.parse(ceremony),
            capacity="Bürgermeister:in",
        )  # fmt: skip


def _invented(keep: Keeper, one: Data) -> DeclarationPage:
    page = draft_declaration(keep, one, origin=Origin.TAKEN_OVER)
    page.opened_on = FuzzyDate.of_year(2007)
    page.rhythm_note = "alle vier Jahre vorgesehen"
    with_children(
        page,
        texts=[
            _text(one, 1, "2007-09", one["articles"]),
            _text(one, 2, "2018-11", [*one["articles"], one["new_article"]]),
        ],
    )
    return page


def draft_declaration(keep: Keeper, one: Data, *, origin: Origin) -> DeclarationPage:
    """Return an invented declaration with its first text."""
    page = DeclarationPage(
        title=one["title"], summary=one["summary"], basis_of=keep.body(NETWORK),
        network=keep.body(NETWORK), origin=origin,
    )  # fmt: skip
    with_children(page, texts=[_text(one, 1, "", one["articles"])])
    return page


def _text(one: Data, number: int, adopted: str, articles: list[list[str]]) -> DeclarationText:
    return DeclarationText(
        number=number, adopted_on=FuzzyDate.parse(adopted), preamble=f"<p>{one['preamble']}</p>",
        body=article_stream(f"{one['slug']}-{number}", articles),
    )  # fmt: skip


def draft_accession(keep: Keeper, one: Data, declaration: DeclarationPage) -> AccessionPage:
    """Return an invented municipality's request to accede, with its statements."""
    network = keep.body(NETWORK)
    criteria = network.criteria_lists.get(version=2)
    said = {each["key"]: _without_key(each) for each in one["said"]}
    page = AccessionPage(
        title=one["title"], organisation=keep.body(one["body"]), network=network,
        contact=Person.objects.get(key="kommune"), resolution=one["resolution"],
        criteria_list=criteria, text_version=declaration.text,
        signing_round=declaration.rounds.get(number=4), proposed_on=FuzzyDate.of_year(2027),
    )  # fmt: skip
    if "evidence" in one:
        file = _instruction(keep, one)
        said[one["evidence"]]["evidence"] = file.pk
        page.attach([file])
    page.statements = stream_for(criteria.criteria.all(), said)
    return page


def _without_key(said: Data) -> Data:
    return {name: value for name, value in said.items() if name != "key"}


def _instruction(keep: Keeper, one: Data) -> File:
    publisher = keep.body(one["body"]).present_name
    return kept_file(
        keep, one["slug"], title="Dienstanweisung Engagement", publisher=publisher,
        lead="Aufgaben aller Ämter bei der Förderung des Engagements.",
        sections=[
            Section("Grundsatz", [
                "Die Förderung des freiwilligen Engagements ist Aufgabe aller Ämter. Jedes Amt "
                "benennt eine Person, die Anfragen von Vereinen entgegennimmt."]),
            Section("Ansprechperson", [
                "Die Leitung der Verwaltung koordiniert. Ihre Vertretung hat das Bürgerbüro.",
                "Einmal im Jahr laden beide alle Gruppen der Gemeinde ein."]),
            Section("Räume und Mittel", [
                "Sitzungsräume stehen nach Dienstschluss allen Gruppen offen. Über kleine "
                "Zuschüsse entscheidet die Ansprechperson."]),
        ],
    )  # fmt: skip
