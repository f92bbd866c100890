"""Guests go through every door, and no word of a paper that is not theirs comes out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.core import kernel
from cms.documents.models import File
from tests.face import papers
from tests.harness import canaries
from tests.people import admin, alma, bruno
from tests.stand_ins import journeys
from workflow.loading import load_files
from workflow.models import Journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses_and_words() -> tuple[list[str], dict[str, str]]:
    places = papers.every_page()
    load_files([journeys.shipped("publication")])
    index = Page.objects.get(slug="veroeffentlichungen").specific
    kept, for_members = canaries.members_paper(index, places.network, admin())
    draft, of_draft = canaries.returned_draft(index, alma(), bruno())
    words = {
        **{f"members' {field}": secret for field, secret in for_members.items()},
        **{f"draft's {field}": secret for field, secret in of_draft.items()},
    }
    return [*places.addresses.values(), *doors(kept, draft, words)], words


def doors(kept: Page, draft: Page, words: dict[str, str]) -> list[str]:
    """The addresses of both papers, of what belongs to them, and of questions about them."""
    journey = Journey.objects.get()
    questions = [*words.values(), "Akte", "Anlage", ""]
    return [
        kept.url,
        draft.get_url() or f"/veroeffentlichungen/{draft.slug}/",
        *(file.url for file in File.objects.all()),
        reverse("workflow:review", args=[journey.pk]),
        reverse("workflow:preview", args=[journey.pk]),
        reverse("desk"),
        *(f"/suche/?q={question}" for question in questions),
        *(f"/suche/vorschlaege/?q={question[:5]}" for question in words.values()),
    ]


def test_a_guest_gets_no_word_that_is_not_public(addresses_and_words, client: Client):
    addresses, words = addresses_and_words

    assert canaries.sweep(client, addresses, words) == []


def test_the_sweep_finds_a_door_without_a_guard(
    addresses_and_words: Any, client: Client, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: every grant holds for everybody."""
    addresses, words = addresses_and_words
    monkeypatch.setattr(kernel, "allowed", lambda user, verb, queryset: queryset)

    fields = {leak.field for leak in canaries.sweep(client, addresses, words)}

    assert {"members' title", "members' body", "members' file text"} <= fields
