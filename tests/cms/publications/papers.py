"""Publications for the tests of this chapter."""

from typing import Any

from cms.core.papers import Origin
from cms.publications.models import PublicationEditor, PublicationIndexPage, PublicationPage
from tests.cms.agreements import papers


def index() -> PublicationIndexPage:
    return papers.index(PublicationIndexPage, "Veröffentlichungen")


def publication(title: str = "Arbeitshilfe", **fields: Any) -> PublicationPage:
    page = PublicationPage(title=title, origin=Origin.TAKEN_OVER, **fields)
    page.editors = [PublicationEditor(organisation=papers.body("Musternetz", "network"))]
    return papers.below(index(), page)
