"""A file is served to whoever may see a page that carries it, and to nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as PillowImage

from cms.core import kernel, outbox
from cms.documents.models import Attachment, File, Picture
from cms.networks.models import MemberPage
from tests import people
from tests.cms.networks.bodies import body, join, post
from tests.cms.networks.test_who_reads_what import profile

pytestmark = pytest.mark.django_db


def attached(page: MemberPage) -> File:
    file = File(title="Satzung", file=ContentFile(b"Nur unter uns", name="satzung.txt"))
    file.save()
    Attachment.objects.create(page=page, file=file)
    return file


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def test_a_members_file_exists_for_members_only() -> None:
    network, town = body("Netz", "network"), body("Seestadt")
    cem = people.cem()
    join(network, town)
    post(cem, town)
    file = attached(profile("Ort", audience="members", network=network, live=True))

    guest = Client().get(file.url)
    stranger = signed_in(people.account("Dora Dorn")).get(file.url)
    member = signed_in(cem).get(file.url)

    assert (guest.status_code, stranger.status_code, member.status_code) == (404, 404, 200)
    assert b"".join(member.streaming_content) == b"Nur unter uns"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "header", [{"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_RANGE": "bytes=0-3"}, {"HTTP_IF_MATCH": "*"}]
)
def test_conditional_questions_are_answered_after_the_permission(header: dict[str, str]) -> None:
    file = attached(profile("Ort", audience="office", live=True))

    answer = Client().get(file.url, **header)  # type: ignore[arg-type]

    assert answer.status_code == 404
    assert "ETag" not in answer


def test_a_file_on_no_published_page_is_nobodys_but_the_offices() -> None:
    draft = attached(profile("Ort", audience="public", live=False))
    loose = File(title="Lose", file=ContentFile(b"x", name="lose.txt"))
    loose.save()

    guest = AnonymousUser()

    assert not kernel.check(guest, kernel.Verb.VIEW, draft)
    assert not kernel.check(guest, kernel.Verb.VIEW, loose)
    assert kernel.check(people.alma(), kernel.Verb.VIEW, loose)


def test_files_come_with_headers_that_keep_them_harmless() -> None:
    file = attached(profile("Ort", audience="public", live=True))

    answer = Client().get(file.url)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"].startswith("text/plain")


def test_a_picture_is_served_only_where_a_visible_page_shows_it(tmp_path: object) -> None:
    path = f"{tmp_path}/p.png"
    PillowImage.new("RGB", (4, 4)).save(path)
    with open(path, "rb") as data:
        picture = Picture.objects.create(title="Bild", file=ImageFile(data, name="p.png"))
    outbox.drain()

    guest, editor = Client(), signed_in(people.alma())

    assert guest.get(picture.file.url).status_code == 404
    assert editor.get(picture.file.url).status_code == 200
