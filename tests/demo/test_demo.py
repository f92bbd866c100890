"""The demo as a whole: twice is once, nobody real, everybody has something to do."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Page

from cms.accounts.models import User
from cms.agreements.models import AgreementParty, AgreementSeriesPage, Signature
from cms.core import kernel
from cms.core.models import TrailEntry
from cms.documents.models import File
from cms.events.models import DocumentationPage, EventPage
from cms.networks.models import (
    Mandate,
    MemberPage,
    Membership,
    OrganisationRelation,
    Post,
    Programme,
)
from cms.publications.models import PublicationEditor, PublicationPage
from home.demo import loading
from home.demo.logins import LOGINS, password_file
from home.demo.logins import password as demo_password
from home.demo.words import MEMBERS_ONLY_WORD, SOURCE
from search.engines import get_engine
from search.questions import Question
from tests.demo.conftest import PASSWORD
from tests.demo.facts import BODIES, REAL_PERSONS
from tests.stand_ins import journeys
from workflow import health, publications
from workflow.desk import tasks_for
from workflow.models import Stage

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

OURS = ("networks", "documents", "agreements", "events", "publications", "accounts")


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@example.org")


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.app_label != "core"]
    return {model._meta.label: model._base_manager.count() for model in models}


def ask(text: str, user: Any = None) -> list[Any]:
    tokens = kernel.tokens_for(user) if user else frozenset({kernel.PUBLIC})
    return list(get_engine().ask(Question(text=text, tokens=tokens)).hits)


def test_loading_twice_changes_nothing(demo: dict[str, Any]) -> None:
    before = counts(), TrailEntry.objects.count()

    result = loading.load(secret=PASSWORD)

    assert result["made"] == {}
    assert (counts(), TrailEntry.objects.count()) == before


def test_a_dry_run_takes_everything_back(demo: dict[str, Any]) -> None:
    before = counts()

    loading.load(secret=PASSWORD, dry_run=True)

    assert counts() == before


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.key)
def test_everybody_finds_something_waiting(login: Any) -> None:
    assert tasks_for(person(login.key)).to_do


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: login.key)
def test_everybody_signs_in_with_the_password(login: Any) -> None:
    assert person(login.key).check_password(PASSWORD)


def test_in_every_route_and_in_every_open_stage_somebody_can_decide() -> None:
    for kind in ("paper", "paper_page"):
        # The tests' own kinds of paper have no route that ships.
        journeys.route(key=kind)
    assert health.examine().ok, health.examine().message
    assert health.examine_routes().ok, health.examine_routes().message


def test_papers_wait_at_every_level_of_the_official_channel_and_with_a_guest() -> None:
    waiting = set(Stage.objects.filter(status="open").values_list("key", flat=True))

    assert {"review", "release", "approval", "division", "department", "check"} <= waiting


def test_only_the_administrator_is_one() -> None:
    assert [user.email for user in User.objects.filter(is_superuser=True)] == ["admin@example.org"]


def test_about_150_papers_and_at_least_thirty_files() -> None:
    papers = [model.objects.live().count() for model in (PublicationPage, EventPage)]
    papers.append(DocumentationPage.objects.live().count())

    assert sum(papers) >= 150
    assert File.objects.count() >= 30
    assert PublicationPage.objects.filter(live=False).count() >= 3


def test_every_file_has_three_to_eight_readable_pages() -> None:
    for file in File.objects.all():
        assert file.text_state == File.TextState.READ, file.title
        assert 3 <= file.page_count <= 8, f"{file.title}: {file.page_count}"


def test_papers_were_entered_by_takeover() -> None:
    entries = TrailEntry.objects.filter(action="workflow.taken_over")
    governed = (PublicationPage, EventPage, DocumentationPage)

    taken = {int(entry.subject_id) for entry in entries}

    assert {entry.payload["source"] for entry in entries} == {SOURCE}
    for model in governed:
        assert set(model.objects.live().values_list("pk", flat=True)) <= taken


def texts_of_the_database() -> Iterator[str]:
    """Every text column of our models and of Wagtail's pages and revisions."""
    for model in apps.get_models():
        if model._meta.app_label not in (*OURS, "wagtailcore", "core", "workflow"):
            continue
        columns = [
            field.column for field in model._meta.local_concrete_fields
            if field.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField")
        ]  # fmt: skip
        for column in columns:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')  # noqa: S608
                yield from (str(value) for (value,) in cursor.fetchall() if value)


def named(text: str) -> set[str]:
    words = re.findall(r"[\w-]+", text.lower())
    return {hashlib.sha256(f"{a} {b}".encode()).hexdigest() for a, b in pairwise(words)}


