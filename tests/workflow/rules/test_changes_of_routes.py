"""What one version of a route says otherwise than another."""

from workflow.rules.changes import Change, ChangeKind, changes_between

REVIEW = {"key": "review", "kind": "review", "completion": "any"}
APPROVAL = {"key": "approval", "kind": "approval"}


def route(*stages, **words):
    return {"key": "x", "title": "X", "stage": list(stages), **words}


def test_the_same_has_no_changes():
    assert changes_between(route(REVIEW), route(dict(REVIEW))) == []


def test_against_nothing_every_stage_is_new():
    found = changes_between(None, route(REVIEW, APPROVAL))

    assert [(one.kind, one.stage) for one in found] == [
        (ChangeKind.ADDED, "review"), (ChangeKind.ADDED, "approval"),
    ]  # fmt: skip


def test_added_removed_and_changed_words_are_told_apart():
    after = {"key": "review", "kind": "opinion", "bulk": True}

    assert changes_between(route(REVIEW), route(after, title="Y")) == [
        Change(ChangeKind.CHANGED, "", "title", "X", "Y"),
        Change(ChangeKind.ADDED, "review", "bulk", None, True),
        Change(ChangeKind.REMOVED, "review", "completion", "any", None),
        Change(ChangeKind.CHANGED, "review", "kind", "review", "opinion"),
    ]


def test_stages_in_another_order_have_moved():
    found = changes_between(route(REVIEW, APPROVAL), route(APPROVAL, REVIEW))

    assert [(one.kind, one.stage, one.before, one.after) for one in found] == [
        (ChangeKind.MOVED, "approval", 2, 1), (ChangeKind.MOVED, "review", 1, 2),
    ]  # fmt: skip
