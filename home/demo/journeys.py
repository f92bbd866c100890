"""Papers on their way, so that everybody who signs in finds something to do.

Every step is the real one: the editor submits, the reviewer and the ministry
decide on the text they saw, a return carries its reason.
"""

from datetime import date
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.accounts.models import User
from cms.agreements.models import AgreementPage, AgreementSeriesPage, DeclarationPage
from cms.core.papers import Audience, Origin
from cms.documents.models import Attachment
from cms.events.models import Quote
from cms.networks.models import MemberPage
from cms.publications.models import PublicationEditor, PublicationPage
from home.demo.agreements import invented
from home.demo.declarations import draft_accession, draft_declaration
from home.demo.errors import DemoError
from home.demo.files import kept_file
from home.demo.keep import Keeper, with_children
from home.demo.material import read
from home.demo.papers import documentation, publication
from home.demo.pdf import Section
from home.demo.prose import Plan
from home.demo.streams import text_stream
from home.demo.tree import Tree
from home.demo.words import MEMBERS_ONLY_WORD, NETWORK
from workflow.actions import decide, send_back, submit
from workflow.loading import load_files
from workflow.models import Journey, Stage

INTERNAL_SLUG = "vorstudie-fuer-mitglieder"
People = dict[str, User]
KINDS = {"brochure": "brochure", "handout": "handout", "newsletter": "newsletter",
         "survey_result": "survey", "working_aid": "aid"}  # fmt: skip

# Who decides in the stages of the shipped routes.
DECIDERS = {"review": "pruefung", "accessibility": "pruefung", "division": "referat",
            "department": "abteilung", "leadership": "ministerium",
           "criteria": "redaktion", "office": "admin"}  # fmt: skip


def load_journeys(keep: Keeper, tree: Tree, people: People, *, today: date) -> None:
    data = read("invented/journeys")
    for number, one in enumerate(data["paper"]):
        _paper(keep, tree, people, one, Plan(
            one["topic"], number, today.year, KINDS.get(one.get("kind", ""), "doc"), False, False,
            one["title"],
        ))  # fmt: skip
    for one in data["agreement"]:
        _agreement(keep, tree, people, one)
    _declaration(keep, tree, people, data["declaration"])
    for one in data["accession"]:
        _accession(keep, tree, people, one)
    _profile(keep, tree, data["profile"], by=people["mitglied"], returned_by=people["redaktion"])
    _profile(keep, tree, data["office_profile"], by=people["redaktion"], returned_by=None)


def _paper(keep: Keeper, tree: Tree, people: People, one: dict[str, Any], plan: Plan) -> None:
    is_documentation = one["model"] == "documentation"
    parent = tree.documentations if is_documentation else tree.publications

    def make() -> Page:
        page = documentation(keep, plan, None) if is_documentation else publication(keep, plan)
        page.origin = Origin.MADE_HERE
        page.title = one["title"]
        return with_children(page, quotes=[Quote(**one["quote"])]) if "quote" in one else page

    page, is_new = keep.draft(parent, one["slug"], make)
    if not is_new or one["ends_at"] == "draft":
        return
    journey = submit(subject=page, by=people["redaktion"])
    if one["ends_at"] == "returned":
        _return(journey, by=people["pruefung"], comment=one["comment"])
    else:
        _walk(journey, people, to=one["ends_at"])


def _agreement(keep: Keeper, tree: Tree, people: People, one: dict[str, Any]) -> None:
    """The next agreement of an invented chain is somewhere on the official channel."""
    chains = read("invented/agreements")["series"]
    chain = next(chain for chain in chains if chain["slug"] == one["series"])
    series = AgreementSeriesPage.objects.child_of(tree.agreements).get(slug=one["series"])
    last = AgreementPage.objects.child_of(series).order_by("number").last()

    def make() -> AgreementPage:
        values = {**one, "state": "drafting", "articles": len(chain["articles"])}
        page = invented(keep, values, chain, origin=Origin.MADE_HERE)
        page.renews = last
        return page

    page, is_new = keep.draft(series, one["slug"], make)
    if is_new:
        _walk(submit(subject=page, by=people["redaktion"]), people, to=one["ends_at"])


