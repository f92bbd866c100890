"""What a page shows of a record's references: only what its reader may see, at a fixed price."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.documents.models import Reference
from cms.documents.reading import links_of
from tests.cms.agreements import papers
from tests.cms.publications import papers as publications
from tests.people import alma

pytestmark = pytest.mark.django_db

GUEST = AnonymousUser()


def cites(start: Any, end: Any, kind: str = "cites") -> None:
    Reference.objects.create(from_record=start, kind=kind, to_record=end)


def test_references_are_read_from_both_ends_in_their_order():
    page = papers.published(publications.publication("Leitfaden"))
    town, other = papers.body("Musterstadt"), papers.published(publications.publication("Heft"))
    cites(page, town, "related_to")
    cites(other, page)

    links = links_of(GUEST, page)

    assert [(link.record, link.leads_here) for link in links] == [(town, False), (other, True)]


def test_a_reference_to_what_somebody_may_not_see_is_not_named():
    page = papers.published(publications.publication("Leitfaden"))
    inside = papers.published(
        publications.publication("Intern", audience="members", network=papers.network())
    )
    cites(page, inside)
    cites(page, publications.publication("Entwurf"))

    assert links_of(GUEST, page) == []
    assert [link.record.title for link in links_of(alma(), page)] == ["Intern", "Entwurf"]


def test_reading_costs_the_same_for_two_references_and_for_twelve():
    page = papers.published(publications.publication("Leitfaden"))

    def refer_to(numbers: range) -> None:
        for number in numbers:
            cites(page, papers.body(f"Ort {number}"))
            cites(page, papers.published(publications.publication(f"Heft {number}")))

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert all(str(link.record) for link in links_of(GUEST, page))
        return len(captured)

    refer_to(range(1))
    cost()
    before = cost()
    refer_to(range(1, 6))

    assert cost() == before
