"""The walls of the house: who may import whom, and that somebody looks."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
FRAMEWORKS = {"django", "wagtail", "celery", "modelcluster", "taggit"}
KEYS_OF_THE_HOUSE = ("cms/settings", "cms/urls.py", "cms/wsgi.py", "cms/celery.py")


def contracts() -> list[dict]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return settings["tool"]["importlinter"]["contracts"]


def layers() -> set[str]:
    (house,) = (one for one in contracts() if one["type"] == "layers")
    return {name.strip() for layer in house["layers"] for name in layer.split("|")}


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def imported_packages(path: Path) -> Iterator[str]:
    """Yield the top-level package of everything a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_import_respects_the_walls():
    linted = lint(ROOT)

    assert linted.returncode == 0, linted.stdout


def test_an_import_against_the_arrows_is_found(tmp_path):
    """The negative control: without a linter that looks, this small house would pass."""
    house = tmp_path / "small_house"
    for floor in ("roof", "ground"):
        (house / floor).mkdir(parents=True)
        (house / floor / "__init__.py").touch()
    (house / "__init__.py").touch()
    (house / "ground" / "pipes.py").write_text("from small_house import roof\n")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_packages = ["small_house"]\n'
        '[[tool.importlinter.contracts]]\nname = "Arrows"\ntype = "layers"\n'
        'layers = ["small_house.roof", "small_house.ground"]\n'
    )

    linted = lint(tmp_path)

    assert linted.returncode == 1
    assert "small_house.ground.pipes -> small_house.roof" in linted.stdout


def test_every_app_stands_on_a_floor():
    """A chapter that no layer names would be free to import anything."""
    apps = {".".join(path.parent.relative_to(ROOT).parts) for path in _app_files()}

    assert apps == layers()


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/rules*")) + sorted(ROOT.glob("cms/*/rules*")))
def test_rules_import_no_framework(path):
    modules = path.rglob("*.py") if path.is_dir() else [path]

    found = {(one.name, package) for one in modules for package in imported_packages(one)}

    assert not {(name, package) for name, package in found if package in FRAMEWORKS}


@pytest.mark.parametrize("name", KEYS_OF_THE_HOUSE)
def test_the_project_names_the_other_packages_as_strings_only(name):
    place = ROOT / name
    modules = place.rglob("*.py") if place.is_dir() else [place]

    found = {package for module in modules for package in imported_packages(module)}

    assert not found & {"home", "search", "workflow"}


def _app_files() -> list[Path]:
    packages = ("cms", "workflow", "search", "home")
    return [path for package in packages for path in (ROOT / package).rglob("apps.py")]
