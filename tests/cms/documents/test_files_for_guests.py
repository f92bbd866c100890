"""Files of a text that guests are asked about: opened with link and code, and by nobody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone

from cms.documents import views
from cms.documents.models import Attachment, File
from tests.people import alma, bruno, minister
from tests.stand_ins import guests, journeys
from tests.stand_ins.guests import Guest
from workflow import actions
from workflow.doors.guests import sessions
from workflow.models import GuestLink

pytestmark = pytest.mark.django_db
INSIDE = b"Was am Marktplatz gesagt wurde"


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


def file_named(title, content=INSIDE):
    file = File(title=title, file=ContentFile(content, name=f"{title.lower()}.txt"))
    file.save()
    return file


@pytest.fixture
def file():
    return file_named("Mitschrift")


@pytest.fixture
def journey(file):
    """A page with a file, as it lies with Gerda; published it has never been."""
    journeys.route(guests.ASKED, journeys.APPROVAL)
    bruno(), minister()
    page = journeys.draft()
    page.guests = guests.GERDA
    page.attachments = [Attachment(file=file, title="Mitschrift der Runde")]
    page.save_revision(user=alma())
    return actions.submit(subject=page, by=alma())


@pytest.fixture
def gerda(journey):
    """Gerda, who has given the code."""
    guest = Guest()
    guest.enter()
    return guest


def opened(guest, file):
    response = guest.client.get(file.url)
    return response.status_code, b"".join(response) if response.status_code == 200 else b""


def is_sent_to_the_door(guest, file):
    response = guest.client.get(file.url)
    return (response.status_code, response.headers.get("Location")) == (302, "/gast/")


def test_a_guest_with_link_and_code_opens_the_files(gerda, file):
    page = gerda.get("guest_read").content.decode()
    response = gerda.client.get(file.url)

    assert f'href="{file.url}">Mitschrift der Runde</a> (TXT, ' in page
    assert b"".join(response.streaming_content) == INSIDE
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_files_of_a_draft_are_those_of_the_draft(gerda, journey, file):
    """What a preview shows: never the rows of the page as it was first saved."""
    page = journey.subject

    draft = page.get_latest_revision_as_object()

    assert views.attachments_of(page) == []
    assert [one.file for one in views.attachments_of(draft)] == [file]


def test_opening_a_file_changes_nothing(gerda, file):
    before = list(GuestLink.objects.values())

    gerda.client.get(file.url)
    gerda.client.head(file.url)

    assert list(GuestLink.objects.values()) == before


def test_a_stranger_gets_no_file(journey, file):
    assert Guest().client.get(file.url).status_code == 404


def test_a_forwarded_link_opens_no_file(gerda, file):
    stranger = Guest()
    stranger.follow(guests.last_link())

    assert is_sent_to_the_door(stranger, file)
    assert "Code anfordern" in stranger.client.get(file.url, follow=True).content.decode()


def test_a_link_that_nobody_was_sent_opens_no_file(journey, file):
    stranger = Guest()
    stranger.follow("/gast/unsinn/")

    assert is_sent_to_the_door(stranger, file)


def test_another_file_stays_closed(gerda, file):
    other = file_named("Vertraulich", b"nicht fuer Gerda")

    assert gerda.client.get(other.url).status_code == 404
    assert opened(gerda, file) == (200, INSIDE)


def test_a_guest_learns_of_no_file_whether_it_exists(journey, file):
    stranger = Guest()
    stranger.follow(guests.last_link())

    answers = [stranger.client.get(f"/dateien/{pk}/x.txt") for pk in (file.pk, file.pk + 99)]

    assert {(one.status_code, one["Location"]) for one in answers} == {(302, "/gast/")}


def test_a_file_of_another_text_of_the_same_paper_stays_closed(gerda, journey, file):
    """The text is changed after the code was given: this link opens none of its files."""
    page = journey.subject.get_latest_revision_as_object()
    added = file_named("Neu", b"neu")
    page.attachments.add(Attachment(file=added))
    page.save_revision(user=alma())

    assert is_sent_to_the_door(gerda, added)
    assert is_sent_to_the_door(gerda, file)
    assert "geändert" in gerda.client.get(file.url, follow=True).content.decode()


def test_a_file_replaced_under_its_name_stays_closed(gerda, file):
    file.file = ContentFile(b"etwas anderes", name="mitschrift.txt")
    file.save()

    assert is_sent_to_the_door(gerda, file)


def test_a_revoked_link_opens_no_file(gerda, journey, file):
    actions.revoke_guest(participant=guests.seat_of(journey), by=alma())

    assert is_sent_to_the_door(gerda, file)


def test_an_expired_link_opens_no_file(gerda, file):
    GuestLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert is_sent_to_the_door(gerda, file)


def test_after_the_answer_no_file_is_opened(gerda, file):
    gerda.answer()

    assert is_sent_to_the_door(gerda, file)


def test_after_half_an_hour_without_a_page_no_file_is_opened(gerda, file, monkeypatch):
    monkeypatch.setattr(sessions, "IDLE", timedelta(seconds=-1))

    assert gerda.client.get(file.url).status_code == 404


def test_whoever_closes_for_now_opens_no_file(gerda, file):
    gerda.post("guest_leave")

    assert gerda.client.get(file.url).status_code == 404


def test_the_link_of_another_guest_opens_nothing_here(gerda, file):
    """Bound to one link: the code was given for Gerda's, the browser follows Hugo's."""
    guests.with_guests(guests="hugo@example.net")
    gerda.follow(guests.last_link("hugo@example.net"))

    assert is_sent_to_the_door(gerda, file)


# --- Negative controls: with the guard off, the door opens --------------------------


def test_without_the_code_a_forwarded_link_would_open_files(journey, file, monkeypatch):
    stranger = Guest()
    stranger.follow(guests.last_link())
    monkeypatch.setattr(sessions, "is_let_in", lambda request, visit: True)

    assert opened(stranger, file) == (200, INSIDE)


def test_without_the_rule_of_links_a_revoked_one_would_open_files(
    gerda, journey, file, monkeypatch
):
    actions.revoke_guest(participant=guests.seat_of(journey), by=alma())
    monkeypatch.setattr("workflow.guests.refusal_of_link", lambda facts: None)

    assert opened(gerda, file) == (200, INSIDE)


def test_without_asking_what_hangs_on_the_text_any_file_would_open(gerda, monkeypatch):
    other = file_named("Vertraulich", b"nicht fuer Gerda")
    monkeypatch.setattr(views, "attachments_of", lambda text: [Attachment(file=other)])

    assert opened(gerda, other) == (200, b"nicht fuer Gerda")
