"""A text of blocks is the same text in whatever order a database keeps the names in its JSON."""

import json
from typing import Any

import pytest

from cms.events.models import DocumentationPage
from tests.cms.events import papers as events
from tests.people import admin, alma
from workflow import actions, digests, publications
from workflow.publications import Doubt

pytestmark = pytest.mark.django_db

WRITTEN = [{"type": "paragraph", "value": "<p>Wie verabredet.</p>", "id": "p1"}]
AS_JSONB_KEEPS_IT = [{"id": "p1", "type": "paragraph", "value": "<p>Wie verabredet.</p>"}]


def published(body: list[dict[str, str]]) -> Any:
    page: Any = events.documentation(owner=alma())
    page.body = json.dumps(body)
    page.save_revision(user=alma())
    actions.take_over(subject=page, by=admin(), source="Akte")
    return DocumentationPage.objects.get(pk=page.pk)


def put_into_the_row(page: Any, body: list[dict[str, str]]) -> None:
    DocumentationPage.objects.filter(pk=page.pk).update(body=json.dumps(body))


def doubts() -> list[Doubt]:
    return [one.doubt for one in publications.compare(with_texts=True).doubtful]


def test_a_text_as_the_database_gives_it_back_is_the_one_agreed_on() -> None:
    page = published(WRITTEN)
    put_into_the_row(page, AS_JSONB_KEEPS_IT)

    assert doubts() == []


def test_another_word_in_a_block_is_found() -> None:
    page = published(WRITTEN)
    put_into_the_row(page, [{**AS_JSONB_KEEPS_IT[0], "value": "<p>Anders.</p>"}])

    assert doubts() == [Doubt.OTHER_TEXT]


def test_a_block_that_moved_is_another_text() -> None:
    second = {"type": "paragraph", "value": "<p>Danach.</p>", "id": "p2"}
    page = published([*WRITTEN, second])
    agreed_on = digests.digest_of_public_text(page)

    put_into_the_row(page, [second, *WRITTEN])

    page.refresh_from_db()
    assert digests.digest_of_public_text(page) != agreed_on
