"""What the simulation says is what the engine does: random routes, random votes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cms.accounts.models import User
from tests.people import alma
from tests.stand_ins import journeys
from workflow import actions, digests
from workflow.errors import JourneyRefused
from workflow.models import Journey
from workflow.rules.conditions import Facts
from workflow.rules.definition import AUTHOR, read
from workflow.rules.faults import faults_in
from workflow.rules.simulation import EVERYBODY_ELSE, Unplayed, Vote, play
from workflow.rules.states import Answer

pytestmark = pytest.mark.django_db

PEOPLE, TOWNS = 3, 2
KINDS = ["review", "approval", "opinion", "co_signature", "check"]
ANSWERS = ["agreed", "agreed_with_remarks", "objected", "abstained", "not_responsible"]
CONDITIONS = [None, {"parties_at_least": 2}, {"parties_at_least": 3}, {"has_guests": True}]
FACTS = Facts(parties=TOWNS)


def person(number):
    mail = f"person{number}@town{number}.example"
    return User.objects.filter(email=mail).first() or User.objects.create_user(mail, "secret")


def completions(names):
    whole = [names, *([["parties"]] if names == ["parties"] else [])]
    counted = some.sampled_from(whole)
    return some.one_of(
        some.sampled_from(["all", "any"]),
        counted.map(lambda of: {"percent": {"p": 50, "of": of}}),
        counted.map(lambda of: {"at_least": {"n": 1, "of": of}}),
        counted.map(lambda of: {"weight": {"n": 1, "of": of}}),
    )


@some.composite
def stages(draw, number):
    chosen = draw(some.sets(some.integers(0, PEOPLE - 1), min_size=1).map(sorted))
    participants = [
        {"kind": "person", "key": str(person(one).pk), "label": f"P{one}"} for one in chosen
    ]
    names = [f"person:{one['key']}" for one in participants]
    if draw(some.booleans()):
        participants, names = [{"kind": "parties"}], ["parties"]
    earlier = [f"s{one}" for one in range(number)]
    return {
        "key": f"s{number}",
        "kind": draw(some.sampled_from(KINDS)),
        "label": f"S{number}",
        "participants": participants,
        "completion": draw(completions(names)),
        "answers": ANSWERS,
        "may_return_to": draw(some.lists(some.sampled_from([AUTHOR, *earlier]), unique=True)),
        "on_return": draw(some.sampled_from(["at_once", "collect"])),
        "abstentions": draw(some.sampled_from(["ignore", "count"])),
        "veto": draw(some.sampled_from([[], names[:1]])),
        "deadline": {"calendar_days": 3},
        **({"silence": "consent"} if draw(some.booleans()) else {}),
        **({"when": when} if number and (when := draw(some.sampled_from(CONDITIONS))) else {}),
    }


@some.composite
def routes(draw):
    return [draw(stages(number)) for number in range(draw(some.integers(1, 3)))]


# Who (a place among the open stage's participants; the last one is silence), and what.
votes = some.lists(
    some.tuples(
        some.integers(0, 4), some.sampled_from([*ANSWERS, "returned"]), some.integers(0, 3)
    ),
    max_size=12,
)


def names_in(stage):
    """Pair the engine's participants with those of the simulation: towns are its parties."""
    seats = stage.participants.filter(gone_at=None, is_head=False).order_by("pk")
    numbers = iter(range(1, TOWNS + 1))
    return [(f"party:{next(numbers)}" if s.kind == "party" else s.name, s) for s in seats]


def chosen_vote(stage, who, answer, to):
    seats = names_in(stage)
    if who >= len(seats):
        return Vote(stage.key, EVERYBODY_ELSE, Answer.SILENT), None
    targets = [AUTHOR, *(f"s{number}" for number in range(3))]
    name, seat = seats[who]
    return Vote(stage.key, name, Answer(answer), targets[to]), seat


def act(stage, vote, seat):
    """Do in the engine what the vote says; say whether it had an effect."""
    if seat is None:
        return stage.definition.silence_is_consent and actions.deciding.consent_by_silence(stage)
    number = seat.key if seat.kind == "person" else None
    by = User.objects.get(pk=number) if number else person(int(seat.key[-1]))
    seen = digests.digest_of(stage.journey.subject)
    common = {"stage": stage, "by": by, "seen_digest": seen, "participant": seat.pk}
    try:
        if vote.answer is Answer.RETURNED:
            actions.send_back(**common, to=vote.to, comment="Bitte ändern.")
        else:
            actions.decide(**common, answer=vote.answer.value, comment="Darum.")
    except JourneyRefused:
        return False
    return True


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(some.data())
def test_the_simulation_and_the_engine_come_to_the_same_end(data):
    for number in range(PEOPLE):
        person(number)
    rules = data.draw(routes())
    route = journeys.route(*rules, key="paper")
    assert faults_in(route.definition) == []
    paper = journeys.paper(towns=" ".join(f"town{one}" for one in range(TOWNS)))
    journey = actions.submit(subject=paper, by=alma())
    played: list[Vote] = []
    without_effect = 0

    for who, answer, to in data.draw(votes):
        stage = journeys.open_stage(journey)
        if stage is None or Journey.objects.get(pk=journey.pk).status != "running":
            break
        vote, seat = chosen_vote(stage, who, answer, to)
        played.append(vote)
        unplayed = len(play(read(route.definition), FACTS, played).unplayed)
        assert bool(act(stage, vote, seat)) == (unplayed == without_effect)
        without_effect = unplayed

    simulated = play(read(route.definition), FACTS, played)
    journey = Journey.objects.get(pk=journey.pk)
    assert simulated.status == journey.status
    assert [one.status.value for one in simulated.stages] == list(
        journey.stages.order_by("order").values_list("status", flat=True)
    )
    assert not [why for _, why in simulated.unplayed if why is Unplayed.NOT_OPEN]
