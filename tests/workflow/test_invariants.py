"""What must hold on every way a paper can take: random routes, people, edits and orders.

One machine drives the real actions on the real tables, on a clock of its own; after
every step that wrote anything the ten invariants of the workflow are asked of the
database. `UMLAUF_SOAK` tries 2,000 journeys instead of some; the log says what they met.
"""

import logging
import os
from collections import Counter
from datetime import datetime, timedelta
from functools import wraps

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import WorkflowState

from cms.accounts.models import User
from cms.core import outbox, trail
from cms.core.refusals import Refused
from tests.stand_ins import journeys
from tests.stand_ins.models import PaperPage
from tests.workflow.clock import BERLIN
from workflow import actions, digests, people
from workflow.actions import timing
from workflow.actions.deciding import consent_by_silence
from workflow.actions.returning import Point
from workflow.actions.stages import outcome_of
from workflow.calling import called_to
from workflow.models import Decision, GuestLink, Journey, Return, ReturnPoint, Stage
from workflow.rules.completion import Outcome
from workflow.rules.faults import faults_in
from workflow.rules.states import (
    PASSED,
    Answer,
    Channel,
    Exclusion,
    JourneyStatus,
    OnChange,
    PointState,
    StageStatus,
)

SOAK = bool(os.environ.get("UMLAUF_SOAK"))
# In parts, one for each core and more.
PARTS, JOURNEYS = (4, 500) if SOAK else (1, 100)
STEPS = 15
GROUPS = ("reviewers", "ministry", "office")
ANSWERS = ("agreed", "agreed_with_remarks", "abstained", "not_responsible", "objected")
# What people send; some of it no stage lets them choose.
WORDS = (*ANSWERS, "returned", "silent", "x")
# What happens, the frequent more often. Most of it is done by somebody who can: what is
# refused leads nowhere, and would hide what happens after it.
ACTS = (
    *["answer_when_asked"] * 8, *["stand_in"] * 2, *["guest_answers"] * 3, "decide", "agree",
    *["send_back"] * 2, *["confirm"] * 3, *["resubmit"] * 3, "settle", "submit", "withdraw",
    "appoint",
    *["edit"] * 2, "edit_as_author", "edit_as_author", *["days_pass"] * 2, "time_runs_out",
    "come_to_the_head",
    "override", "read", "move_to_another_version", "go_round", "invite",
)  # fmt: skip
# A run in which one of these never happened has proven nothing about it.
TO_BE_MET = frozenset(
    {
        "answer_when_asked", "stand_in", "guest_answers", "send_back", "confirm", "resubmit",
        "edit_as_author", "override", "move_to_another_version", "kept appointments",
        "for somebody else", "as the head", "in a blind stage", "without a seat left",
        "ended: agreed", "ended: refused", "ended: withdrawn", "ended: returned",
    }
)  # fmt: skip
# In so few journeys as an everyday run has, these are certain to happen.
MET_EVERY_DAY = frozenset({"answer_when_asked", "edit_as_author", "ended: agreed"})
PEOPLE = 6
HEAD = {"kind": "group", "key": "leadership", "label": "Hausleitung"}
# A week without a holiday, so that working days pass.
START = datetime(2026, 9, 7, 9, tzinfo=BERLIN)
# What was done, and how journeys ended: a machine that never gets there would prove nothing.
HAPPENED: Counter[str] = Counter()

log = logging.getLogger("umlauf.invariants")

groups = st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True)


