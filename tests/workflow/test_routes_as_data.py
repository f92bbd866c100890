"""Routes come from files, in versions; what is loaded never changes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.stand_ins import journeys
from workflow.loading import SHIPPED, as_toml, load_files, load_shipped_routes, read_file
from workflow.models import Route

pytestmark = pytest.mark.django_db

KINDS = ["agreement", "declaration", "documentation", "event", "member_profile", "publication"]


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

    loaded = load_shipped_routes()

    assert not any(one.changed for one in loaded)
    assert list(Route.objects.values_list("pk", "digest")) == before


def test_a_changed_file_becomes_another_version(tmp_path):
    load_files([written(tmp_path, journeys.definition(journeys.REVIEW))])

    (loaded,) = load_files([written(tmp_path, journeys.definition())])

    assert loaded.changed
    assert loaded.version == 2
    assert [len(r.definition["stage"]) for r in Route.objects.filter(key="paper_page")] == [2, 1]


def test_a_loaded_version_is_never_changed():
    route = Route.objects.first()
    route.title = "Anders"

    with pytest.raises(ValueError):
        route.save()


def test_an_installations_own_route_stays_over_an_update(tmp_path):
    own = {**read_file(journeys.shipped("event")), "title": "Unser Ablauf"}
    load_files([written(tmp_path, own)])

    load_shipped_routes(only_missing=True)

    assert Route.objects.present("event").title == "Unser Ablauf"


def test_what_is_dumped_loads_as_the_same(tmp_path):
    path = tmp_path / "again.toml"
    path.write_text(call("dump", "agreement"), encoding="utf-8")

    out = call("load", str(path))

    assert "unchanged" in out


def test_the_list_and_the_loading_speak_json(tmp_path):
    path = written(tmp_path, journeys.definition())

    tried = json.loads(call("load", str(path), "--json", "--dry-run"))
    listed = json.loads(call("list", "--json"))

    assert tried["loaded"] == [{"key": "paper_page", "version": 1, "changed": True}]
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
