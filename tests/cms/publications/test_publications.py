"""What an editor and a reader meet of publications, surveys and InfoMails."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cms.core.values import FuzzyDate
from cms.publications.models import Citation, InfoMail, PublicationPage, Survey
from tests.cms.agreements import papers
from tests.cms.publications import papers as publications
from tests.people import PASSWORD, admin

pytestmark = pytest.mark.django_db


def complaints(record):
    with translation.override("de"), pytest.raises(ValidationError) as caught:
        record.full_clean()
    return {name: sentences[0] for name, sentences in caught.value.message_dict.items()}


def test_a_wrong_isbn_is_refused_with_a_clear_message():
    page = publications.publication(isbn="978-3-16-148410-1")

    assert complaints(page) == {
        "isbn": "Die Prüfziffer dieser ISBN stimmt nicht."
        " Bitte vergleichen Sie sie mit dem Original."
    }


def test_a_draft_keeps_editors_citations_and_topics():
    page = publications.publication(published_on=FuzzyDate.month(2024, 5))
    page.citations = [Citation(text="Muster, 2020"), Citation(cited=papers.home())]
    page.topics.add("Ehrenamt", "Quartier")
    page.save()

    page.save_revision()
    draft = PublicationPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    assert [str(editor.organisation) for editor in draft.editors.all()] == ["Musternetz"]
    assert [str(citation) for citation in draft.citations.all()] == ["Muster, 2020", "Umlauf"]
    assert sorted(topic.name for topic in draft.topics.all()) == ["Ehrenamt", "Quartier"]
    assert draft.published_on == FuzzyDate.month(2024, 5)


def test_a_cited_page_that_the_reader_may_not_see_is_not_named():
    """Red without asking the kernel for what is cited."""
    secret = papers.published(
        publications.publication("Intern", audience="members", network=papers.network())
    )
    page = publications.publication("Offen")
    page.citations = [Citation(cited=secret), Citation(cited=secret, text="Muster, 2020")]
    page.save()
    page = papers.published(page)

    citations = page.get_context(papers.request())["citations"]

    assert [(citation.cited, citation.text) for citation in citations] == [(None, "Muster, 2020")]


def test_the_overview_lists_what_the_reader_may_see_the_youngest_first():
    for title, year in (("Alt", 2001), ("Neu", 2024)):
        papers.published(
            publications.publication(title, published_on=FuzzyDate.of_year(year), kind="handout")
        )
    papers.published(
        publications.publication("Intern", audience="members", network=papers.network())
    )

    context = publications.index().get_context(papers.request(art="handout"))

    assert [page.title for page in context["publications"]] == ["Neu", "Alt"]
    assert [(kind, number) for kind, _, number in context["kinds"]] == [("handout", 2)]


def test_the_overview_costs_the_same_for_two_and_for_ten(django_assert_num_queries):
    page = publications.index()

    def read():
        for one in page.get_context(papers.request())["publications"]:
            [str(editor.organisation) for editor in one.editors.all()]

    for number in range(2):
        papers.published(publications.publication(f"Heft {number}"))
    read()
    with CaptureQueriesContext(connection) as few:
        read()
    for number in range(2, 10):
        papers.published(publications.publication(f"Heft {number}"))

    with django_assert_num_queries(len(few)):
        read()


def test_a_survey_is_published_with_its_results():
    survey = Survey.objects.create(title="Was brauchen Sie?", state="evaluated")
    survey.state = "published"

    assert "state" in complaints(survey)

    survey.results = publications.publication("Ergebnisse", kind="survey_result")
    survey.full_clean()


def test_an_issue_of_an_info_mail_is_sent_once():
    InfoMail.objects.create(network=papers.network(), issue="2/2024")

    sent_again = InfoMail(network=papers.network(), issue="2/2024")

    assert complaints(sent_again) == {
        "__all__": "Dieses Netzwerk hat bereits eine InfoMail mit dieser Ausgabe."
    }


@pytest.mark.parametrize("model", ["survey", "infomail"])
def test_the_form_for_a_record_opens(client, model):
    client.login(username=admin().email, password=PASSWORD)

    response = client.get(reverse(f"wagtailsnippets_publications_{model}:add"))

    assert response.status_code == 200


def test_the_form_for_a_new_page_opens(client):
    client.login(username=admin().email, password=PASSWORD)

    response = client.get(
        reverse(
            "wagtailadmin_pages:add",
            args=["publications", "publicationpage", publications.index().pk],
        )
    )

    assert response.status_code == 200