def _declaration(keep: Keeper, tree: Tree, people: People, one: dict[str, Any]) -> None:
    """A declaration waits for the associations: its route asks them before the ministry."""
    page, is_new = keep.draft(
        tree.declarations,
        one["slug"],
        lambda: draft_declaration(keep, one, origin=Origin.MADE_HERE),
    )
    if is_new:
        load_files([Path(__file__).parent / "routes" / "declaration.toml"])
        _agree(submit(subject=page, by=people["redaktion"]), by=people["pruefung"])


def _accession(keep: Keeper, tree: Tree, people: People, one: dict[str, Any]) -> None:
    """A municipality's request is with the office, or waits for its signature."""
    siblings = DeclarationPage.objects.child_of(tree.declarations)
    declaration = siblings.get(slug=one["declaration"])
    author = people["kommune"]
    page, is_new = keep.draft(
        declaration, one["slug"], lambda: draft_accession(keep, one, declaration), owner=author
    )
    if is_new:
        _walk(submit(subject=page, by=author), people, to=one["ends_at"])


def _profile(
    keep: Keeper, tree: Tree, one: dict[str, Any], *, by: User, returned_by: User | None
) -> None:
    """A new text of a published profile is with the office, or back with the member."""
    page = MemberPage.objects.child_of(tree.members).get(slug=one["member"])
    if page.latest_journey() is not None:
        return
    draft = page.get_latest_revision_as_object()
    draft.intro = one["intro"]
    draft.save_revision(user=by)
    journey = submit(subject=page, by=by)
    keep.count(journey)
    if returned_by is not None:
        _return(journey, by=returned_by, comment=one["comment"])


def _open_stage(journey: Journey) -> Stage:
    stage = journey.open_stage
    if stage is None:
        raise DemoError(f"No stage is open: {journey}")
    return stage


def _walk(journey: Journey, people: People, *, to: str) -> None:
    """Have everybody agree until the paper lies in the stage with the key `to`."""
    while (stage := _open_stage(journey)).key != to:
        _agree(journey, by=people[DECIDERS[stage.key]])


def _agree(journey: Journey, *, by: User) -> None:
    decide(stage=_open_stage(journey), by=by, answer="agreed", seen_digest=journey.content_digest)


def _return(journey: Journey, *, by: User, comment: str) -> None:
    send_back(
        stage=_open_stage(journey), by=by, seen_digest=journey.content_digest, comment=comment
    )


def load_internal(keep: Keeper, tree: Tree) -> None:
    """Enter the one text for members that carries a word nobody else has."""
    keep.paper(tree.publications, INTERNAL_SLUG, lambda: _internal(keep))


def _internal(keep: Keeper) -> PublicationPage:
    sections = [
        Section("Warum diese Vorstudie", [
            f"Unter dem Arbeitstitel {MEMBERS_ONLY_WORD} prüfen fünf Mitglieder, ob sich ein "
            "gemeinsamer Fonds für kleine Anschaffungen lohnt. Bis der Beirat entschieden hat, "
            "bleiben Zahlen und Beteiligte im Kreis der Mitglieder."]),
        Section("Erste Zahlen", [
            "Gerechnet wurde mit drei Einlagen: fünfzig Cent, ein Euro und zwei Euro je "
            "Einwohner:in. Bereits die kleinste deckt die Anträge der letzten beiden Jahre.",
            f"Für {MEMBERS_ONLY_WORD} spricht der geringe Aufwand, dagegen die Sorge, dass "
            "Kommunen ihre eigenen Zuschüsse kürzen."]),
        Section("Entscheidung", [
            "Der Beirat berät im Herbst. Rückmeldungen der Mitglieder werden bis zwei Wochen "
            "vorher erbeten."]),
    ]  # fmt: skip
    page = PublicationPage(
        title="Vorstudie zu einem gemeinsamen Fonds",
        kind="working_aid",
        network=keep.body(NETWORK),
        audience=Audience.MEMBERS,
        origin=Origin.TAKEN_OVER,
        summary="Vertraulich im Kreis der Mitglieder: Rechnung und offene Fragen.",
        body=text_stream("vorstudie", [(one.heading, one.paragraphs, ()) for one in sections]),
    )
    with_children(page, editors=[PublicationEditor(organisation=keep.body(NETWORK))])
    file = kept_file(
        keep, "vorstudie", title="Vorstudie (Langfassung)", publisher="Kommunalnetz Seenland",
        lead="Nur für Mitglieder.", sections=sections,
    )  # fmt: skip
    with_children(page, attachments=[Attachment(file=file, rights_holder="Kommunalnetz Seenland")])
    return page
