"""The routes that come with the product, walked on the papers they are for."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.agreements.models import DeclarationPage, Signature
from cms.agreements.rules import RoundKind
from cms.core import due
from cms.events.models import DocumentationPage, Quote
from cms.networks.models import MemberIndexPage, MemberPage
from tests.cms.agreements import papers
from tests.cms.events.papers import documentation
from tests.cms.networks.bodies import post
from tests.people import account, alma, bruno, minister
from workflow import actions
from workflow.errors import JourneyRefused
from workflow.loading import SHIPPED, read_file
from workflow.models import Decision, Journey, Route, Stage
from workflow.rules.conditions import Facts
from workflow.rules.definition import read
from workflow.rules.simulation import Unplayed, everybody_agrees, play
from workflow.rules.states import Answer, ParticipantKind

pytestmark = pytest.mark.django_db


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def stage_of(journey: Journey) -> Stage | None:
    return Journey.objects.get(pk=journey.pk).open_stage


def decide(journey: Journey, by: User, answer: str = "agreed") -> None:
    journey = Journey.objects.get(pk=journey.pk)
    stage = journey.open_stage
    assert stage is not None
    actions.decide(
        stage=stage, by=by, answer=answer, seen_digest=journey.content_digest, comment="Darum."
    )


def wait(days: int) -> None:
    due.run_all(timezone.now() + timedelta(days=days))


def quoted(*quotes: Quote) -> DocumentationPage:
    page = documentation(owner=alma())
    page.quotes = list(quotes)
    page.save_revision(user=alma())
    return fresh(page)


def in_release(page: DocumentationPage) -> Journey:
    bruno(), minister()
    journey = actions.submit(subject=page, by=alma())
    decide(journey, bruno())
    return journey


def shown(page: DocumentationPage) -> list[str]:
    context = fresh(page).get_context(papers.request())
    return [quote.text for quote in context["quotes"]]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda p: p.stem)
def test_every_shipped_route_leads_to_its_end_when_all_agree(path: Any) -> None:
    route = read(read_file(path))
    facts = Facts(parties=3, guests=2)

    played = play(route, facts, everybody_agrees(route, facts))

    assert played.status == "agreed"
    assert {why for _, why in played.unplayed} <= {Unplayed.NOT_NEEDED}


def test_a_documentation_without_guests_leaves_the_release_out() -> None:
    journey = in_release(quoted(Quote(text="Frei.", speaker="Alma", released=True)))

    stage = stage_of(journey)

    assert stage is not None
    assert stage.key == "accessibility"
    assert journey.stages.get(key="release").status == "skipped"


def test_who_is_quoted_and_has_an_address_is_asked_once() -> None:
    page = quoted(
        Quote(text="Eins.", speaker="Thea Tann", mail="Thea@Example.org"),
        Quote(text="Zwei.", speaker="Thea Tann", mail="thea@example.org"),
        Quote(text="Drei.", speaker="Ohne Anschrift"),
    )

    stage = stage_of(in_release(page))

    assert stage is not None
    seats = stage.participants.values_list("kind", "key", "label")
    assert list(seats) == [(ParticipantKind.GUEST.value, "thea@example.org", "Thea Tann")]


def test_silence_releases_and_a_no_leaves_the_words_out() -> None:
    page = quoted(
        Quote(text="Ja.", speaker="Thea Tann", mail="thea@example.org"),
        Quote(text="Nein.", speaker="Nils Nord", mail="nils@example.org"),
        Quote(text="Nie gefragt.", speaker="Ohne Anschrift"),
    )
    journey = in_release(page)
    stage = stage_of(journey)
    assert stage is not None
    says_no = stage.participants.get(key="nils@example.org")
    Decision.objects.create(
        stage=stage, participant=says_no, answer=Answer.OBJECTED.value, decided_by_label="Nils",
        participant_label="Nils", content_digest=journey.content_digest,
    )  # fmt: skip

    wait(days=40)
    decide(journey, bruno())
    decide(journey, minister())

    assert fresh(page).live
    assert shown(page) == ["Ja."]


def test_the_words_stay_hidden_while_the_release_is_open() -> None:
    page = quoted(Quote(text="Ja.", speaker="Thea Tann", mail="thea@example.org"))
    in_release(page)

    wait(days=1)

    assert shown(page) == []


def test_a_profile_nobody_looked_at_is_published_after_ten_working_days() -> None:
    town = papers.body("Musterstadt", "city")
    jo = account("Jo Jansen", Role.MEMBERS)
    post(jo, town)
    account("Olga Otto", Role.OFFICE)
    index = papers.index(MemberIndexPage, "Mitglieder")
    page = papers.below(index, MemberPage(title="Musterstadt", organisation=town, owner=jo))
    page.save_revision(user=jo)
    journey = actions.submit(subject=fresh(page), by=jo)

    wait(days=3)
    assert Journey.objects.get(pk=journey.pk).status == "running"
    wait(days=40)

    assert Journey.objects.get(pk=journey.pk).status == "agreed"
    assert Decision.objects.get().answer == Answer.SILENT


def declared() -> DeclarationPage:
    page = papers.declaration(owner=alma(), live=False)
    page.save_revision(user=alma())
    first = papers.signing_round(page, kind=RoundKind.FIRST_SIGNING.value)
    for name in ("Musterstadt", "Beispielhausen"):
        Signature.objects.create(round=first, organisation=papers.body(name))
    return fresh(page)


def test_all_first_signatories_agree_on_a_declaration() -> None:
    page = declared()
    towns = [account("Mia Maurer"), account("Ben Berg")]
    for person, name in zip(towns, ("Musterstadt", "Beispielhausen"), strict=True):
        post(person, papers.body(name))
    bruno(), minister()
    journey = actions.submit(subject=page, by=alma())

    decide(journey, bruno())
    decide(journey, towns[0], "agreed_with_remarks")
    still = stage_of(journey)
    decide(journey, towns[1])
    then = stage_of(journey)
    decide(journey, minister())

    assert still is not None
    assert still.key == "signatories"
    assert then is not None
    assert then.key == "approval"
    assert fresh(page).live


def test_a_declaration_whose_signatory_has_nobody_does_not_set_out() -> None:
    """An installation hears at once which stage nobody could decide; nothing waits for ever."""
    page = declared()
    bruno(), minister()

    with pytest.raises(JourneyRefused) as refused:
        actions.submit(subject=page, by=alma())

    assert "Billigung durch die Erstunterzeichnenden" in refused.value.sentence
    assert not Journey.objects.exists()


def test_the_official_channel_is_referat_abteilung_hausleitung_then_the_parties() -> None:
    route = read(Route.objects.get(key="agreement").definition)

    kinds = [(stage.key, stage.kind.value) for stage in route.stages]

    assert kinds == [
        ("review", "review"),
        ("division", "co_signature"),
        ("department", "co_signature"),
        ("leadership", "final_sign_off"),
        ("parties", "approval"),
    ]
    parties = route.stages[-1]
    assert parties.deadline is not None
    assert (parties.deadline.days, parties.remind) == (20, (5, 1))
    assert parties.on_change.value == "ask_confirm"