@st.composite
def stages(draw, key, before):
    """One stage as a route may define it."""
    named = draw(groups)
    participants = [
        {"kind": "group", "key": name, "label": name, "weight": draw(st.integers(1, 3))}
        for name in named
    ]
    brought = [word for word in ("parties", "guests") if draw(st.integers(0, 2)) == 0]
    participants += [{"kind": word} for word in brought]
    names = [f"group:{name}" for name in named]
    everybody = names + brought
    of = draw(
        st.sampled_from(
            [
                "all",
                "any",
                {"percent": {"p": draw(st.integers(1, 100)), "of": everybody}},
                {"at_least": {"n": draw(st.integers(1, len(everybody))), "of": everybody}},
                {"weight": {"n": draw(st.integers(1, len(everybody))), "of": everybody}},
                {"weight": {"p": draw(st.integers(1, 100)), "of": everybody}},
            ]
        )
    )
    stage = {
        "key": key,
        "kind": draw(st.sampled_from(["review", "approval", "opinion", "final_sign_off"])),
        "label": key,
        "participants": participants,
        "completion": of,
        # More of them, and hardly a paper would find somebody to decide.
        "exclude": draw(
            st.lists(st.sampled_from([e.value for e in Exclusion]), max_size=2, unique=True)
        ),
        "answers": ["agreed", *draw(st.lists(st.sampled_from(ANSWERS[1:]), unique=True))],
        "may_return_to": ["author", *before] if draw(st.integers(0, 2)) else [],
        "on_return": draw(st.sampled_from(["at_once", "collect"])),
        "on_change": draw(
            st.sampled_from(
                ["lapse_all", "ask_confirm", "ask_confirm", "keep", {"lapse_if": ["body"]}]
            )
        ),
        "abstentions": draw(st.sampled_from(["ignore", "count"])),
        "veto": draw(st.lists(st.sampled_from(names), max_size=1)),
        "votes": draw(st.sampled_from(["open", "blind"])),
    }
    if before and draw(st.booleans()):
        stage["when"] = draw(st.sampled_from([{"has_field": "note"}, {"parties_at_least": 2}]))
    if draw(st.booleans()):
        stage |= {"deadline": {"working_days": 2}, "remind": [1]}
        stage |= draw(
            st.sampled_from(
                [
                    {"silence": "consent"},
                    {"escalate": [{"after": 1, "to": "deputies"}]},
                    {"escalate": [{"after": 1, "to": "head"}], "head": HEAD},
                ]
            )
        )
    return stage


@st.composite
def routes(draw):
    keys = ["one", "two", "three"][: draw(st.integers(1, 3))]
    return [draw(stages(key, keys[:number])) for number, key in enumerate(keys)]


class Undone(Exception):
    """Takes back what should not have been possible, so that the machine can go on."""


def after_changes(check):
    """Ask an invariant after each step that wrote anything; of the others nothing can follow."""

    @invariant()
    @wraps(check)
    def ask(machine):
        if machine.has_written:
            check(machine)

    return ask


