"""The trail is checked without us: by one file that imports nothing of ours."""

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.core import trail
from cms.core.commands import Failed, WrongCall
from cms.core.trail import heads, keys
from cms.core.trail_verifier import verify_trail_export
from tests import people
from tests.cms.core import trails

pytestmark = pytest.mark.django_db

VERIFIER = Path(verify_trail_export.__file__)
ALONE = ("-I", "-S")  # no site-packages, no environment, no project folder


@pytest.fixture
def sealed() -> None:
    """Twelve entries with an erasure; ten of them sealed, by two heads."""
    trails.entries(4)
    trails.seal()
    trail.erase_names(by=people.admin(), account=people.alma().pk)
    trails.entries(5)
    trails.seal(hours=1)
    trails.entries(2)


@pytest.fixture
def exported(sealed: None, tmp_path: Path) -> Path:
    folder = tmp_path / "export"
    command("export_trail", str(folder))
    return folder


def command(*arguments: str) -> dict:
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def judged(folder: Path, *options: str, flags: tuple[str, ...] = ALONE) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, *flags, str(VERIFIER), str(folder), *options],
        capture_output=True, text=True, cwd="/", env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def change(file: Path, number: int, **values: object) -> None:
    """Set values in line `number`, counted from 1."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    lines[number - 1].update(values)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_the_verifier_imports_the_standard_library_only() -> None:
    tree = ast.parse(VERIFIER.read_text())
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }

    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_an_exported_trail_holds_and_says_what_was_not_checked(exported: Path) -> None:
    code, said = judged(exported)

    assert code == 0
    assert "HOLDS: 12 entries, 10 of them sealed by 2 heads." in said
    assert "Signatures were NOT checked" in said


def test_signatures_are_checked_where_cryptography_is_installed(exported: Path) -> None:
    code, said = judged(exported, "--key", keys.public_key(), flags=())

    assert code == 0
    assert "NOT" not in said


def test_an_export_without_names_holds_and_names_nobody(sealed: None, tmp_path: Path) -> None:
    command("export_trail", str(tmp_path / "export"), "--without-names")

    code, _ = judged(tmp_path / "export")

    assert code == 0
    text = "".join(path.read_text() for path in (tmp_path / "export").iterdir())
    assert "Alma" not in text
    assert "Ada" not in text


@pytest.mark.parametrize(
    ("file", "line", "values", "fault"),
    [
        ("entries.jsonl", 3, {"action": "other"}, "Entry 3: was changed"),
        ("entries.jsonl", 7, {"hash": "00" * 32}, "Entry 7: was changed"),
        ("entries.jsonl", 7, {"previous_hash": "00" * 32}, "Entry 7: does not follow"),
        ("entries.jsonl", 5, {"sequence": 6}, "Entry 5: is missing"),
        ("names.jsonl", 9, {"name": "Cem Cetin"}, "Entry 5: a name was changed"),
        ("names.jsonl", 9, {"role": "witness"}, "Entry 5: a name was added or removed"),
        ("heads.jsonl", 1, {"root": "00" * 32}, "Entry 10: the head before its own is missing"),
        ("heads.jsonl", 2, {"root": "00" * 32}, "Entry 10: was sealed with others before it"),
        ("heads.jsonl", 2, {"hashes": ["00" * 32] * 6}, "Entry 5: was sealed as another"),
        ("heads.jsonl", 2, {"size": 20}, "Entry 13: is missing, but was sealed"),
        ("names.jsonl", 2, {"entry__sequence": []}, "It cannot be read"),
    ],
)
def test_the_first_bad_entry_is_named(
    exported: Path, file: str, line: int, values: dict, fault: str
) -> None:
    change(exported / file, line, **values)

    code, said = judged(exported)

    assert code == 1
    assert fault in said


def test_a_false_signature_is_found_where_it_can_be(exported: Path) -> None:
    change(exported / "heads.jsonl", 2, signature="00" * 64)

    alone, with_cryptography = judged(exported), judged(exported, flags=())

    assert alone[0] == 0
    assert with_cryptography[0] == 1
    assert "Entry 10: the signature of its head is wrong" in with_cryptography[1]


def test_a_trail_of_another_key_is_found(exported: Path) -> None:
    code, said = judged(exported, "--key", "00" * 32)

    assert code == 1
    assert "its head is signed by another key" in said


def test_a_folder_without_a_trail_is_a_wrong_call(tmp_path: Path) -> None:
    assert judged(tmp_path)[0] == 2


@pytest.mark.parametrize("number", [1, 4, 5, 10])
def test_one_entry_is_proven_without_the_others(sealed: None, tmp_path: Path, number: int) -> None:
    command("export_trail", str(tmp_path / "export"), "--only", str(number))

    code, said = judged(tmp_path / "export")

    assert [path.name for path in (tmp_path / "export").iterdir()] == ["proof.jsonl"]
    assert code == 0
    assert f"HOLDS: entry {number} is one of the 10 that were sealed." in said


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("entry", "Entry 3: was changed"),
        ("inclusion", "Entry 3: is not among the 10 that were sealed"),
        ("consistency", "Entry 4: the older head is of another trail"),
    ],
)
def test_a_forged_proof_is_not_accepted(
    sealed: None, tmp_path: Path, part: str, fault: str
) -> None:
    command("export_trail", str(tmp_path / "export"), "--only", "3")
    (proof,) = map(json.loads, (tmp_path / "export" / "proof.jsonl").read_text().splitlines())
    forged = {**proof["entry"], "action": "other"} if part == "entry" else ["00" * 32]
    change(tmp_path / "export" / "proof.jsonl", 1, **{part: forged})

    code, said = judged(tmp_path / "export")

    assert code == 1
    assert fault in said


def test_what_is_not_sealed_yet_has_no_proof(sealed: None, tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="Entry 11 does not exist or is not sealed yet"):
        command("export_trail", str(tmp_path / "export"), "--only", "11")

    assert not (tmp_path / "export").exists()


def test_an_export_overwrites_nothing(exported: Path) -> None:
    with pytest.raises(WrongCall, match="is not an empty folder"):
        command("export_trail", str(exported))


def test_a_dry_run_writes_nothing(sealed: None, tmp_path: Path) -> None:
    said = command("export_trail", str(tmp_path / "export"), "--dry-run")

    assert said["entries"] == 12
    assert not (tmp_path / "export").exists()


def test_the_command_says_that_the_trail_holds(sealed: None) -> None:
    said = command("verify_trail")

    assert (said["holds"], said["entries"], said["sealed"], said["heads"]) == (True, 12, 10, 2)
    assert said["key"] == keys.public_key()


def test_the_command_names_the_first_bad_entry_and_fails(sealed: None) -> None:
    out = io.StringIO()

    with trails.rules_out_of_the_way():
        trails.sql("UPDATE core_trailentry SET action = 'other' WHERE sequence = 6")
        with pytest.raises(Failed, match="bricht bei Eintrag 6: der Eintrag wurde geändert"):
            call_command("verify_trail", "--json", stdout=out)

    said = json.loads(out.getvalue())
    assert (said["holds"], said["first_bad_entry"]) == (False, 6)


def test_the_command_compares_with_heads_that_were_kept_elsewhere(
    sealed: None, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.jsonl"
    head = heads.laid_down()[0].for_a_letter()
    letter.write_text(json.dumps(head))  # as somebody pastes it, without an end of line
    good = command("verify_trail", "--heads", str(letter))
    letter.write_text(json.dumps({**head, "root": "00" * 32}))

    with pytest.raises(Failed):
        command("verify_trail", "--heads", str(letter))

    assert good["holds"]


@pytest.mark.parametrize("text", [None, "", "{}", "[]", "no JSON", '{"size": 1}'])
def test_a_file_that_holds_no_heads_is_a_wrong_call(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "heads.jsonl"
    if text is not None:
        file.write_text(text)

    with pytest.raises(WrongCall):
        command("verify_trail", "--heads", str(file))
