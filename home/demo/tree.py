"""The overviews and fixed pages below the front page."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.agreements.models import AgreementIndexPage, DeclarationIndexPage
from cms.documents.models import StandardPage
from cms.events.models import DocumentationIndexPage, EventIndexPage
from cms.networks.models import MemberIndexPage, NetworkIndexPage
from cms.publications.models import PublicationIndexPage
from home.actions import set_up_site
from home.demo.keep import Keeper
from home.demo.material import read

OVERVIEWS: dict[str, type[Page]] = {
    "vereinbarungen": AgreementIndexPage,
    "erklaerungen": DeclarationIndexPage,
    "veranstaltungen": EventIndexPage,
    "dokumentationen": DocumentationIndexPage,
    "veroeffentlichungen": PublicationIndexPage,
    "netzwerke": NetworkIndexPage,
    "mitglieder": MemberIndexPage,
}


@dataclass(frozen=True, slots=True)
class Tree:
    """Where papers are put."""

    agreements: Page
    declarations: Page
    events: Page
    documentations: Page
    publications: Page
    networks: Page
    members: Page


def load_tree(keep: Keeper) -> Tree:
    root = set_up_site()
    texts = read("site")
    found = []
    for slug, model in OVERVIEWS.items():
        values = texts["overviews"][slug]
        found.append(keep.open_page(root, slug, lambda m=model, v=values: m(**v)))  # type: ignore[misc]
    for one in texts["page"]:
        values = {name: one[name].strip() for name in ("title", "intro", "body")}
        keep.open_page(root, one["slug"], lambda v=values: StandardPage(**v))  # type: ignore[misc]
    return Tree(*found)
