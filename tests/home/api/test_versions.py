"""Versions: those that went public, each for whom it was."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Revision

from cms.core.models import TrailEntry
from home.api import versions as versions_door
from tests.cms.agreements.papers import published
from tests.cms.publications.papers import publication
from tests.home.api import world
from tests.people import alma
from workflow.actions import take_over

pytestmark = pytest.mark.django_db


def again(page: Any, **changes: Any) -> Any:
    """Publish another text of a page."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=alma())
    return published(page)


def versions_of(page: Any, user: Any = world.GUEST) -> Any:
    response = world.browser(user).get(f"/api/v1/papers/publication-{page.pk}/versions")
    return response.json()["versions"] if response.status_code == 200 else response.status_code


def test_each_text_that_went_public_is_told_of_with_its_digest() -> None:
    page = again(published(publication("Leitfaden")), summary="Anders.")

    told = versions_of(page)

    assert [(one["number"], one["is_present"]) for one in told] == [(1, False), (2, True)]
    recorded = trail_digests(page)
    assert [one["digest"] for one in told] == recorded
    assert len(set(recorded)) == 2
    assert told[0]["published_at"] < told[1]["published_at"]


def trail_digests(page: Any) -> list[str]:
    entries = TrailEntry.objects.filter(subject_id=str(page.pk), action="workflow.taken_over")
    return [entry.payload["digest"] for entry in entries]


def test_nobody_is_named_and_a_draft_is_no_version() -> None:
    page = published(publication("Leitfaden"))
    page.summary = "Ein Entwurf"
    page.save_revision(user=alma())

    told = versions_of(page)

    assert [sorted(one) for one in told] == [["digest", "is_present", "number", "published_at"]]


def test_a_version_for_members_stays_theirs_when_a_later_one_is_for_all() -> None:
    """Red when only the present audience is asked."""
    one, _ = world.bodies()
    page = published(publication("Leitfaden", audience="members", network=one))
    page = again(page, audience="public")
    everybody = world.everybody()

    told = {name: versions_of(page, user) for name, user in everybody.items()}

    alone = {name for name, versions in told.items() if len(versions) == 1}
    assert alone == {"guest", "other member", "of the group", "stranger"}
    assert told["guest"][0]["number"] == 2
    assert told["guest"][0]["digest"] == told["member"][1]["digest"]


def test_without_asking_for_whom_a_version_was_all_would_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control of the test above."""
    one, _ = world.bodies()
    page = published(publication("Leitfaden", audience="members", network=one))
    page = again(page, audience="public")
    everybody = frozenset({"public"})
    monkeypatch.setattr(versions_door, "_tokens_of", lambda model, content: everybody)

    assert len(versions_of(page)) == 2


def test_a_paper_that_is_for_members_now_has_no_versions_for_guests() -> None:
    one, _ = world.bodies()
    page = again(published(publication("Leitfaden")), audience="members", network=one)

    assert versions_of(page) == 404
    assert len(versions_of(page, world.everybody()["member"])) == 2


def test_of_a_text_that_is_gone_nobody_can_say_for_whom_it_was() -> None:
    page = published(publication("Leitfaden"))
    page = again(page, summary="Anders.")
    old = Revision.objects.for_instance(page).order_by("pk").first()
    Revision.objects.filter(pk=old.pk).delete()

    assert len(versions_of(page)) == 1
    assert len(versions_of(page, alma())) == 2


def test_an_archive_document_has_the_one_version_that_was_imported() -> None:
    world.bodies()
    world.keep(0)
    found = world.ArchivePaper.objects.get()

    told = Client().get(f"/api/v1/papers/archive-{found.pk}/versions").json()["versions"]

    assert [(one["number"], one["digest"]) for one in told] == [(1, "0" * 64)]


def test_a_day_of_takeover_is_no_day_of_publication() -> None:
    page = publication("Leitfaden")
    take_over(subject=page, by=alma(), source="Akte", on=date(1995, 3, 14))

    assert not versions_of(page)[0]["published_at"].startswith("1995")
