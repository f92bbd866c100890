"""Secret words in protected places, and a sweep that looks for them behind every door.

Every word is invented and stands in one field only, so that a leak tells where
it comes from. The papers get there by the real actions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Page

from cms.accounts.models import User
from cms.core import outbox
from cms.core.papers import Audience, Origin
from cms.documents.models import Attachment, File
from cms.networks.models import Organisation
from cms.publications.models import PublicationPage
from workflow.actions import send_back, submit, take_over

_numbers = count(1)
SYLLABLES = ("bra", "vel", "ton", "mig", "sul", "dor", "kep", "fyn")


@dataclass(frozen=True, slots=True)
class Leak:
    field: str
    word: str
    address: str


def word() -> str:
    """Return a word that nobody has written before, one term for every analysis."""
    number = next(_numbers)
    digits = [SYLLABLES[number // 8**place % 8] for place in range(5)]
    return "Q" + "".join(digits)


def members_paper(parent: Page, network: Organisation, by: User) -> tuple[Page, dict[str, str]]:
    """Publish a paper for the members of `network`; return it with its words by field."""
    words = {name: word() for name in ("title", "summary", "body", "file title", "file text")}
    file = File(title=words["file title"], uploaded_by_user=by)
    file.file.save("anlage.txt", ContentFile(f"Anlage {words['file text']}\n".encode()))
    page = _paper(words, network=network, audience=Audience.MEMBERS, origin=Origin.TAKEN_OVER)
    page.attachments = [Attachment(file=file, title=words["file title"])]
    parent.add_child(instance=page)
    take_over(subject=page, by=by, source="Akte")
    _drain()
    return type(page).objects.get(pk=page.pk), words


def returned_draft(parent: Page, by: User, reviewer: User) -> tuple[Page, dict[str, str]]:
    """Draft a public paper, submit it and have it sent back with a secret reason."""
    words = {name: word() for name in ("title", "summary", "body", "reason")}
    page = _paper(words, audience=Audience.PUBLIC, live=False)
    parent.add_child(instance=page)
    page.save_revision(user=by)
    journey = submit(subject=page, by=by)
    stage = journey.open_stage
    assert stage is not None
    send_back(stage=stage, by=reviewer, seen_digest=journey.content_digest, comment=words["reason"])
    _drain()
    return type(page).objects.get(pk=page.pk), words


def sweep(client: Client, addresses: Iterable[str], words: Mapping[str, str]) -> list[Leak]:
    """Open every address and return which secret words came out.

    What somebody asks for comes back in the question's own field: an address
    that holds a word is searched for all words but that one.
    """
    leaks: list[Leak] = []
    for address in addresses:
        text = _all_that_comes(client, address)
        leaks += [
            Leak(field, secret, address)
            for field, secret in words.items()
            if secret.lower() in text and secret.lower() not in address.lower()
        ]
    return leaks


def _paper(words: Mapping[str, str], **fields: Any) -> PublicationPage:
    return PublicationPage(
        title=words["title"],
        slug=f"papier-{next(_numbers)}",
        kind="brochure",
        summary=words["summary"],
        body=[{"type": "paragraph", "value": f"<p>{words['body']}</p>"}],
        **fields,
    )


def _drain() -> None:
    outbox.drain(kinds=_INDEX)


# Reading files and filling the index; letters go out by themselves and are nobody's page.
_INDEX: Sequence[str] = ("documents.read_text", "search.entry")


def _all_that_comes(client: Client, address: str) -> str:
    response = client.get(address)
    parts = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers} {parts.decode(errors='replace')}".lower()