def test_no_real_person_of_the_sources_is_named() -> None:
    for text in texts_of_the_database():
        assert not named(text) & REAL_PERSONS, text[:200]


def test_the_search_for_real_names_would_find_one() -> None:
    """The negative control: a hash of two words is found among other words."""
    wanted = hashlib.sha256(b"erika muster").hexdigest()

    assert wanted in named("Begrüßung durch Erika Muster, Bürgermeisterin")


def test_nothing_invented_hangs_on_real_bodies() -> None:
    for relation in OrganisationRelation.objects.select_related("organisation", "other"):
        assert relation.organisation.is_invented == relation.other.is_invented, relation
    for row in Membership.objects.select_related("network", "organisation"):
        assert row.network.is_invented == row.organisation.is_invented, row
    for mandate in Mandate.objects.select_related("mandator", "holder"):
        assert mandate.mandator.is_invented == mandate.holder.is_invented, mandate
    for programme in Programme.objects.exclude(funder=None).select_related("owner", "funder"):
        assert programme.owner.is_invented == programme.funder.is_invented, programme
    assert not PublicationEditor.objects.filter(organisation__is_invented=False).exists()
    assert not PublicationPage.objects.filter(network__is_invented=False).exists()
    real_hosts = EventPage.objects.filter(host__is_invented=False)
    assert [event.slug for event in real_hosts] == ["kommunentagung-2012"]
    assert not MemberPage.objects.filter(organisation__is_invented=False).exists()
    mixed = [
        party for party in AgreementParty.objects.select_related("organisation", "page")
        if party.organisation.is_invented != party.page.parties.first().organisation.is_invented
    ]  # fmt: skip
    assert mixed == []
    for signature in Signature.objects.select_related("organisation", "round__declaration"):
        network = signature.round.declaration.basis_of
        assert signature.organisation.is_invented == network.is_invented, signature


def test_real_bodies_are_those_of_the_sources_and_no_account_holds_a_post_there() -> None:
    posts = Post.objects.filter(organisation__is_invented=False)

    assert not posts.exclude(person__account=None).exists()
    assert set(posts.values_list("organisation__key", flat=True)) <= set(BODIES)


def test_everything_kept_passes_its_own_rules() -> None:
    for label in ("networks", "agreements", "events", "publications", "documents"):
        for model in apps.get_app_config(label).get_models():
            if issubclass(model, Page) or model._meta.label == "documents.FilePage":
                continue
            for record in model._default_manager.all():
                record.full_clean()


def test_pages_pass_their_own_rules() -> None:
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()


@pytest.mark.parametrize(
    ("text", "kinds", "within", "title"),
    [
        ("Vereinbarung zur Kooperation", {"agreement_series", "agreement"}, 5, "1995"),
        ("Sozialministerium", {"organisation"}, 1, "Gesundheit und Integration"),
        ("Netzwerktreffen der Kommunen", {"event"}, 5, "Netzwerktreffen"),
        ("Quartier entwickeln", {"programme"}, 5, "Quartier 2030"),
        ("buergerschaftliches engagement", {"organisation", "network"}, 5, "Engagement"),
    ],
)
def test_a_guest_finds_what_other_words_say(
    text: str, kinds: set[str], within: int, title: str
) -> None:
    hits = ask(text)[:within]

    assert [hit for hit in hits if hit.kind in kinds and title in hit.title], hits


def test_a_text_for_members_is_found_by_the_member_and_by_no_guest() -> None:
    titles = [hit.title for hit in ask(MEMBERS_ONLY_WORD, person("mitglied"))]

    assert titles[:1] == ["Vorstudie zu einem gemeinsamen Fonds"]
    assert ask(MEMBERS_ONLY_WORD) == []
    assert ask(MEMBERS_ONLY_WORD, person("verband")) == []


def test_the_chain_of_1995_counts_five_agreements() -> None:
    series = AgreementSeriesPage.objects.get(slug="land-und-kommunale-spitzenverbaende")

    chain = series.chain(person("redaktion"))

    assert len(chain.links) == 5
    assert chain.current is not None
    assert chain.current.number == 5
    assert chain.gaps == 4


def test_the_password_is_drawn_once_and_kept_for_its_owner_only(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)

    first, second = demo_password(), demo_password()

    assert first == second
    assert password_file().stat().st_mode & 0o777 == 0o600


def test_the_environment_sets_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "from outside")

    assert demo_password() == "from outside"


def test_every_public_page_is_as_the_trail_says(demo):
    compared = publications.compare(with_texts=True)

    assert [str(one) for one in compared.doubtful] == []
    assert compared.public > 100
