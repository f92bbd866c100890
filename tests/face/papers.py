"""One page of every public type, with everything on it that such a page can show."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.agreements.models import (
    AccessionPage,
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementSeriesPage,
    DeclarationIndexPage,
    DeclarationPage,
    DeclarationText,
    SignatoryCount,
    Signature,
    SigningRound,
    StandingParty,
)
from cms.agreements.rules import BindingFor, RoundKind, RoundStatus, State
from cms.agreements.statements import stream_for
from cms.archive.models import (
    ArchiveBody,
    ArchiveFile,
    ArchiveMeeting,
    ArchivePaper,
    Consultation,
)
from cms.core.papers import Audience, Origin
from cms.core.values import ApproxCount, FuzzyDate, Qualifier
from cms.documents.models import Reference, StandardPage
from cms.events.models import (
    Concern,
    DocumentationIndexPage,
    DocumentationPage,
    EventIndexPage,
    EventPage,
    EventPartner,
    EventSeriesPage,
    Finding,
    Quote,
)
from cms.networks.models import (
    CriteriaList,
    Criterion,
    Mandate,
    MemberIndexPage,
    MemberPage,
    Membership,
    NetworkIndexPage,
    NetworkPage,
    Organisation,
    OrganisationName,
    OrganisationRelation,
    Programme,
)
from cms.publications.models import PublicationEditor, PublicationIndexPage, PublicationPage
from home.actions import set_up_site
from tests.people import admin
from workflow.actions import take_over


@dataclass(frozen=True)
class Places:
    """The addresses of the pages, by what they are."""

    addresses: dict[str, str]
    network: Organisation


def body(name: str, kind: str = "municipality") -> Organisation:
    key = name.lower().replace(" ", "-")
    found, made = Organisation.objects.get_or_create(key=key, defaults={"kind": kind, "land": "BW"})
    if made:
        OrganisationName.objects.create(organisation=found, name=name)
    return found


def below(parent: Page, page: Any) -> Any:
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def published(page: Any) -> Any:
    take_over(subject=page, by=admin(), source="Akte")
    return type(page).objects.get(pk=page.pk)


def every_page() -> Places:
    """Build the tree and return where everything stands."""
    home = set_up_site()
    network = body("Netzwerk der Musterkommunen", "network")
    pages = {
        "front": home,
        **_agreements(home, network),
        **_declarations(home, network),
        **_events(home),
        **_publications(home),
        **_networks(home, network),
        "imprint": below(home, StandardPage(title="Impressum", slug="impressum", body="<p>X</p>")),
    }
    addresses = {name: page.url for name, page in pages.items()}
    addresses["organisation"] = f"/organisationen/{network.pk}/"
    archived = archive_document(0)
    addresses["archive document"] = archived.get_absolute_url()
    addresses["text of a file"] = archived.files.get().url
    addresses["barrier"] = "/barriere-melden/"
    addresses["login"] = "/konto/login/"
    return Places(addresses, network)


def archive_document(number: int) -> ArchivePaper:
    paper = ArchivePaper.objects.create(
        source="rat.example", source_id=f"papier/{number}", title=f"Antrag {number}: Geländer",
        kind="Antrag", reference_number=f"2020/{number}", dated=FuzzyDate.of_year(2020),
        web="https://rat.example/papier",
    )  # fmt: skip
    add_to_archive_document(paper, number)
    return paper


def add_to_archive_document(paper: ArchivePaper, number: int) -> None:
    """Give it another file, another body that dealt with it, and another paper beside it."""
    known = {"source": paper.source, "source_id": f"{paper.pk}/{number}"}
    council = ArchiveBody.objects.create(**known, name=f"Gemeinderat {number}")
    meeting = ArchiveMeeting.objects.create(**known, name=f"{number}. Sitzung", place="Rathaus")
    ArchiveFile.objects.create(
        paper=paper, number=number, name=f"Antrag {number}", text="Das Geländer fehlt.",
        web="https://rat.example/datei",
    )  # fmt: skip
    Consultation.objects.create(
        paper=paper, number=number, meeting=meeting, role="Beschluss"
    ).bodies.add(council)
    paper.originators.add(council)
    paper.directed_by.add(council)
    ArchivePaper.objects.create(**known, title=f"Bericht {number}")
    paper.related_ids = [*paper.related_ids, known["source_id"]]
    paper.save()


def article(title: str, *paragraphs: str) -> dict[str, Any]:
    texts = [f"<p>{text}</p>" for text in paragraphs]
    return {"type": "article", "value": {"title": title, "paragraphs": texts}}


def _agreements(home: Page, network: Organisation) -> dict[str, Page]:
    index = below(home, AgreementIndexPage(title="Vereinbarungen", slug="vereinbarungen"))
    series = AgreementSeriesPage(
        title="Kooperationsvereinbarungen", subject="Zusammenarbeit.", basis_of=network,
        editors_note="<p>Ob beide Ketten eine sind, ist unklar.</p>",
    )  # fmt: skip
    ministry, association = body("Ministerium für Muster", "ministry"), body("Musterverband")
    series.standing_parties = [StandingParty(organisation=ministry)]
    series = below(index, series)
    first = agreement(series, 1, [ministry, association], state=State.SUPERSEDED.value)
    current = agreement(series, 5, [ministry, association], state=State.IN_FORCE.value)
    Reference.objects.create(from_record=current, kind="is_basis_of", to_record=network)
    gap = published(
        below(series, AgreementPage(title="Zweite", number=2, origin=Origin.TAKEN_OVER))
    )
    return {
        "agreements": index, "series": series, "first": first, "agreement": current, "gap": gap,
    }  # fmt: skip


def agreement(series: Page, number: int, parties: list[Organisation], **fields: Any) -> Page:
    page = AgreementPage(
        title=f"Vereinbarung {number}", number=number, origin=Origin.TAKEN_OVER,
        concluded_on=FuzzyDate.of_year(1994 + number), renewal_mode="tacit",
        notice_period_months=6, reference_number=f"24-0141.5/{number}",
        body=[article("Ziele", "Eins.", "Zwei."), article("Dauer", "Drei.")],
        preamble="<p>Präambel</p>", **fields,
    )  # fmt: skip
    page.parties = [AgreementParty(organisation=party) for party in parties]
    return published(below(series, page))


def _declarations(home: Page, network: Organisation) -> dict[str, Page]:
    index = below(home, DeclarationIndexPage(title="Erklärungen", slug="erklaerungen"))
    page = DeclarationPage(
        title="Gemeinsame Erklärung", basis_of=network, origin=Origin.TAKEN_OVER,
        opened_on=FuzzyDate.month(2012, 12), summary="Worum es geht.",
        stated_total=ApproxCount(100, Qualifier.MORE_THAN),
    )  # fmt: skip
    text = DeclarationText._meta.get_field("body").to_python([article("Leitgedanke", "Text.")])
    page.texts = [
        DeclarationText(number=1, body=text),
        DeclarationText(number=2, body=text, binding_for=BindingFor.ONLY_NEW.value),
    ]
    page = published(below(index, page))
    signing_round = SigningRound.objects.create(
        declaration=page, number=1, title="Erste Runde", kind=RoundKind.FIRST_SIGNING.value,
        status=RoundStatus.PUBLISHED.value, ceremony=FuzzyDate.month(2012, 12),
    )  # fmt: skip
    for name, status in (("Altstadt", "signed"), ("Bruch", "withdrawn")):
        Signature.objects.create(
            round=signing_round, organisation=body(name), capacity="Bürgermeisteramt",
            status=status,
        )  # fmt: skip
    SignatoryCount.objects.create(round=signing_round, count=ApproxCount(10))
    return {
        "declarations": index, "declaration": page,
        "accession": accession(page, network, "Altstadt"),
    }  # fmt: skip


def accession(to: Page, network: Organisation, town: str) -> Page:
    """Return an agreed request that everybody may read, on all criteria there are."""
    criteria, is_new = CriteriaList.objects.get_or_create(network=network, version=1)
    for number, key in enumerate(("contact_person", "recognition") if is_new else (), start=1):
        Criterion.objects.create(criteria_list=criteria, number=number, key=key, text="Merkmal.")
    listed = list(criteria.criteria.all())
    said = {one.key: {"answer": "planned", "text": "Eins.", "since": "2028"} for one in listed}
    page = AccessionPage(
        title=f"Beitritt {town}", organisation=body(town), network=network,
        criteria_list=criteria, text_version=to.text, resolution="Ratsbeschluss",
        statements=stream_for(listed, said), audience=Audience.PUBLIC, origin=Origin.TAKEN_OVER,
    )  # fmt: skip
    return published(below(to, page))


def _events(home: Page) -> dict[str, Page]:
    index = below(home, EventIndexPage(title="Veranstaltungen", slug="veranstaltungen"))
    host = body("Musterverband")
    series = EventSeriesPage(
        title="Quartiere entwickeln", format="Seminarreihe", host=host,
        origin=Origin.TAKEN_OVER, announce_at="Website des Verbands",
        leading_questions=[{"type": "question", "value": "Wie fangen wir an?"}],
    )  # fmt: skip
    series = published(below(index, series))
    part = EventPage(
        title="Teil 1", number=1, origin=Origin.TAKEN_OVER, kind="seminar",
        takes_place_on=FuzzyDate.of_year(2098), place="Musterstadt",
    )  # fmt: skip
    part.partners = [EventPartner(organisation=host)]
    event = published(below(series, part))
    docs = below(home, DocumentationIndexPage(title="Dokumentationen", slug="dokumentationen"))
    documentation = DocumentationPage(
        title="Dokumentation der Tagung", event=event, lead=host, origin=Origin.TAKEN_OVER,
        documented_on=FuzzyDate.of_year(2012), participants_total=20,
        municipal_representatives=15, municipalities=10, summary="Kurz.",
        body=[{"type": "heading", "value": "Ablauf"}, {"type": "paragraph", "value": "<p>A</p>"}],
    )  # fmt: skip
    documentation.findings = [Finding(text="Es hilft.", kind="success_factor", evidence="Umfrage")]
    documentation.quotes = [Quote(text="Gut so.", speaker="A. Muster", released=True)]
    documentation.concerns = [Concern(text="Weiter so.", asked_by="Großstädte")]
    return {
        "events": index, "event series": series, "event": event, "documentations": docs,
        "documentation": published(below(docs, documentation)),
    }  # fmt: skip


def _publications(home: Page) -> dict[str, Page]:
    index = PublicationIndexPage(title="Veröffentlichungen", slug="veroeffentlichungen")
    index = below(home, index)
    return {"publications": index, "publication": publication(index, "Leitfaden")}


def publication(index: Page, title: str, **fields: Any) -> PublicationPage:
    page = PublicationPage(
        title=title, origin=Origin.TAKEN_OVER, kind="brochure",
        published_on=FuzzyDate.of_year(2019), summary="Kurz.",
        body=[{"type": "paragraph", "value": "<p>Text</p>"}], **fields,
    )  # fmt: skip
    page.editors = [PublicationEditor(organisation=body("Musterverband"))]
    page = published(below(index, page))
    page.topics.add("Engagement")
    return page


def _networks(home: Page, network: Organisation) -> dict[str, Page]:
    index = below(home, NetworkIndexPage(title="Netzwerke", slug="netzwerke"))
    page = below(index, NetworkPage(title="Musterkommunen", organisation=network, intro="Kurz."))
    members = below(home, MemberIndexPage(title="Mitglieder", slug="mitglieder"))
    town = body("Altstadt")
    Membership.objects.create(network=network, organisation=town, starts=FuzzyDate.of_year(2014))
    Mandate.objects.create(kind="advice", mandator=network, holder=body("Musterverband"))
    Programme.objects.create(key="quartier", title="Quartier", kind="strategy", owner=network)
    OrganisationRelation.objects.create(
        organisation=body("Musterverband"), kind="founded", other=network
    )
    member = MemberPage(
        title="Altstadt", organisation=town, topics="Ehrenamt", origin=Origin.TAKEN_OVER
    )
    return {
        "networks": index, "network": page, "members": members,
        "member": published(below(members, member)),
    }  # fmt: skip
