"""Whatever stands in an OParl object: a record, or one sentence why not. Never a crash."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.archive.importing import jsonfiles, oparl
from cms.archive.importing.oddities import Unusable
from cms.archive.importing.records import Deletion
from tests.cms.archive.oparl import SCHEMA, SITE, meeting, paper

TEXTS = st.text() | st.sampled_from(
    ["", "\0", "\ud800", "http://[", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
    + ["2020-02-30", "kürzlich", f"{SITE}/meeting/1", "javascript:1"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)
NAMES = (
    *("id", "name", "reference", "date", "paperType", "web", "deleted", "mainFile"),
    *("auxiliaryFile", "consultation", "underDirectionOf", "originatorOrganization"),
    *("superordinatedPaper", "organization", "location", "start", "end", "cancelled"),
    *("shortName", "classification", "startDate", "endDate", "meeting", "role", "text"),
)
PROPERTIES = st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=5)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(["Paper", "Meeting", "Organization"]), said=PROPERTIES)
def test_a_record_can_be_stored_or_is_refused(kind: str, said: dict[str, Any]) -> None:
    value = {"id": f"{SITE}/x/1", "type": f"{SCHEMA}/{kind}", **said}

    try:
        record = oparl.record_of(oparl.kind_of(value), value, lambda reason, detail: None)
    except Unusable:
        return

    if not isinstance(record, Deletion):
        assert len(record.digest()) == 64
        # What a database would choke on is not in it.
        assert "\\u0000" not in json.dumps(str(record))


@given(value=ANYTHING)
def test_what_is_no_object_of_ours_is_refused(value: Any) -> None:
    with pytest.raises(Unusable):
        oparl.kind_of(value)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_the_end_of_the_calendar_is_told(moment: str) -> None:
    odd: list[str] = []

    record = oparl.record_of("Meeting", meeting(start=moment), lambda reason, _: odd.append(reason))

    assert record.starts_at is None  # type: ignore[union-attr]
    assert odd == ["broken date"]


def test_long_lines_in_a_file_called_json_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    things = [paper(n, name="x" * 20_000) for n in (1, 2)]
    path.write_text("\n".join(json.dumps(one) for one in things))

    found = list(jsonfiles.objects_in(path))

    assert [one.place for one in found] == ["papers.json, line 1", "papers.json, line 2"]


@given(junk=st.binary(max_size=300))
def test_any_bytes_are_objects_or_broken(junk: bytes, tmp_path_factory: Any) -> None:
    for name in ("a.json", "a.jsonl", "a.json.gz"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(junk)
        for one in jsonfiles.objects_in(path):
            assert isinstance(one, jsonfiles.Found | jsonfiles.Broken)
