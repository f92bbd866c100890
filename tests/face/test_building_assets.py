"""`manage.py build_assets`: fetched once, never without being asked, and clear when it cannot."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.core.commands import Failed

FACE = "/* fira-sans-{subset}-{weight}-normal */\n@font-face {{ src: url(./files/a.woff2); }}\n"


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Path:
    """A house with a lock file, and an npm that writes down how it was called."""
    settings.BASE_DIR, settings.ASSETS_DIR = tmp_path, tmp_path / "assets"
    (tmp_path / "package-lock.json").write_text("{}")
    _packages(tmp_path / "node_modules")
    program = tmp_path / "bin" / "npm"
    program.parent.mkdir()
    _program(program, f'echo "$@" >> {tmp_path}/calls')
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


def test_style_sheets_and_fonts_are_laid_out_with_their_licences(npm, settings):
    call_command("build_assets")

    laid = {str(one.relative_to(settings.ASSETS_DIR)) for one in settings.ASSETS_DIR.rglob("*.*")}
    assert "kern/kern.min.css" in laid
    assert "kern/LICENSE.md" in laid
    assert "fira-sans/fira-sans-latin-400-normal.woff2" in laid
    assert "./files/" not in (settings.ASSETS_DIR / "fira-sans/fira-sans.css").read_text()


def test_a_second_call_asks_nobody(npm, settings, capsys):
    call_command("build_assets")
    call_command("build_assets", "--json")

    assert json.loads(capsys.readouterr().out.splitlines()[-1])["built"] is False
    assert len(_calls(settings)) == 1


def test_a_changed_lock_file_is_fetched_anew(npm, settings):
    call_command("build_assets")
    (settings.BASE_DIR / "package-lock.json").write_text('{"changed": true}')

    call_command("build_assets")

    assert len(_calls(settings)) == 2


def test_a_dry_run_fetches_nothing(npm, settings):
    call_command("build_assets", "--dry-run")

    assert _calls(settings) == []
    assert not settings.ASSETS_DIR.exists()


def test_a_registry_out_of_reach_is_said_with_what_to_do(npm, settings):
    _program(npm, "echo 'npm error network timeout' >&2; exit 1")

    with pytest.raises(Failed) as failure:
        call_command("build_assets")

    assert "npm ping" in str(failure.value)
    assert "network timeout" in str(failure.value)
    assert not (settings.ASSETS_DIR / "stamp.json").exists()


def _program(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


def _calls(settings) -> list[str]:
    calls = settings.BASE_DIR / "calls"
    return calls.read_text().splitlines() if calls.exists() else []


def _packages(modules: Path) -> None:
    kern, fira = modules / "@kern-ux" / "native", modules / "@fontsource" / "fira-sans"
    (kern / "dist").mkdir(parents=True)
    (fira / "files").mkdir(parents=True)
    (kern / "dist" / "kern.min.css").write_text("a{}")
    (kern / "LICENSE.md").write_text("EUPL")
    (fira / "LICENSE").write_text("OFL")
    for weight in (400, 500, 600):
        faces = [FACE.format(subset=subset, weight=weight) for subset in ("latin", "latin-ext")]
        (fira / f"{weight}.css").write_text("".join(faces))
        for subset in ("latin", "latin-ext"):
            (fira / "files" / f"fira-sans-{subset}-{weight}-normal.woff2").write_text("x")
