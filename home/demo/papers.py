"""The invented papers: events, documentations, publications, surveys and info mails."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page

from cms.core.papers import Audience, Origin
from cms.core.values import ApproxCount, FuzzyDate
from cms.documents.models import Attachment
from cms.events.models import Concern, DocumentationPage, EventPage, Finding
from cms.events.rules import EventKind, EventState
from cms.networks.models import Organisation
from cms.publications.models import InfoMail, PublicationEditor, PublicationPage, Survey
from cms.publications.rules import PublicationKind, SurveyState
from home.demo.dice import Dice
from home.demo.files import kept_file
from home.demo.keep import Keeper, with_children
from home.demo.material import read, topics
from home.demo.prose import Plan, Prose, compose, fill, long_text, plans
from home.demo.streams import question_stream, text_stream
from home.demo.tree import Tree
from home.demo.words import NETWORK

KINDS = {
    "minutes": PublicationKind.MINUTES,
    "handout": PublicationKind.HANDOUT,
    "aid": PublicationKind.WORKING_AID,
    "brochure": PublicationKind.BROCHURE,
    "newsletter": PublicationKind.NEWSLETTER,
    "survey": PublicationKind.SURVEY_RESULT,
}
EVENT_KINDS = {"meeting": EventKind.NETWORK_MEETING, "workshop": EventKind.WORKSHOP}
# Who publishes on a topic; on all others the network itself.
PUBLISHERS = {
    "feuerwehr": "feuerwehrverband-seenland",
    "hallennutzung": "sportbund-seenland",
    "nachbarschaft": "stiftung-nachbarland",
    "dorfladen": "runde-mittelmoor",
}


def load_papers(keep: Keeper, tree: Tree, *, today: date) -> None:
    """Enter every invented paper whose day has come."""
    for plan in plans():
        if plan.day < today:
            _load(keep, tree, plan)


def _load(keep: Keeper, tree: Tree, plan: Plan) -> None:
    if plan.kind in EVENT_KINDS:
        keep.paper(tree.events, plan.slug, lambda: event(keep, plan))
    elif plan.kind == "doc":
        # Of every second conference only the documentation has been kept.
        has_event = plan.number % 2 == 0
        parent: Page = tree.documentations
        if has_event:
            parent = keep.paper(tree.events, plan.slug, lambda: event(keep, plan))
        keep.paper(
            parent,
            f"dokumentation-{plan.slug}"[:100],
            lambda: documentation(keep, plan, parent if has_event else None),
            on=plan.day,
        )
    else:
        page = keep.paper(
            tree.publications, plan.slug, lambda: publication(keep, plan), on=plan.day
        )
        _records(keep, plan, page)


def publisher(keep: Keeper, plan: Plan) -> Organisation:
    key = "werkstatt-buergerstadt" if plan.kind == "survey" else PUBLISHERS.get(plan.topic, NETWORK)
    return keep.body(key)


def filing(keep: Keeper, plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "network": keep.body(NETWORK),
        "audience": Audience.MEMBERS if plan.for_members else Audience.PUBLIC,
        "origin": Origin.TAKEN_OVER,
        "reference_number": f"KS-{plan.year}/{Dice('number', plan.slug).between(11, 499):03}",
    }


def event(keep: Keeper, plan: Plan) -> EventPage:
    prose = compose(plan)
    begins = datetime.combine(plan.day, time(9, 30), ZoneInfo("Europe/Berlin"))
    paragraphs = [*prose.sections[0].paragraphs, *prose.sections[2].paragraphs]
    page = EventPage(
        **filing(keep, plan),
        kind=EVENT_KINDS.get(plan.kind, EventKind.CONFERENCE).value,
        host=publisher(keep, plan),
        takes_place_on=FuzzyDate.day(plan.day),
        starts_at=begins,
        ends_at=begins.replace(hour=16, minute=0),
        place=plan.place,
        addressed_to="Mitglieder" if plan.for_members else "Mitglieder und Gäste",
        abstract="".join(f"<p>{text}</p>" for text in paragraphs),
        questions=question_stream(plan.slug, _questions(plan)),
        state=EventState.HELD.value,
    )
    page.topics.add(topics()[plan.topic]["tag"])
    return page


def _questions(plan: Plan) -> list[str]:
    points = topics()[plan.topic]["checklist"]
    return [f"{point}: Wie gelingt das in einer kleinen Verwaltung?" for point in points[:2]]


def documentation(keep: Keeper, plan: Plan, of: Page | None) -> DocumentationPage:
    prose, dice = compose(plan), Dice("numbers", plan.slug)
    municipalities = dice.between(8, 22)
    representatives = municipalities + dice.between(2, 14)
    page = DocumentationPage(
        **{**filing(keep, plan), "title": f"Dokumentation: {plan.title}"},
        event=of,
        lead=publisher(keep, plan),
        documented_on=FuzzyDate.day(plan.day),
        summary=prose.summary,
        participants_total=representatives + dice.between(3, 30),
        municipal_representatives=representatives,
        municipalities=municipalities,
        body=text_stream(plan.slug, prose.blocks),
    )
    with_children(
        page,
        findings=[
            Finding(kind=kind, text=text)
            for kind, text in (line.split(":", 1) for line in topics()[plan.topic]["findings"])
        ],
    )
    wishes = read("forms/papers")["concern"]["texts"]
    with_children(page, concerns=[_concern(line) for line in dice.some(wishes, 2)])
    page.topics.add(topics()[plan.topic]["tag"])
    with_children(page, attachments=attachments(keep, plan, prose))
    return page


def _concern(line: str) -> Concern:
    kind, status, text = line.split("|")
    note = "Erschienen als Heft." if status == "done" else ""
    return Concern(kind=kind, status=status, text=text, asked_by="Teilnehmende", result_note=note)


def publication(keep: Keeper, plan: Plan) -> PublicationPage:
    prose = compose(plan)
    page = PublicationPage(
        **filing(keep, plan),
        kind=KINDS[plan.kind].value,
        issue=issue_of(plan) if plan.kind == "newsletter" else "",
        authors="Geschäftsstelle Kommunalnetz Seenland" if plan.kind == "minutes" else "",
        published_on=FuzzyDate.day(plan.day) if plan.year > 1999 else FuzzyDate.of_year(plan.year),
        summary=prose.summary,
        body=text_stream(plan.slug, prose.blocks),
    )
    with_children(page, editors=[PublicationEditor(organisation=publisher(keep, plan))])
    page.topics.add(topics()[plan.topic]["tag"])
    with_children(page, attachments=attachments(keep, plan, prose))
    return page


def issue_of(plan: Plan) -> str:
    """Return the number of an info mail, counted through since the first one."""
    earlier = [one for one in plans() if one.kind == "newsletter" and one.day < plan.day]
    return f"Nr. {len(earlier) + 1}/{plan.year}"


def attachments(keep: Keeper, plan: Plan, prose: Prose) -> list[Attachment]:
    if not plan.has_pdf:
        return []
    name = publisher(keep, plan).present_name
    file = kept_file(
        keep, plan.slug, title=plan.title, publisher=name, lead=prose.summary,
        sections=long_text(plan, prose),
    )  # fmt: skip
    kind = Attachment.Kind.MINUTES if plan.kind == "minutes" else Attachment.Kind.TEXT
    return [Attachment(file=file, kind=kind, rights_holder=name, licence="CC BY 4.0")]


def _records(keep: Keeper, plan: Plan, page: PublicationPage) -> None:
    """Keep what stands behind a publication: the survey, the mail that was sent."""
    if plan.kind == "survey":
        values = {
            "title": f"Befragung: {plan.title}"[:200],
            "addressed_to": fill("Mitglieder, Vereine und Einrichtungen in {n} Orten", plan),
            "opens_on": date(plan.year - 1, 9, 1),
            "closes_on": date(plan.year - 1, 10, 31),
            "state": SurveyState.PUBLISHED.value,
            "network": keep.body(NETWORK),
        }
        keep.row(Survey, values, results=page)
    if plan.kind == "newsletter":
        values = {
            "issue": issue_of(plan),
            "subject": plan.title,
            "topics": topics()[plan.topic]["tag"],
            "sent_on": FuzzyDate.day(plan.day),
            "sent_to": "Ansprechpersonen der Mitglieder",
            "recipients": ApproxCount(Dice("sent", plan.slug).between(48, 90)),
            "network": keep.body(NETWORK),
        }
        keep.row(InfoMail, values, archive_page=page)
