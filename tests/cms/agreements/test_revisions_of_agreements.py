"""What a draft keeps, and what belongs to the paper and not to a draft."""

import pytest

from cms.agreements.models import AgreementPage
from cms.core.values import FuzzyDate
from tests.cms.agreements import papers

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_articles_with_their_ids_parties_and_vague_dates():
    body = [papers.article("Ziele", "Eins.", "Zwei.", id="a1"), papers.article("Dauer", id="b2")]
    page = papers.agreement(5, body=body, concluded_on=FuzzyDate.of_year(1995))
    page.topics.add("Engagement")

    page.save_revision()
    draft = AgreementPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    assert [(one.id, one.number, one.title) for one in draft.articles] == [
        ("a1", 1, "Ziele"),
        ("b2", 2, "Dauer"),
    ]
    assert [one.number for one in draft.articles[0].paragraphs] == [1, 2]
    assert [str(party.organisation) for party in draft.parties.all()] == [
        "Ministerium für Muster",
        "Musterverband",
    ]
    assert draft.concluded_on == FuzzyDate.of_year(1995)
    assert not draft.effective_to.is_known
    assert [topic.name for topic in draft.topics.all()] == ["Engagement"]


def test_a_moved_article_is_renumbered_and_keeps_its_id_and_address():
    body = [papers.article("Ziele", id="a1"), papers.article("Dauer", id="b2")]
    page = papers.agreement(body=body)
    before = page.articles[1]

    page.body = [papers.article("Neu", id="c3"), *body]
    page.save()
    after = AgreementPage.objects.get(pk=page.pk).articles[2]

    assert (before.label, after.label) == ("§ 2", "§ 3")
    assert before.anchor == after.anchor == "artikel-b2"


def test_an_old_draft_does_not_bring_an_old_state_back():
    """Red without `serializable_data` and `with_content_json` of AgreementPage."""
    page = papers.agreement(state="drafting")
    page.save_revision()
    AgreementPage.objects.filter(pk=page.pk).update(state="in_signature")

    draft = AgreementPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    assert draft.state == "in_signature"
    assert "state" not in page.latest_revision.content