class PapersUnderWay(RuleBasedStateMachine):
    """One paper, its people and everything they may do, in any order."""

    acts = ACTS

    @initialize(
        stages=routes(), memberships=st.lists(groups, min_size=PEOPLE, max_size=PEOPLE),
        submitter=st.integers(0, PEOPLE),
    )  # fmt: skip
    def begin(self, stages, memberships, submitter):
        self.clock = time_machine.travel(START, tick=False)
        self.now = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.has_written = False
        self.listening = connection.execute_wrapper(self.listen)
        self.listening.__enter__()
        assert not faults_in(journeys.definition(*stages))
        self.route = journeys.route(*stages)
        self.people = [
            User.objects.create_user(f"p{number}@{town}.example", first_name=f"P{number}")
            for number, town in enumerate(("aldorf", "aldorf", "berg", "berg", "calw", "calw"))
        ]
        for person, names in zip(self.people, memberships, strict=True):
            # All write, so that all can be authors, editors and submitters too.
            person.groups.add(*Group.objects.filter(name__in=[*names, "editors"]))
        self.admin = User.objects.create_user("chief@zentrale.example", is_superuser=True)
        # The head has no other seat, and does nothing but answer when it comes to that.
        self.head = User.objects.create_user("head@zentrale.example", first_name="Head")
        self.head.groups.add(Group.objects.get(name="leadership"))
        self.people += [self.admin, self.head]
        self.page = journeys.draft(by=self.people[0])
        self.page.towns = "aldorf berg calw"
        self.page.guests = "gerda@gast.example"
        self.page.save_revision(user=self.people[0])
        # Who has changed the text since it was last public.
        self.edited = {self.people[0]}
        self.journey = None
        self.seen = journeys.present_digest(self.page)
        self.submit(by=submitter)

    def teardown(self):
        if hasattr(self, "savepoint"):
            HAPPENED.update(f"ended: {one.status}" for one in Journey.objects.all())
            self.listening.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)
            self.clock.stop()

    def listen(self, execute, sql, *rest):
        self.has_written |= sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *rest)

    # --- What people do -----------------------------------------------------------------

    def attempt(self, act):
        """Do it if the engine allows; what is refused has written no answer and no text."""
        before = self.written()
        try:
            found = act()
        except Refused:
            assert self.written() == before
            return None
        # Named by the method whose lambda it is.
        HAPPENED[act.__qualname__.split(".")[-3]] += 1
        self.forget_editors_of_what_is_public()
        return found

    def written(self):
        live = PaperPage.objects.values_list("live_revision", "live").get(pk=self.page.pk)
        return Decision.objects.count(), Return.objects.count(), live

    def present(self):
        return Journey.objects.get(pk=self.journey.pk)

    def open_stage(self):
        return self.present().open_stage if self.journey else None

    @rule(
        act=st.runner().flatmap(lambda machine: st.sampled_from(machine.acts)),
        by=st.integers(0, PEOPLE), other=st.integers(0, PEOPLE),
        number=st.integers(0, 3), word=st.sampled_from(WORDS), more=st.data(),
    )  # fmt: skip
    def somebody_acts(self, act, **drawn):
        """One rule for all acts, so that the frequent ones are frequent."""
        self.has_written = False
        getattr(self, act)(**drawn)

    def asked(self):
        """Return (stage, calls) of those who can answer now; (None, []) where nobody is asked."""
        stage = self.open_stage()
        return stage, (called_to([stage])[stage.pk] if stage is not None else [])

    def submit(self, by, **_):
        person = self.people[by]
        found = self.attempt(lambda: actions.submit(subject=journeys.fresh(self.page), by=person))
        self.journey = found or self.journey

    def resubmit(self, **_):
        """The author does what a returned or withdrawn paper waits for."""
        if not self.journey or self.present().status == JourneyStatus.RUNNING:
            return
        author = self.people[0]
        if self.present().status == JourneyStatus.RETURNED:
            for point in ReturnPoint.objects.filter(state="open", return_of__to_stage=None):
                actions.settle_point(point=point, by=author, state=PointState.DONE)
        found = self.attempt(lambda: actions.submit(subject=journeys.fresh(self.page), by=author))
        self.journey = found or self.journey

    def edit(self, by, number, other, **_):
        self.attempt(lambda: self.write(by, number, other))

    def edit_as_author(self, number, other, **_):
        self.attempt(lambda: self.write(0, number, other))

    def write(self, by, number, other):
        page = journeys.fresh(self.page)
        if other % 2:
            page.body = f"<p>Text {number}.</p>"
        else:
            page.note = f"{number or ''}"
        page.towns = " ".join(("calw", "aldorf", "berg")[: number % 3 + 1])
        page.save_revision(user=self.people[by])
        self.edited.add(self.people[by])

    def read(self, **_):
        self.seen = journeys.present_digest(self.page)

    def agree(self, by, **_):
        """What people do most."""
        self.read()
        self.decide(by=by, word="agreed")

    def answer_when_asked(self, by, other, **_):
        """One of those who can says one of the words the stage offers, mostly yes."""
        stage, calls = self.asked()
        if not calls:
            HAPPENED["without a seat left"] += stage is not None
            return
        call = calls[by % len(calls)]
        answers = stage.definition.answers
        word = "agreed" if other < PEOPLE - 1 else answers[by % len(answers)]
        self.read()
        found = self.attempt(lambda: self.say(stage, self.person(call), word))
        # Whom the calls name can answer: the desk, the letters and the door say the same.
        assert found is not None
        self.look_at_what_was_said(found, word)

    def stand_in(self, by, other, **_):
        """Somebody who is asked has a deputy from today, and the deputy answers."""
        stage, calls = self.asked()
        mine = [call for call in calls if call.principal is None and not call.as_head]
        if not mine:
            return
        principal, deputy = self.person(mine[by % len(mine)]), self.people[other]
        today = timezone.localdate()
        try:
            actions.appoint_deputy(
                principal=principal, deputy=deputy, by=principal, starts=today,
                ends=today + timedelta(days=2), may_sign=True,
            )  # fmt: skip
        except Refused:
            return
        self.read()
        found = self.attempt(lambda: self.say(stage, deputy, "agreed"))
        if found is not None:
            self.look_at_what_was_said(found, "agreed")

    def person(self, call):
        return next(one for one in self.people if one.pk == call.person)

    def say(self, stage, person, word):
        return actions.decide(
            stage=stage, by=person, answer=word, seen_digest=self.seen, comment="Ja."
        )

    def decide(self, by, word, **_):
        stage = self.open_stage() or Stage.objects.order_by("-pk").first()
        if stage is None:
            return
        found = self.attempt(lambda: self.say(stage, self.people[by], word))
        if found is not None:
            self.look_at_what_was_said(found, word)

    def look_at_what_was_said(self, decision, word):
        assert decision.answer == word
        assert decision.content_digest == self.seen
        self.look_at_who_answered(decision)

    def look_at_who_answered(self, decision):
        """1. Exclusions that hang on the moment: changed the text, works for an author's town."""
        exclude = decision.stage.definition.exclude
        authors = [self.page.owner, decision.stage.journey.started_by]
        towns = {author.email.partition("@")[2] for author in authors}
        for person in filter(None, (decision.decided_by, decision.acting_for)):
            assert "editors" not in exclude or person not in self.edited
            town = person.email.partition("@")[2]
            assert "same_organisation" not in exclude or town not in towns
        if decision.decided_by == self.head:
            # In anybody's place, but only once the stage has come to the head.
            assert decision.stage.participants.filter(is_head=True, gone_at=None).exists()
        HAPPENED["for somebody else"] += decision.acting_for is not None
        HAPPENED["in a blind stage"] += decision.stage.definition.votes == "blind"

    def confirm(self, **_):
        """Whoever's answer lapsed by the change says it again of the present text."""
        stage = self.open_stage()
        mine = Decision.objects.filter(stage=stage).exclude(lapsed_at=None).exclude(decided_by=None)
        if (earlier := mine.last()) is None:
            return
        self.read()
        found = self.attempt(
            lambda: actions.confirm(earlier=earlier, by=earlier.decided_by, seen_digest=self.seen)
        )
        if found is not None:
            self.look_at_who_answered(found)

    def send_back(self, by, number, other, **_):
        """Mostly by somebody who is asked, and to where the stage allows it."""
        stage, calls = self.asked()
        if stage is None:
            return
        person, to = self.people[by], ("author", "one", "two", "nowhere")[number]
        if calls and other < PEOPLE - 1:
            targets = stage.definition.may_return_to or ["author"]
            person, to = self.person(calls[by % len(calls)]), targets[number % len(targets)]
            self.read()
        self.attempt(
            lambda: actions.send_back(
                stage=stage, by=person, to=to, seen_digest=self.seen, comment="Nein.",
                points=[Point("Hier.")],
            )
        )  # fmt: skip

    def settle(self, by, **_):
        for point in ReturnPoint.objects.filter(state="open"):
            self.attempt(
                lambda point=point: actions.settle_point(
                    point=point, by=self.people[by], state=PointState.DONE
                )
            )

    def withdraw(self, by, **_):
        if self.journey:
            self.attempt(lambda: actions.withdraw(journey=self.present(), by=self.people[by]))

    def appoint(self, by, other, number, **_):
        starts = timezone.localdate() + timedelta(days=number - 2)
        self.attempt(
            lambda: actions.appoint_deputy(
                principal=self.people[by], deputy=self.people[other], by=self.people[by],
                starts=starts, ends=starts + timedelta(days=2), may_sign=bool(number % 2),
            )
        )  # fmt: skip

    def time_runs_out(self, **_):
        if (stage := self.open_stage()) is not None:
            self.attempt(lambda: consent_by_silence(stage))

    def days_pass(self, number, **_):
        """Time goes on and the timer looks; it must not fail on anything."""
        self.now.shift(timedelta(days=2 * number + 1))
        HAPPENED["kept appointments"] += timing.keep_appointments(timezone.now())
        self.forget_editors_of_what_is_public()

    def come_to_the_head(self, **_):
        """Nobody answers for more than a week, and whoever heads them does."""
        stage = self.open_stage()
        if stage is None or stage.definition.head is None:
            return
        self.now.shift(timedelta(days=8))
        timing.keep_appointments(timezone.now())
        stage, calls = self.asked()
        if not any(call.as_head for call in calls):
            return
        self.read()
        found = self.attempt(lambda: self.say(stage, self.head, "agreed"))
        assert found is not None
        self.look_at_what_was_said(found, "agreed")
        HAPPENED["as the head"] += 1

    def forget_editors_of_what_is_public(self):
        if not journeys.fresh(self.page).has_unpublished_changes:
            self.edited = set()

    def invite(self, by, number, **_):
        if (stage := self.open_stage()) is not None:
            self.attempt(
                lambda: actions.invite_guest(
                    stage=stage, mail=f"guest{number}@gast.example", name="Gast",
                    by=self.people[by],
                )
            )  # fmt: skip

    def guest_answers(self, by, word, other, **_):
        stage = self.open_stage()
        if stage is None:
            return
        outbox.drain(kinds=["workflow.letters.guests"])
        link = GuestLink.objects.filter(participant__stage=stage, revoked_at=None).last()
        if link is None:
            return
        answers = stage.definition.answers
        said = answers[by % len(answers)] if other < PEOPLE else word
        self.read()
        self.attempt(
            lambda: actions.decide_as_guest(
                by=link, answer=said, seen_digest=self.seen, comment="Ja."
            )
        )

    def override(self, by, **_):
        by = PEOPLE if by % 2 else by
        if (stage := self.open_stage()) is not None:
            self.attempt(
                lambda: actions.pass_stage(
                    stage=stage, by=self.people[by], reason="Eilt.", seen_digest=self.seen
                )
            )

    def move_to_another_version(self, by, more, **_):
        by = PEOPLE if by % 2 else by
        newer = journeys.route(*more.draw(routes()))
        if self.journey:
            self.attempt(
                lambda: actions.move_journey(
                    journey=self.present(), route=newer, mapping={}, by=self.people[by],
                    reason="Neu.",
                )
            )  # fmt: skip

    def go_round(self, by, number, **_):
        """8. No way round: code that publishes is refused, a paper on record stays."""
        page = journeys.fresh(self.page)
        revision = page.get_latest_revision()
        doors = [
            lambda: revision.publish(user=self.people[by], skip_permission_checks=True),
            lambda: page.unpublish(user=self.people[by]),
            page.delete,
        ]
        try:
            with transaction.atomic():
                doors[number % 3]()
                raise Undone
        except Undone:
            on_record = Decision.objects.exists() or Return.objects.exists()
            assert (number % 3, page.live, on_record) == (2, False, False)
        except (Refused, PermissionDenied):
            pass

    # --- What must hold -----------------------------------------------------------------

    @after_changes
    def nobody_excluded_is_counted(self):
        """1. No sequence lets an excluded person's answer count, themselves or by a deputy."""
        for decision in self.holding().exclude(decided_by=None):
            journey, stage = decision.stage.journey, decision.stage
            barred = set()
            exclude = stage.definition.exclude
            if "author" in exclude:
                barred |= {self.page.owner_id, journey.started_by_id}
            if "submitter" in exclude:
                barred |= {journey.started_by_id}
            if "earlier" in exclude:
                earlier = self.holding().filter(
                    stage__journey=journey, stage__order__lt=stage.order, pk__lt=decision.pk
                )
                barred |= {
                    pk for pair in earlier.values_list("decided_by", "acting_for") for pk in pair
                }
            barred.discard(None)
            assert decision.decided_by_id not in barred
            assert decision.acting_for_id not in barred

    @after_changes
    def nobody_answers_for_whom_they_do_not_represent(self):
        for decision in self.holding().exclude(decided_by=None).exclude(decided_by=self.head):
            who = decision.acting_for or decision.decided_by
            assert people.hats_of(who).wears(decision.participant)

    @after_changes
    def an_answer_counts_for_one_text(self):
        """3. After an edit no counted answer names an older text unless the policy keeps it."""
        if not self.journey or self.present().status != JourneyStatus.RUNNING:
            return
        digest = journeys.present_digest(self.page)
        for decision in self.holding().filter(stage__journey=self.journey):
            keeps = decision.stage.definition.on_change in (OnChange.KEEP, OnChange.LAPSE_IF)
            assert keeps or decision.content_digest == digest

    @after_changes
    def only_what_was_agreed_on_is_public(self):
        """4. The public text is one that an act of the last journey named, and no other."""
        page = journeys.fresh(self.page) if PaperPage.objects.filter(pk=self.page.pk) else None
        if page is None or not page.live:
            return
        digest = digests.digest_of(page, page.live_revision)
        agreed = Journey.objects.filter(status="agreed")
        named = set(
            Decision.objects.filter(stage__journey__in=agreed).values_list(
                "content_digest", flat=True
            )
        )
        named |= set(
            Stage.objects.filter(journey__in=agreed).values_list("overridden_digest", flat=True)
        )
        assert digest in named

    @after_changes
    def a_journey_keeps_its_version(self):
        """5. Another version changes nothing for a journey that was not moved by an act."""
        moved = trail.entries_about(self.page).filter(action="workflow.moved_to_version").exists()
        if self.journey and not moved:
            keys = list(self.present().stages.values_list("key", flat=True))
            assert keys == [stage["key"] for stage in self.journey.route.definition["stage"]]

    @after_changes
    def stages_and_journey_agree(self):
        """6. One open stage while it runs, none when it ended; Wagtail's shell says the same."""
        shells = {
            JourneyStatus.RUNNING: "in_progress", JourneyStatus.RETURNED: "needs_changes",
            JourneyStatus.AGREED: "approved", JourneyStatus.REFUSED: "cancelled",
            JourneyStatus.WITHDRAWN: "cancelled",
        }  # fmt: skip
        for journey in Journey.objects.all():
            opened = journey.stages.filter(status=StageStatus.OPEN.value).count()
            assert opened == (1 if journey.status == JourneyStatus.RUNNING else 0)
            shell = WorkflowState.objects.filter(
                task_states__journeytaskstate__journey=journey
            ).first()
            assert shell is None or shell.status == shells[JourneyStatus(journey.status)]

    @after_changes
    def an_open_stage_is_really_open(self):
        """2. An outcome that is fixed is acted on at once."""
        if stage := self.open_stage():
            assert outcome_of(stage) is Outcome.OPEN

    @after_changes
    def what_was_decided_stays_readable(self):
        """9. Names and texts of answers are snapshots."""
        for decision in Decision.objects.all():
            assert decision.participant_label
            assert decision.decided_by_label or decision.channel == Channel.SILENCE
            assert (decision.answer == Answer.SILENT) == (decision.channel == Channel.SILENCE)

    @after_changes
    def a_running_journey_has_a_way_on(self):
        """10. Agreed means that all stages were passed; running means one is not."""
        for journey in Journey.objects.filter(status="agreed"):
            assert all(stage.status in PASSED for stage in journey.stages.all())

    @after_changes
    def the_trail_tells_of_every_answer(self):
        recorded = trail.entries_about(self.page).filter(
            action__in=["workflow.decided", "workflow.consented_by_silence"]
        )
        assert recorded.count() == Decision.objects.count()

    def holding(self):
        return Decision.objects.filter(lapsed_at=None).select_related(
            "stage__journey", "participant", "decided_by", "acting_for"
        )


