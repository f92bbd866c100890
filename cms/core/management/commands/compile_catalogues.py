"""Compile the translations without gettext's programs, which not every machine has."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings

from cms.core.commands import ProductCommand


class Command(ProductCommand):
    help = "Compile every django.po of ours whose django.mo is missing or older."

    def run(self, **options: Any) -> dict[str, Any]:
        compiled = 0
        for package in ("cms", "workflow", "search", "home"):
            for source in (Path(settings.BASE_DIR) / package).rglob("LC_MESSAGES/django.po"):
                target = source.with_suffix(".mo")
                if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                    polib.pofile(str(source)).save_as_mofile(str(target))
                    compiled += 1
        return {"compiled": compiled}
