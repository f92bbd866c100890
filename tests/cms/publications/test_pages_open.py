"""Every page type of the three chapters opens for a guest, published and filled."""

import pytest

from cms.agreements.models import DeclarationIndexPage, Signature
from cms.core.values import ApproxCount, FuzzyDate, Qualifier
from cms.events.models import Concern, DocumentationIndexPage, EventPage, Finding, Quote
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.cms.publications import papers as publications

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    from wagtail.models import Site

    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=papers.home(), is_default_site=True)
    Site.clear_site_root_paths_cache()


def an_agreement():
    papers.published(papers.agreement(1, concluded_on=FuzzyDate.of_year(1995)))
    return papers.published(
        papers.agreement(3, state="in_force", body=[papers.article("Ziele", "Eins.", "Zwei.")])
    )


def a_declaration():
    page = papers.published(papers.declaration(stated_total=ApproxCount(100, Qualifier.MORE_THAN)))
    Signature.objects.create(
        round=papers.signing_round(page), organisation=papers.body("Musterstadt"), status="signed"
    )
    return page


def a_series():
    series = papers.published(events.series(programme_state="pending"))
    papers.published(events.event(series, number=1))
    return series


def an_event():
    return EventPage.objects.child_of(a_series()).get()


def a_documentation():
    page = events.documentation(an_event(), participants_total=20)
    page.findings = [Finding(text="Es gibt keinen Königsweg.")]
    page.quotes = [Quote(text="Wir machen weiter.", speaker="Alma Ahrens", released=True)]
    page.concerns = [Concern(text="Den Austausch fortsetzen")]
    page.save()
    return papers.published(page)


def a_publication():
    return papers.published(publications.publication(published_on=FuzzyDate.month(2024, 5)))


def overview_of(make):
    def found():
        return make().get_parent().specific

    return found


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (an_agreement, "§ 1"),
        (lambda: an_agreement().get_parent(), "Die dritte Vereinbarung"),
        (lambda: papers.index() if an_agreement() else None, "Kooperation"),
        (a_declaration, "Musterstadt"),
        (lambda: a_declaration() and papers.index(DeclarationIndexPage), "Gemeinsame Erklärung"),
        (a_series, "Auftakt"),
        (an_event, "Auftakt"),
        (lambda: an_event() and events.index(), "Gemeinsam vor Ort"),
        (a_documentation, "Es gibt keinen Königsweg."),
        (lambda: a_documentation() and papers.index(DocumentationIndexPage), "Dokumentation der"),
        (a_publication, "Musternetz"),
        (lambda: a_publication() and publications.index(), "Arbeitshilfe"),
    ],
)  # fmt: skip
def test_the_page_opens_and_shows_what_it_is_about(client, site, make, shown):
    page = make()

    response = client.get(page.get_url())

    assert response.status_code == 200
    assert shown in response.content.decode()
