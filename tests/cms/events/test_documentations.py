"""Findings, quotations and concerns: kept in drafts, checked, shown to whom they may be."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cms.core.values import FuzzyDate
from cms.events.models import Concern, ConcernUptake, DocumentationPage, Finding, Quote
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.people import PASSWORD, admin

pytestmark = pytest.mark.django_db


def conference():
    return events.event(kind="conference", takes_place_on=FuzzyDate.parse("15.05.2012"))


def with_everything():
    page = events.documentation(
        conference(), participants_total=20, municipal_representatives=15, municipalities=10
    )
    page.findings = [
        Finding(text="Es gibt keinen Königsweg."),
        Finding(text="Geld fehlt.", kind="obstacle", applies_to="county"),
    ]
    page.quotes = [
        Quote(text="Wir machen weiter.", speaker="Alma Ahrens", released=True),
        Quote(text="Noch nicht frei.", speaker="Bruno Behrend"),
    ]
    concern = Concern(
        text="Den Austausch fortsetzen", status="willingness_declared", due=FuzzyDate.of_year(2013)
    )
    concern.uptakes = [ConcernUptake(organisation=papers.body("Musterverein", "association"))]
    page.concerns = [concern, Concern(text="Wirkung messen", status="dropped")]
    page.save()
    return DocumentationPage.objects.get(pk=page.pk)


def complaints(record):
    with translation.override("de"), pytest.raises(ValidationError) as caught:
        record.full_clean()
    return {name: sentences[0] for name, sentences in caught.value.message_dict.items()}


def test_a_draft_keeps_findings_concerns_and_who_takes_them_up():
    page = with_everything()
    findings = [finding.pk for finding in page.findings.all()]

    page.save_revision()
    draft = DocumentationPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    assert [finding.pk for finding in draft.findings.all()] == findings
    first = draft.concerns.first()
    assert first.due == FuzzyDate.of_year(2013)
    assert [str(uptake.organisation) for uptake in first.uptakes.all()] == ["Musterverein"]
    assert [quote.released for quote in draft.quotes.all()] == [True, False]


def test_publishing_keeps_the_uptakes():
    page = papers.published(with_everything())

    assert str(page.concerns.first().uptakes.get().organisation) == "Musterverein"


def test_numbers_that_cannot_be_are_refused_at_their_field():
    page = events.documentation(
        participants_total=10, municipal_representatives=15, municipalities=16
    )

    assert complaints(page) == {
        "municipal_representatives": "Es kann nicht mehr Vertretungen von Kommunen als"
        " Teilnehmende geben.",
        "municipalities": "Es kann nicht mehr Kommunen als Personen geben, die sie vertreten.",
    }


def test_the_date_is_that_of_the_event_where_none_is_given():
    page = events.documentation(conference())

    page.full_clean()

    assert page.documented_on.iso == "2012-05-15"


def test_a_concern_that_is_done_says_by_what():
    page = with_everything()

    assert "status" in complaints(Concern(page=page, text="Runde Tische", status="done"))


def test_only_released_quotations_are_shown():
    """Red when the context passes on all quotations."""
    page = papers.published(with_everything())

    context = page.get_context(papers.request())

    assert [quote.text for quote in context["quotes"]] == ["Wir machen weiter."]


def test_open_concerns_are_counted():
    page = papers.published(with_everything())

    context = page.get_context(papers.request())

    assert context["open_concerns"] == 1
    assert len(context["concerns"]) == 2


def test_an_event_the_reader_may_not_see_is_not_named():
    """Red without asking the kernel for the event."""
    event = papers.published(
        events.event(title="Intern", audience="members", network=papers.network())
    )
    page = papers.published(events.documentation(event))

    assert page.get_context(papers.request())["event"] is None
    assert page.get_context(papers.request(admin()))["event"] is not None


def test_a_result_the_reader_may_not_see_is_not_named():
    """Red without asking the kernel for results."""
    secret = papers.published(
        events.event(title="Intern", audience="members", network=papers.network())
    )
    page = with_everything()
    Concern.objects.filter(page=page, status="dropped").update(result=secret)
    page = papers.published(type(page).objects.get(pk=page.pk))

    def results(user=None):
        context = page.get_context(papers.request(user))
        return [concern.result_id for concern in context["concerns"]]

    assert results() == [None, None]
    assert results(papers.insider()) == [None, secret.pk]


def test_a_page_costs_the_same_for_one_concern_and_for_ten(django_assert_num_queries):
    page = papers.published(with_everything())

    def read():
        context = DocumentationPage.objects.get(pk=page.pk).get_context(papers.request())
        for concern in context["concerns"]:
            [str(uptake.organisation.present_name) for uptake in concern.uptakes.all()]

    read()
    with CaptureQueriesContext(connection) as few:
        read()
    for number in range(10):
        concern = Concern.objects.create(page=page, text=f"Anliegen {number}")
        ConcernUptake.objects.create(concern=concern, organisation=papers.body(f"Ort {number}"))

    with django_assert_num_queries(len(few)):
        read()


def test_the_form_proposes_the_event_it_is_written_below(client):
    client.login(username=admin().email, password=PASSWORD)
    event = conference()

    response = client.get(
        reverse("wagtailadmin_pages:add", args=["events", "documentationpage", event.pk])
    )

    assert response.status_code == 200
    assert response.context["form"].initial["event"] == event.pk
