"""What hangs on a text is read and written all at once, and comes out as row by row."""

from typing import Any

import pytest

from cms.events.models import Concern, ConcernUptake, DocumentationPage, Finding
from tests.cms.agreements import papers
from tests.cms.events import papers as events
from tests.people import admin, alma
from workflow import actions, clusters

pytestmark = pytest.mark.django_db


def documentation() -> Any:
    page: Any = events.documentation(owner=alma())
    texts = ("Bleibt.", "Wird anders.", "Geht.")
    page.findings = [Finding(text=text, sort_order=place) for place, text in enumerate(texts)]
    concern = Concern(text="Fortsetzen", result=events.event(title="Folgetagung"))
    concern.uptakes = [
        ConcernUptake(organisation=papers.body("Musterverein", "association")),
        ConcernUptake(organisation=papers.body("Musterverband", "association")),
    ]
    page.concerns = [concern, Concern(text="Wirkung messen")]
    page.topics.add("Quartier", "Ehrenamt")
    page.save()
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def draft_of(page: DocumentationPage) -> Any:
    page.save_revision(user=alma())
    return fresh(page).get_latest_revision_as_object()


def published(page: DocumentationPage) -> Any:
    actions.take_over(subject=fresh(page), by=admin(), source="Akte")
    return fresh(page)


def test_publishing_writes_what_is_new_or_changed_and_drops_what_has_gone() -> None:
    page = documentation()
    draft = draft_of(page)
    stays, changes, goes = draft.findings.all()
    changes.text = "Ist anders."
    draft.findings = [stays, changes, Finding(text="Ist neu.", sort_order=goes.sort_order)]
    first, _ = draft.concerns.all()
    first.uptakes = [*list(first.uptakes.all())[1:], ConcernUptake(organisation=papers.network())]
    new = Concern(text="Neues Anliegen")
    new.uptakes = [ConcernUptake(organisation=papers.body("Musterstadt"))]
    draft.concerns = [first, new]
    draft.save_revision(user=alma())

    public = published(page)

    assert [one.text for one in public.findings.all()] == ["Bleibt.", "Ist anders.", "Ist neu."]
    assert [one.pk for one in public.findings.all()][:2] == [stays.pk, changes.pk]
    assert not Finding.objects.filter(pk=goes.pk).exists()
    taken_up = {
        one.text: {str(uptake.organisation) for uptake in one.uptakes.all()}
        for one in public.concerns.all()
    }
    assert taken_up == {
        "Fortsetzen": {"Musterverband", "Netzwerk der Musterkommunen"},
        "Neues Anliegen": {"Musterstadt"},
    }


def test_a_draft_that_names_what_is_gone_is_still_read() -> None:
    page = documentation()
    draft = draft_of(page)
    draft.concerns.first().result.delete()
    draft.topics.get(name="Quartier").delete()

    text = fresh(page).get_latest_revision_as_object()

    assert text.concerns.first().result is None
    assert [tag.name for tag in text.topics.all()] == ["Ehrenamt"]


def test_an_older_text_is_read_with_rows_that_were_taken_out_since() -> None:
    page = documentation()
    before = draft_of(page)
    older = fresh(page).get_latest_revision()
    before.concerns = []
    before.save_revision(user=alma())
    published(page)

    text = older.as_object()

    assert not Concern.objects.exists()
    first = text.concerns.first()
    assert first.text == "Fortsetzen"
    assert first.uptakes.count() == 2


def test_nothing_is_mended_where_nothing_is_gone() -> None:
    page = documentation()
    draft_of(page)
    content = fresh(page).get_latest_revision().content

    assert isinstance(clusters.looked_up(fresh(page), content), clusters.LookedUp)

    fresh(page).concerns.first().result.delete()
    assert clusters.looked_up(fresh(page), content) is content
