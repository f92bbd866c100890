"""The translations: compiled without gettext's programs, checked with them.

    python -m cms.core.catalogues compile
    python -m cms.core.catalogues check

Needs no settings and no Django set up, so that it can run before everything
else. `check` fails when a text on a screen has no German, or when the
catalogues are out of step with the code.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "home", "search", "workflow")
LANGUAGE = "de"


def catalogues(root: Path = ROOT) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((root / package).rglob(f"locale/{LANGUAGE}/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Compile what is missing or older than its source; return how many."""
    compiled = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            compiled += 1
    return compiled


def gaps(source: Path) -> list[str]:
    """Return the texts of one catalogue that have no or only an uncertain translation."""
    entries = [entry for entry in polib.pofile(str(source)) if not entry.obsolete]
    return [entry.msgid for entry in entries if not entry.translated()]


def out_of_step(root: Path = ROOT) -> list[str]:
    """Collect the texts anew in a copy of the code; return where the catalogues differ."""
    with tempfile.TemporaryDirectory(prefix="umlauf-") as folder:
        copy = Path(folder)
        for package in PACKAGES:
            shutil.copytree(root / package, copy / package, ignore=shutil.ignore_patterns("*.mo"))
        command = [sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE]
        subprocess.run(
            [*command, "--no-location", "--no-obsolete", "--verbosity", "0"], cwd=copy, check=True
        )
        return [
            f"{source.relative_to(copy)}: {text}"
            for source in catalogues(copy)
            for text in _difference(root / source.relative_to(copy), source)
        ]


def _difference(kept: Path, collected: Path) -> Iterable[str]:
    before, after = _texts(kept), _texts(collected)
    yield from (f"missing “{text}”" for text in sorted(after - before))
    yield from (f"unused “{text}”" for text in sorted(before - after))


def _texts(source: Path) -> set[str]:
    if not source.exists():
        return set()
    return {entry.msgid for entry in polib.pofile(str(source)) if not entry.obsolete}


def check() -> list[str]:
    if shutil.which("xgettext") is None:
        return ["gettext is not installed; the check needs it: apt-get install gettext"]
    untranslated = [
        f"{source.relative_to(ROOT)}: no German for “{text}”"
        for source in catalogues()
        for text in gaps(source)
    ]
    return untranslated + out_of_step()


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_all()
    elif sys.argv[1:] == ["check"]:
        problems = check()
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        sys.exit(1 if problems else 0)
    else:
        sys.stderr.write("Say compile or check.\n")
        sys.exit(2)
