"""The desk, the letters and the rules agree: who is shown a task can decide, nobody else can."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.core.refusals import Refused
from tests.people import account, bruno
from tests.stand_ins import journeys
from workflow import actions, eligibility, people
from workflow.calling import Barred, called_to
from workflow.desk import Desk, tasks_for
from workflow.models import Deputyship, Journey, Participant, Stage
from workflow.rules.states import Exclusion

pytestmark = pytest.mark.django_db

SETS = [[], *([word.value] for word in Exclusion), [word.value for word in Exclusion]]


def outsider(name, town):
    mail = f"{name}@{town}.example".lower()
    return User.objects.filter(email=mail).first() or User.objects.create_user(
        mail, "x", first_name=name, last_name=town.title()
    )


def reviewer(name, town):
    person = outsider(name, town)
    person.groups.add(*bruno().groups.all())
    return person


def stand_in(principal, deputy, *, starts=0, ends=7, **scope):
    today = timezone.localdate()
    return Deputyship.objects.create(
        principal=principal,
        deputy=deputy,
        starts=today + timedelta(days=starts),
        ends=today + timedelta(days=ends),
        **scope,
    )


def everybody():
    """People in every position a rule looks at, by what they are."""
    return {
        "owner": account("Alma Ahrens", Role.EDITORS, Role.REVIEWERS),
        "submitter": account("Sven Sorge", Role.EDITORS, Role.REVIEWERS),
        "editor": account("Rosa Reim", Role.EDITORS, Role.REVIEWERS),
        "decided earlier": reviewer("Emil", "edorf"),
        "colleague": account("Karla Kurz", Role.REVIEWERS),
        "reviewer from elsewhere": reviewer("Rita", "bedorf"),
        "speaks for a party": outsider("Wera", "aldorf"),
        "speaks for a party, and reviews": reviewer("Anton", "aldorf"),
        "named person": outsider("Nora", "cedorf"),
        "head": outsider("Hedda", "hadorf"),
        "signing deputy": outsider("Vera", "vadorf"),
        "deputy": outsider("Vito", "vadorf"),
        "deputy of the owner": outsider("Dora", "dedorf"),
        "deputy of the submitter": outsider("Dirk", "dedorf"),
        "deputy of the editor": outsider("Doris", "dedorf"),
        "deputy of who decided earlier": outsider("Dago", "dedorf"),
        "deputy of a colleague": outsider("Dunja", "dedorf"),
        "deputy for another kind": outsider("Ulf", "udorf"),
        "deputy for one party": outsider("Pia", "pedorf"),
        "deputy whose time is over": outsider("Zita", "zedorf"),
        "deputy whose time has not begun": outsider("Zeno", "zedorf"),
        "deputy of a deputy": outsider("Tina", "tedorf"),
        "deputy of the head": outsider("Hugo", "hudorf"),
        "switched off": reviewer("Olga", "odorf"),
        "stranger": outsider("Otto", "odorf"),
    }


def appoint(who):
    rita = who["reviewer from elsewhere"]
    stand_in(rita, who["signing deputy"], may_sign=True)
    stand_in(rita, who["deputy"])
    stand_in(rita, who["owner"], may_sign=True)
    stand_in(who["owner"], who["deputy of the owner"], may_sign=True)
    stand_in(who["submitter"], who["deputy of the submitter"], may_sign=True)
    stand_in(who["editor"], who["deputy of the editor"], may_sign=True)
    stand_in(who["decided earlier"], who["deputy of who decided earlier"], may_sign=True)
    stand_in(who["colleague"], who["deputy of a colleague"], may_sign=True)
    stand_in(rita, who["deputy for another kind"], may_sign=True, paper_kind="paper")
    anton = who["speaks for a party, and reviews"]
    stand_in(anton, who["deputy for one party"], may_sign=True, party="town:aldorf")
    stand_in(rita, who["deputy whose time is over"], may_sign=True, starts=-9, ends=-1)
    stand_in(rita, who["deputy whose time has not begun"], may_sign=True, starts=1)
    stand_in(who["signing deputy"], who["deputy of a deputy"], may_sign=True)
    stand_in(who["head"], who["deputy of the head"], may_sign=True)
    who["switched off"].is_active = False
    who["switched off"].save()


def second_stage(exclude, kind, who):
    return {
        **journeys.REVIEW,
        "key": "second",
        "kind": kind,
        "label": "Zweite",
        "exclude": exclude,
        "participants": [
            *journeys.REVIEW["participants"],
            {"kind": "parties"},
            {"kind": "person", "key": str(who["named person"].pk), "label": "Nora Cedorf"},
        ],
        "completion": "all",
    }


def journey_with(exclude, kind, who, *, escalated):
    """A paper in its second stage, written, edited, submitted and agreed to by different people."""
    first = {**journeys.REVIEW, "key": "first", "exclude": [], "label": "Erste"}
    journeys.route(first, second_stage(exclude, kind, who))
    page = journeys.draft(f"{kind} ohne {'/'.join(exclude)}", by=who["owner"])
    page.towns = "aldorf bedorf"
    page.save_revision(user=who["owner"])
    page.body = "<p>Von Rosa.</p>"
    page.save_revision(user=who["editor"])
    journey = actions.submit(subject=journeys.fresh(page), by=who["submitter"])
    journeys.agree(journey, who["decided earlier"])
    if escalated:
        head = who["head"]
        Participant.objects.create(
            stage=journeys.open_stage(journey), kind="person", key=str(head.pk), label="Hedda",
            is_head=True,
        )  # fmt: skip
    return Journey.objects.get(pk=journey.pk)


def can_decide(journey, person):
    try:
        with transaction.atomic():
            stage = journeys.open_stage(journey)
            actions.decide(
                stage=stage, by=person, answer="agreed", seen_digest=journey.content_digest
            )
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


def on_the_desk(person):
    desk: Desk = tasks_for(person)
    return {task.stage for task in (*desk.to_do, *desk.claimed) if task.stage}


def disagreements(who, made):
    found = []
    called = called_to(Stage.objects.filter(status="open").select_related("journey"))
    for what, person in who.items():
        shown = on_the_desk(person)
        for journey in made:
            stage = journeys.open_stage(journey)
            desk = stage.pk in shown
            letter = person.pk in {call.person for call in called[stage.pk]}
            rules = can_decide(journey, person)
            if not desk == letter == rules:
                found.append((what, str(journey), {"desk": desk, "call": letter, "rule": rules}))
    return found


@pytest.fixture
def who():
    return everybody()


def test_desk_letters_and_rules_name_the_same_people_for_every_exclusion(who):
    appoint(who)
    made = [journey_with(words, "review", who, escalated=bool(words)) for words in SETS]

    assert disagreements(who, made) == []


def test_they_agree_on_who_may_sign_in_place_of_another(who):
    appoint(who)
    made = [journey_with(words, "final_sign_off", who, escalated=False) for words in SETS[::6]]

    assert disagreements(who, made) == []
    assert on_the_desk(who["signing deputy"]) != set() == on_the_desk(who["deputy"])


def test_they_still_agree_when_some_have_answered_and_others_have_claimed(who):
    appoint(who)
    made = [journey_with(words, "review", who, escalated=True) for words in SETS[::6]]
    for journey in made:
        stage = journeys.open_stage(journey)
        actions.claim(stage=stage, by=who["named person"])
        journeys.agree(journey, who["speaks for a party"])

    assert disagreements(who, made) == []


def test_the_comparison_finds_a_desk_that_forgets_an_exclusion(who, monkeypatch):
    """Negative control: without the database's exclusions desk and rules disagree."""
    made = [journey_with(["editors"], "review", who, escalated=False)]
    monkeypatch.setattr(eligibility, "_edited_by", lambda person: eligibility.Q(pk__in=()))

    assert [what for what, *_ in disagreements(who, made)] == ["owner", "editor"]


def test_the_comparison_finds_letters_that_forget_an_exclusion(who, monkeypatch):
    made = [journey_with(["author"], "review", who, escalated=False)]
    monkeypatch.setattr(Barred, "in_stage", lambda self, stage: set())

    names = {what for what, *_ in disagreements(who, made)}

    assert names == {"owner", "submitter"}


def test_an_author_whom_the_chapter_names_has_no_task(monkeypatch, who):
    made = [journey_with(["author"], "review", who, escalated=False)]
    named = {type(made[0].subject): lambda page: [who["colleague"].pk]}
    monkeypatch.setattr("workflow.subjects.naming_authors", lambda: named)
    monkeypatch.setattr(people, "_registered_authors", lambda subject: [who["colleague"].pk])

    assert disagreements(who, made) == []
    assert on_the_desk(who["colleague"]) == set()


def test_a_number_inside_another_one_is_not_taken_for_an_editor(who):
    made = journey_with(["editors"], "review", who, escalated=False)
    colleague = who["colleague"]
    made.editor_ids = [int(f"1{colleague.pk}"), int(f"{colleague.pk}1")]
    made.save()

    assert journeys.open_stage(made).pk in on_the_desk(colleague)
