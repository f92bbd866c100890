"""What the documents name exists: paths, modules, functions, make targets, commands."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    path
    for path in (
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    )
    if path.exists() and path.name != "plan.md"
]
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PACKAGE = r"(?:cms|workflow|search|home|tests)"
MODULE = re.compile(rf"{PACKAGE}(\.\w+)+(\(\))?")
PATH = re.compile(r"\.?[\w-][\w.-]*(/[\w.-]+)*/?")
SUFFIXES = {".py", ".md", ".toml", ".txt", ".json", ".html", ".css", ".po", ".tsv"}
# Written while the site runs or the environment is made, never in the repository.
MADE_LATER = ("var", ".venv", "node_modules")


def spans(text: str) -> Iterator[str]:
    """Yield what stands in backticks in the text, blocks of code left out."""
    yield from SPAN.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def names_a_path(span: str) -> bool:
    if not PATH.fullmatch(span) or span.split("/")[0] in MADE_LATER:
        return False
    first_is_ours = (ROOT / span.split("/")[0]).exists()
    return ("/" in span and first_is_ours) or Path(span).suffix in SUFFIXES


def exists(dotted: str) -> bool:
    """Say whether this names a module, or something in a module, of ours."""
    parts = dotted.removesuffix("()").split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def is_there(span: str, document: Path) -> bool:
    """Find a path from the root; a bare file name may stand anywhere among ours."""
    if (ROOT / span).exists() or (document.parent / span).exists():
        return True
    packages = ("cms", "workflow", "search", "home", "tests", "docs")
    return "/" not in span and any(any((ROOT / one).rglob(span)) for one in packages)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_is_named_exists(document):
    paths = [span for span in spans(document.read_text()) if names_a_path(span)]

    assert [path for path in paths if not is_there(path, document)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_and_function_that_is_named_exists(document):
    dotted = [
        span
        for span in spans(document.read_text())
        if MODULE.fullmatch(span) and Path(span).suffix not in SUFFIXES
    ]

    assert [name for name in dotted if not exists(name)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document):
    links = [link for link in LINK.findall(document.read_text()) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_target_and_command_that_is_named_exists(document):
    text = document.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    made = set(re.findall(r"`(?:\w+=\S+ )*make ([a-z-]+)", text))
    called = set(re.findall(r"manage\.py ([a-z_]+)", text))

    assert made <= targets
    assert called <= set(get_commands())


def test_what_does_not_exist_is_found():
    """The negative control of this file's own eyes."""
    assert exists("workflow.actions.submit")
    assert not exists("workflow.actions.abolish")
    assert not exists("cms.cellar")
    assert names_a_path("cms/core/cellar.py")
    assert not is_there("cms/core/cellar.py", ROOT / "README.md")
