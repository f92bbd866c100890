"""Permanent ids: they stay, they lead there, and they tell nobody what is not theirs to know."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cms.archive.models import ArchivePaper
from cms.core import outbox
from cms.core.papers import Audience
from cms.publications.models import PublicationPage
from search import permanent
from search.indexing import KIND, touch
from search.models import ID_LENGTH, PermanentId
from search.permanent import path_of
from search.rebuilding import rebuild
from search.sources import key_for
from tests.cms.agreements.papers import body
from tests.cms.archive.oparl import imported, lines, paper
from tests.cms.publications.papers import publication
from tests.people import admin, alma, cem
from workflow import actions

pytestmark = pytest.mark.django_db


def indexed() -> None:
    assert outbox.drain(kinds=[KIND]).failed == 0


def published(title: str = "Arbeitshilfe", **fields: Any) -> PublicationPage:
    page = publication(title, **fields)
    return republished(page)


def republished(page: PublicationPage) -> PublicationPage:
    actions.take_over(subject=page, by=alma(), source="Registratur")
    indexed()
    return PublicationPage.objects.get(pk=page.pk)


def rewritten(page: PublicationPage, title: str, **changes: Any) -> PublicationPage:
    """Publish another text of a page that is public already."""
    draft = page.get_latest_revision_as_object()
    for name, value in {"title": title, **changes}.items():
        setattr(draft, name, value)
    draft.save_revision(user=alma())
    return republished(PublicationPage.objects.get(pk=page.pk))


def taken_offline(page: PublicationPage) -> None:
    actions.take_offline(page=page, by=admin(), reason="Ein Foto ohne Rechte.")
    indexed()


def id_of(record: Any) -> str:
    return PermanentId.objects.get(key=key_for(record)).pk


def test_a_published_paper_gets_an_id_that_leads_to_it(client: Client) -> None:
    page = published()

    response = client.get(path_of(id_of(page)))

    assert len(id_of(page)) == ID_LENGTH
    assert (response.status_code, response["Location"]) == (302, page.url)
    assert "private" in response["Cache-Control"]


def test_it_stays_when_the_paper_gets_another_address(client: Client) -> None:
    page = published()
    before = id_of(page)

    page = rewritten(page, "Arbeitshilfe", slug="ganz-anders")

    assert id_of(page) == before
    assert client.get(path_of(before))["Location"].endswith("/ganz-anders/")


def test_a_draft_has_none() -> None:
    page = publication()
    touch(key_for(page))
    indexed()

    assert not PermanentId.objects.filter(key=key_for(page)).exists()


def test_what_is_not_for_a_guest_answers_like_what_never_was(client: Client) -> None:
    page = published(audience=Audience.MEMBERS, network=body("Musternetz", "network"))
    identity = id_of(page)

    hidden = [client.get(path) for path in (path_of(identity), path_of(identity, 1))]
    nothing = client.get(path_of("0000000000"))
    client.force_login(alma())
    seen = client.get(path_of(identity))

    assert [one.status_code for one in hidden] == [404, 404]
    assert without_path(hidden[0], path_of(identity)) == without_path(
        nothing, path_of("0000000000")
    )
    assert seen.status_code == 302


def without_path(response: Any, path: str) -> str:
    text: str = response.content.decode()
    return text.replace(path, "")


def test_a_withdrawn_paper_is_gone_and_its_id_is_not_given_again(client: Client) -> None:
    page = published("Bericht mit Fotos")
    identity = id_of(page)
    taken_offline(page)

    guest = client.get(path_of(identity))
    client.force_login(alma())
    office = client.get(path_of(identity))

    assert (guest.status_code, office.status_code) == (410, 410)
    assert "Bericht mit Fotos" not in guest.content.decode()
    assert "„Bericht mit Fotos“ stand unter dieser Adresse" in office.content.decode()
    assert PermanentId.objects.get(pk=identity).shown == {}


def test_that_a_hidden_paper_was_withdrawn_is_not_told_to_others(client: Client) -> None:
    page = published(audience=Audience.MEMBERS, network=body("Musternetz", "network"))
    taken_offline(page)

    client.force_login(cem())

    assert client.get(path_of(id_of(page))).status_code == 404


def test_each_version_shows_its_own_text(client: Client) -> None:
    page = published("Leitfaden", summary="Alte Fassung des Leitfadens.")
    page = rewritten(page, "Leitfaden", summary="Neue Fassung des Leitfadens.")
    identity = id_of(page)

    old = client.get(path_of(identity, 1)).content.decode()
    new = client.get(path_of(identity, 2)).content.decode()

    assert "Alte Fassung" in old
    assert "Neue Fassung" not in old
    assert "Älterer Text: Fassung 1 vom" in old
    assert "Neue Fassung" in new
    assert "Älterer Text" not in new
    assert client.get(path_of(identity, 3)).status_code == 404
    assert client.get(path_of(identity, 0)).status_code == 404


def test_an_older_text_for_fewer_readers_stays_theirs(client: Client) -> None:
    page = published("Leitfaden", audience=Audience.MEMBERS, network=body("Musternetz", "network"))
    page = rewritten(page, "Leitfaden", audience=Audience.PUBLIC)

    assert client.get(path_of(id_of(page), 1)).status_code == 404
    assert client.get(path_of(id_of(page), 2)).status_code == 200


def test_a_text_that_was_taken_offline_does_not_come_back_as_a_version(client: Client) -> None:
    page = published("Bericht", summary="Mit dem falschen Namen.")
    taken_offline(page)
    page = rewritten(PublicationPage.objects.get(pk=page.pk), "Bericht", summary="Berichtigt.")

    old = client.get(path_of(id_of(page), 1))

    assert old.status_code == 410
    assert "falschen Namen" not in old.content.decode()
    assert client.get(path_of(id_of(page), 2)).status_code == 200


def test_an_archive_paper_keeps_its_id_when_it_is_brought_in_anew(
    client: Client, tmp_path: Path
) -> None:
    lines(tmp_path / "a.jsonl", paper(7))
    imported(tmp_path)
    indexed()
    before = id_of(ArchivePaper.objects.get())
    first = ArchivePaper.objects.get().pk

    ArchivePaper.objects.all().delete()
    indexed()
    gone = client.get(path_of(before)).status_code
    imported(tmp_path)
    indexed()

    assert ArchivePaper.objects.get().pk != first
    assert gone == 410
    assert id_of(ArchivePaper.objects.get()) == before
    assert client.get(path_of(before))["Location"] == ArchivePaper.objects.get().get_absolute_url()


def test_a_page_says_how_it_is_cited(client: Client) -> None:
    page = published("Leitfaden")

    text = client.get(page.url).content.decode()

    address = f"http://testserver{path_of(id_of(page), 1)}"
    assert "Zitieren als" in text
    assert "Musternetz: Leitfaden. Veröffentlichung. Fassung 1 vom" in text
    assert address in text


def test_an_older_version_is_cited_as_such(client: Client) -> None:
    page = rewritten(published("Leitfaden"), "Leitfaden", summary="Neu.")
    identity = id_of(page)

    text = client.get(path_of(identity, 1)).content.decode()
    ris = client.get(f"/d/{identity}/zitat/ris?fassung=1").content.decode()

    assert f"http://testserver{path_of(identity, 1)}" in text
    assert f"UR  - http://testserver{path_of(identity, 1)}" in ris
    assert "ET  - Fassung 1 vom" in ris


def test_a_single_reference_is_only_for_who_may_read_the_paper(client: Client) -> None:
    page = published(audience=Audience.MEMBERS, network=body("Musternetz", "network"))
    address = f"/d/{id_of(page)}/zitat/csl-json"

    guest = client.get(address)
    client.force_login(alma())
    office = json.loads(client.get(address).content)

    assert guest.status_code == 404
    assert office[0]["title"] == "Arbeitshilfe"
    assert office[0]["URL"] == f"http://testserver{path_of(id_of(page), 1)}"


@pytest.mark.parametrize("asked", ["0", "99", "x", "9" * 30])
def test_an_odd_version_in_a_reference_is_no_error(client: Client, asked: str) -> None:
    address = f"/d/{id_of(published())}/zitat/ris"

    assert client.get(address, {"fassung": asked}).status_code in (200, 404)


def test_the_list_of_hits_is_cited_by_permanent_addresses(client: Client) -> None:
    page = published("Leitfaden")

    listed = client.get("/suche/zitate/ris/", {"q": "Leitfaden"}).content.decode()

    assert f"UR  - http://testserver{path_of(id_of(page))}\r\n" in listed


def test_a_rebuild_gives_ids_to_what_has_none_yet() -> None:
    page = published()
    PermanentId.objects.all().delete()

    rebuild(lambda _: None)

    assert permanent.row_for(key_for(page)) is not None


def test_only_another_text_counts_as_a_change() -> None:
    page = published()
    row = PermanentId.objects.get(key=key_for(page))

    touch(key_for(page))
    indexed()
    touched = PermanentId.objects.get(pk=row.pk)
    rewritten(page, "Anderer Titel")
    changed = PermanentId.objects.get(pk=row.pk)

    assert touched.changed_at == row.changed_at
    assert changed.changed_at > row.changed_at
    assert changed.first_at == row.first_at
