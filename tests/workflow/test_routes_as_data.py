"""Routes come from files, in versions; what is loaded never changes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.people import bruno, minister
from tests.stand_ins import journeys
from workflow.errors import BrokenRoute
from workflow.loading import SHIPPED, as_toml, load_files, load_shipped_routes, read_file
from workflow.models import Journey, Route

pytestmark = pytest.mark.django_db

KINDS = [
    "accession", "agreement", "declaration", "documentation", "event", "member_profile",
    "publication",
]  # fmt: skip


def call(*words, **options):
    out = StringIO()
    call_command("routes", *words, stdout=out, **options)
    return out.getvalue()


def written(tmp_path, definition):
    path = tmp_path / "route.toml"
    path.write_text(as_toml(definition), encoding="utf-8")
    return path


def test_every_kind_ships_with_a_route_that_is_loaded_at_the_start():
    assert sorted(path.stem for path in SHIPPED.glob("*.toml")) == KINDS
    assert {Route.objects.present(kind).subject_kind for kind in KINDS} == set(KINDS)


def test_loading_an_unchanged_file_changes_nothing():
    before = list(Route.objects.values_list("pk", "digest"))

    loaded = load_shipped_routes(even_if_nobody=True)

    assert not any(one.changed for one in loaded)
    assert list(Route.objects.values_list("pk", "digest")) == before


def test_a_changed_file_becomes_another_version(tmp_path):
    bruno(), minister()
    load_files([written(tmp_path, journeys.definition(journeys.REVIEW))])

    (loaded,) = load_files([written(tmp_path, journeys.definition())])

    assert loaded.changed
    assert loaded.version == 2
    assert [len(r.definition["stage"]) for r in Route.objects.filter(key="paper_page")] == [2, 1]


@pytest.mark.parametrize(("unit", "warned"), [("calendar_days", 1), ("working_days", 0)])
def test_silence_that_can_run_out_over_holidays_is_told_and_loaded(tmp_path, unit, warned):
    bruno()
    silent = {**journeys.REVIEW, "silence": "consent", "deadline": {unit: 10}}

    (loaded,) = load_files([written(tmp_path, journeys.definition(silent))])

    assert loaded.changed
    assert len(loaded.warnings) == warned
    if warned:
        assert "nach 10 Kalendertagen" in loaded.warnings[0]
        assert "ohne einen einzigen Arbeitstag" in loaded.warnings[0]


def test_a_loaded_version_is_never_changed():
    route = Route.objects.first()
    route.title = "Anders"

    with pytest.raises(ValueError):
        route.save()


def test_an_installations_own_route_stays_over_an_update(tmp_path):
    bruno()
    own = {**read_file(journeys.shipped("event")), "title": "Unser Ablauf"}
    load_files([written(tmp_path, own)])

    load_shipped_routes(only_missing=True)

    assert Route.objects.present("event").title == "Unser Ablauf"


def test_what_is_dumped_loads_as_the_same(tmp_path):
    path = tmp_path / "again.toml"
    path.write_text(call("dump", "agreement"), encoding="utf-8")

    out = call("load", str(path), "--even-if-nobody")

    assert "unchanged" in out


def test_the_list_and_the_loading_speak_json(tmp_path):
    bruno(), minister()
    path = written(tmp_path, journeys.definition())

    tried = json.loads(call("load", str(path), "--json", "--dry-run"))
    listed = json.loads(call("list", "--json"))

    (one,) = tried["loaded"]
    assert (one["key"], one["version"], one["changed"]) == ("paper_page", 1, True)
    assert [(change["kind"], change["stage"]) for change in one["changes"]] == [
        ("added", "review"), ("added", "approval"),
    ]  # fmt: skip
    assert not Route.objects.filter(key="paper_page").exists()
    assert {route["key"] for route in listed["routes"]} == set(KINDS)
    assert json.loads(call("--json", "list")) == listed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key = ", "route.toml"),
        ('key = "x"\ntitle = "X"\nsubject = "x"\n', "route.toml"),
        ("\x00\xff", "route.toml"),
    ],
)
def test_a_broken_file_is_refused_whole_with_the_reason(tmp_path, text, said):
    bruno(), minister()
    good = written(tmp_path, journeys.definition())
    bad = tmp_path / "bad.route.toml"
    bad.write_bytes(text.encode("latin-1"))

    with pytest.raises(CommandError, match=said) as failed:
        call("load", str(good), str(bad))

    assert failed.value.returncode == 1
    assert not Route.objects.filter(key="paper_page").exists()


def test_a_file_or_key_that_is_not_there_is_a_wrong_call():
    for words in (("load", "/nowhere/route.toml"), ("dump", "nothing")):
        with pytest.raises(CommandError) as failed:
            call(*words)
        assert failed.value.returncode == 2


def test_what_changes_is_told_in_words_before_it_is_loaded(tmp_path):
    bruno(), minister()
    load_files([written(tmp_path, journeys.definition())])
    longer = {**journeys.APPROVAL, "deadline": {"working_days": 20}, "bulk": True}

    out = call("load", str(written(tmp_path, journeys.definition(longer))), "--dry-run")

    assert "Die Station „review“ fällt weg." in out
    assert "approval: „bulk“ ist neu: true" in out
    assert "{ calendar_days = 10 } und ist jetzt { working_days = 20 }" in out
    assert Route.objects.present("paper_page").version == 1


def test_a_route_nobody_could_go_through_is_refused_with_the_reason(tmp_path):
    unknown = {"kind": "group", "key": "nowhere", "label": "Nirgends"}
    role = {"kind": "role", "key": "ministry:head", "label": "Leitung"}
    stage = {**journeys.REVIEW, "participants": [unknown, role, {"kind": "parties"}]}
    path = written(tmp_path, journeys.definition(stage, journeys.APPROVAL))

    with pytest.raises(BrokenRoute) as failed:
        load_files([path])

    assert failed.value.faults == [
        "review: „nowhere“ gibt es hier nicht.",
        "review: Hinter „ministry:head“ steht niemand; niemand könnte entscheiden.",
        "approval: Hinter „ministry“ steht niemand; niemand könnte entscheiden.",
    ]
    assert not Route.objects.filter(key="paper_page").exists()


def test_it_loads_on_request_and_the_warning_stays_on_the_screen(tmp_path):
    err = StringIO()
    path = written(tmp_path, journeys.definition())

    out = call("load", str(path), "--even-if-nobody", "--json", stderr=err)
    call("load", str(path), "--even-if-nobody", stderr=err)

    (one,) = json.loads(out)["loaded"]
    assert [warning[:7] for warning in one["warnings"]] == ["review:", "approva"]
    assert "Hinter „reviewers“ steht niemand" in err.getvalue()
    assert Route.objects.present("paper_page")


def test_parties_in_a_kind_without_parties_are_refused(tmp_path):
    bruno()
    text = journeys.definition(journeys.BY_PARTIES, key="publication")

    with pytest.raises(BrokenRoute, match="parties"):
        load_files([written(tmp_path, text)])


def test_a_kind_of_paper_that_does_not_exist_is_refused(tmp_path):
    bruno(), minister()

    with pytest.raises(BrokenRoute, match="petition"):
        load_files([written(tmp_path, journeys.definition(key="petition"))])


def test_one_key_in_two_files_loads_neither(tmp_path):
    bruno(), minister()
    first = written(tmp_path, journeys.definition())
    second = tmp_path / "second.toml"
    second.write_text(as_toml({**journeys.definition(), "title": "Anders"}), encoding="utf-8")

    with pytest.raises(BrokenRoute):
        load_files([first, second])

    assert not Route.objects.filter(key="paper_page").exists()


def test_a_simulation_tells_stages_and_end_and_writes_nothing():
    journeys.route()
    before = Route.objects.count(), Journey.objects.count()

    agreed = json.loads(call("simulate", "paper_page", "--json"))
    votes = ("review:group:reviewers=agreed", "approval:group:ministry=objected")
    refused = json.loads(call("simulate", "paper_page", "--json", "--votes", *votes))

    assert (agreed["end"], refused["end"]) == ("agreed", "refused")
    assert [stage["state"] for stage in refused["stages"]] == ["done", "done"]
    assert (Route.objects.count(), Journey.objects.count()) == before


def test_a_simulation_is_told_in_words():
    out = call("simulate", "documentation", "--fact", "guests=2", "--votes",
               "review:group:reviewers=agreed", "release:guest:1=objected")  # fmt: skip

    assert "Freigabe der Zitate: offen (Gast 1: abgelehnt; gewartet wird auf: Gast 2)" in out
    assert "Der Umlauf läuft noch: Er wartet in der Station „Freigabe der Zitate“." in out


@pytest.mark.parametrize(
    "words",
    [
        ("simulate", "nothing"),
        ("simulate", "event", "--votes", "nonsense"),
        ("simulate", "event", "--votes", "review:group:reviewers=maybe"),
        ("simulate", "event", "--votes", "nowhere:group:reviewers=agreed"),
        ("simulate", "event", "--fact", "parties=many"),
        ("simulate", "event", "--fact", "parties=99999999999999"),
        ("simulate", "event", "--fact", "parties"),
    ],
)
def test_a_play_that_cannot_be_read_is_a_wrong_call(words):
    with pytest.raises(CommandError) as failed:
        call(*words)

    assert failed.value.returncode == 2