def try_out(journeys_to_try, machine=PapersUnderWay, **words):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=journeys_to_try,
            stateful_step_count=STEPS,
            deadline=None,
            # A way that fails is printed as it was found: shrinking it takes many minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
            **words,
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_way_keeps_the_invariants(part):
    HAPPENED.clear()

    # Each day the same journeys, so that red means a change; in a soak each part draws its own.
    try_out(JOURNEYS, derandomize=not SOAK)

    log.info("%s", dict(sorted(HAPPENED.items())))
    met = {name for name, times in HAPPENED.items() if times}
    assert not (TO_BE_MET if SOAK else MET_EVERY_DAY) - met


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("guard", "instead", "acts"),
    [
        ("workflow.rules.refusals.refusal_of_person", lambda situation, person: None,
         ("edit", "agree", "agree", "decide")),
        ("workflow.actions.stages.lapse_older", lambda standing, by=None: False,
         ("answer_when_asked", "edit_as_author")),
        ("workflow.passage.is_open", lambda page: True, ("go_round", "submit", "edit")),
        ("workflow.actions.progress.outcome_of", lambda stage: Outcome.OPEN,
         ("answer_when_asked",)),
    ],
)  # fmt: skip
def test_without_a_guard_a_way_is_found_that_breaks_an_invariant(
    monkeypatch, settings, guard, instead, acts
):
    """Negative controls: exclusions, the binding to the text, the one door, the counting.

    Only with what could slip through the gap, else it takes a minute to get there.
    """
    monkeypatch.setattr(guard, instead)
    # Else Wagtail's cancelling is refused too, which is a second door behind the first.
    settings.WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
    focused = type("Focused", (PapersUnderWay,), {"acts": acts})

    with pytest.raises(AssertionError):
        try_out(150, focused, derandomize=True)
