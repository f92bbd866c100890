"""A published page and its files: who gets them, and what a decision on them means."""

import pytest
from django.core.files.base import ContentFile

from cms.documents.models import Attachment, File
from tests.cms.agreements.papers import body
from tests.cms.publications.papers import publication
from tests.people import alma
from workflow import actions, digests


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["office", "members"])
def test_a_guest_does_not_get_a_published_page_that_is_not_public(client, audience):
    page = publication("Geheimes Papier", audience=audience, network=body("Musternetz", "network"))
    actions.take_over(subject=page, by=alma(), source="Registratur")
    page.refresh_from_db()

    response = client.get(page.url)

    assert response.status_code in (302, 404)
    assert "Geheimes" not in response.content.decode()


@pytest.mark.django_db
def test_a_replaced_file_changes_what_is_decided_on():
    page = publication("Mit Anlage")
    file = File(title="Anlage", file=ContentFile(b"erste Fassung", "anlage.txt"))
    file.save()
    page.attachments = [Attachment(file=file, title="Anlage")]
    revision = page.save_revision(user=alma())
    before = digests.digest_of(page, revision)

    file.file = ContentFile(b"andere Fassung", "anlage.txt")
    file.save()

    assert digests.digest_of(page, revision) != before
