"""What the chapters tell search about their papers, and what they keep to themselves."""

import pytest

from cms.agreements.models import Signature
from cms.core.values import FuzzyDate
from cms.events.models import DocumentationPage, Quote
from search import sources
from search.sources import key_for
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.cms.publications import papers as publications
from tests.people import cem

pytestmark = pytest.mark.django_db


def entry_of(record):
    key = key_for(record)
    return sources.source_of(key).entry(key)


def test_an_agreement_is_found_by_its_articles_parties_and_position():
    page = papers.agreement(
        5, state="in_force", concluded_on=FuzzyDate.of_year(2019),
        body=[papers.article("Ziele", "Das Ehrenamt stärken.")],
    )  # fmt: skip
    page.topics.add("Ehrenamt")
    page.save()
    page = papers.published(page)

    entry = entry_of(page)

    assert "§ 1 Ziele Das Ehrenamt stärken." in entry.text
    assert "Musterverband" in entry.organisation_names
    assert (entry.when.year, entry.state, entry.topics) == (2019, "in_force", ["Ehrenamt"])
    assert entry.tokens == {"public"}


def test_a_draft_is_not_offered():
    assert entry_of(papers.agreement()) is None
    assert entry_of(publications.publication()) is None
    assert entry_of(events.event()) is None


def test_a_paper_for_members_carries_the_networks_token_and_is_trimmed_again():
    network = papers.network()
    page = papers.published(publications.publication(audience="members", network=network))

    source = sources.source_of(key_for(page))

    assert entry_of(page).tokens == {f"network:{network.pk}", "office"}
    assert source.visible_keys(cem(), [key_for(page)]) == set()


def test_papers_name_the_series_and_the_network_that_they_belong_to():
    network = papers.network()
    agreement = papers.published(papers.agreement(network=network))
    series = papers.published(events.series())
    part = papers.published(events.event(series))
    documentation = papers.published(events.documentation(part, network=network))

    assert entry_of(agreement).within == [
        f"network:{network.pk}",
        f"agreement_series:{agreement.get_parent().pk}",
    ]
    assert entry_of(part).within == [f"event_series:{series.pk}"]
    assert entry_of(documentation).within == [f"network:{network.pk}", f"event_series:{series.pk}"]
    assert sources.name_of_whole(f"event_series:{series.pk}", cem()) == series.title
    assert sources.name_of_whole(f"network:{network.pk}", cem()) == str(network)


def test_a_draft_of_a_series_keeps_its_name():
    series = events.series(live=False)

    assert sources.name_of_whole(f"event_series:{series.pk}", cem()) == ""


def test_the_series_names_only_agreements_that_everybody_may_read():
    papers.published(papers.agreement(1, title="Die von 1995"))
    papers.published(
        papers.agreement(2, title="Die interne", audience="members", network=papers.network())
    )

    text = entry_of(papers.series()).text

    assert "Die von 1995" in text
    assert "Die interne" not in text


def test_a_declaration_is_found_by_its_signatories():
    page = papers.published(papers.declaration())
    one = papers.signing_round(page)
    Signature.objects.create(round=one, organisation=papers.body("Musterstadt"), status="signed")
    Signature.objects.create(round=one, organisation=papers.body("Neinstadt"), status="declined")

    entry = entry_of(page)

    assert "Musterstadt" in entry.organisation_names
    assert "Neinstadt" not in entry.organisation_names


def test_a_quotation_that_is_not_released_is_not_offered():
    page = events.documentation()
    page.quotes = [
        Quote(text="Frei gesprochen.", speaker="Alma Ahrens", released=True),
        Quote(text="Noch geheim.", speaker="Bruno Behrend"),
    ]
    page.save()
    papers.published(page)

    entry = entry_of(DocumentationPage.objects.get(pk=page.pk))

    assert "Frei gesprochen." in entry.text
    assert "Noch geheim." not in entry.text
    assert entry.persons == ["Alma Ahrens"]


def test_an_event_is_found_by_its_series_kind_place_and_questions():
    questions = [{"type": "question", "value": "Wie gelingt Netzwerken?"}]
    page = papers.published(events.event(place="Köln", kind="workshop", questions=questions))

    entry = entry_of(page)

    assert "Köln" in entry.text
    assert "Wie gelingt Netzwerken?" in entry.text
    assert entry.when.iso == "2021-04-28"
