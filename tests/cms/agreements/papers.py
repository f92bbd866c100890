"""Bodies, places in the tree and papers for the tests of the chapters."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
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
    SigningRound,
)
from cms.agreements.statements import stream_for
from cms.core.papers import Origin
from cms.networks.models import CriteriaList, Criterion, Organisation, OrganisationName, Person
from home.models import HomePage
from tests.people import admin, alma
from workflow.actions import take_over


def body(name: str, kind: str = "municipality") -> Organisation:
    """Return the organisation of this name, made when it is first named."""
    key = name.lower().replace(" ", "-")
    found = Organisation.objects.filter(key=key).first()
    if found is None:
        found = Organisation(key=key, kind=kind)
        found.names = [OrganisationName(name=name)]
        found.save()
    return found


def network() -> Organisation:
    return body("Netzwerk der Musterkommunen", "network")


def below(parent: Page, page: Any) -> Any:
    """Add the page and give back a fresh one from the database."""
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def home() -> Page:
    found = HomePage.objects.first()
    if found is not None:
        return found
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root")
    return below(root, HomePage(title="Umlauf", slug="umlauf"))


def index(model: type[Page] = AgreementIndexPage, title: str = "Vereinbarungen") -> Any:
    return model.objects.first() or below(home(), model(title=title))


def series(title: str = "Kooperation") -> AgreementSeriesPage:
    found = AgreementSeriesPage.objects.filter(title=title).first()
    return found or below(index(), AgreementSeriesPage(title=title))


def article(title: str = "Ziele", *paragraphs: str, id: str = "") -> dict[str, Any]:
    texts = [f"<p>{text}</p>" for text in paragraphs or ("Text.",)]
    block = {"type": "article", "value": {"title": title, "paragraphs": texts}}
    return {**block, "id": id} if id else block


def agreement(number: int = 1, in_series: Page | None = None, **fields: Any) -> AgreementPage:
    page = AgreementPage(
        title=fields.pop("title", f"Vereinbarung {number}"), number=number,
        origin=fields.pop("origin", Origin.TAKEN_OVER), **fields,
    )  # fmt: skip
    parties = [body("Ministerium für Muster", "ministry"), body("Musterverband", "association")]
    page.parties = [
        AgreementParty(organisation=party, side=side) for side, party in enumerate(parties, start=1)
    ]
    return below(in_series or series(), page)


def published(page: Any) -> Any:
    """Enter the page as one that exists already, and give back what the public sees."""
    take_over(subject=page, by=admin(), source="Akte")
    return type(page).objects.get(pk=page.pk)


def declaration(**fields: Any) -> DeclarationPage:
    page = DeclarationPage(
        title="Gemeinsame Erklärung", basis_of=network(), origin=Origin.TAKEN_OVER, **fields
    )
    page.texts = [DeclarationText(number=1, body=_stream([article("Leitgedanke")]))]
    return below(index(DeclarationIndexPage, "Erklärungen"), page)


def signing_round(of: DeclarationPage, number: int = 1, **fields: Any) -> SigningRound:
    fields.setdefault("title", f"Runde {number}")
    return SigningRound.objects.create(declaration=of, number=number, **fields)


CRITERIA = {
    "contact_person": "Es gibt eine Ansprechperson.",
    "cross_cutting_task": "Engagement ist Aufgabe aller Ämter.",
    "sign_declaration": "Die Kommune ist bereit, die Erklärung zu unterzeichnen.",
    "recognition": "Die Kommune hat die Karte, plant sie oder hat Vergleichbares.",
    "commitment": "Die Kommune arbeitet dauerhaft mit.",
}


def criteria(version: int = 1, texts: dict[str, str] | None = None) -> CriteriaList:
    """Return one version of the network's criteria; the five of them unless others are given."""
    found, is_new = CriteriaList.objects.get_or_create(network=network(), version=version)
    for number, (key, text) in enumerate((texts or CRITERIA).items() if is_new else (), start=1):
        Criterion.objects.create(criteria_list=found, number=number, key=key, text=text)
    return found


def said(**changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a complete statement on each of the five criteria, some of them changed."""
    full = {key: {"answer": "met", "text": "Der Rat hat es beschlossen."} for key in CRITERIA}
    return {key: {**value, **changed.get(key, {})} for key, value in full.items()}


def accession(to: DeclarationPage, town: str = "Seestadt", **fields: Any) -> AccessionPage:
    """Return the draft of a request that is ready to be submitted."""
    present = fields.setdefault("criteria_list", criteria())
    attachments = fields.pop("attachments", [])
    fields.setdefault("text_version", to.text)
    fields.setdefault("contact", Person.objects.get_or_create(key="kim", last_name="Kim")[0])
    page = AccessionPage(
        title=fields.pop("title", f"Beitritt {town}"), organisation=body(town), network=network(),
        statements=stream_for(present.criteria.all(), fields.pop("said", said())), **fields,
    )  # fmt: skip
    page.attachments = attachments
    page = below(to, page)
    page.save_revision(user=page.owner)
    return type(page).objects.get(pk=page.pk)


def _stream(blocks: list[dict[str, Any]]) -> Any:
    field = DeclarationText._meta.get_field("body")
    return field.to_python(blocks)


def insider() -> Any:
    """Somebody from the office, who may see everything."""
    return alma()


def request(user: Any = None, **query: str) -> Any:
    """Return a GET request as the page's view gets it; a guest's without `user`."""
    found = RequestFactory().get("/", query)
    found.user = user or AnonymousUser()
    return found
