"""Does the trail hold, and if not, from which entry on?"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from cms.core.commands import ProductCommand, WrongCall
from cms.core.trail import heads, verification
from cms.core.trail.faults import SENTENCES


class Command(ProductCommand):
    help = "Check the trail: entries, names, and the heads laid down outside the database."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--heads", type=Path, metavar="FILE",
            help="Compare with these heads as well, one JSON object per line (from a letter).",
        )  # fmt: skip

    def run(self, **options: Any) -> dict[str, Any]:
        walked = verification.walk(also=self._kept_elsewhere(options["heads"]))
        laid_down = heads.laid_down()
        broken = walked.broken
        return {
            "holds": broken is None,
            "entries": walked.tree.size,
            "sealed": laid_down[-1].size if laid_down else 0,
            "heads": len(laid_down),
            "key": laid_down[-1].key if laid_down else "",
            "first_bad_entry": broken.sequence if broken else None,
            "reason": str(SENTENCES[broken.reason]) if broken else "",
        }

    def failure(self, result: dict[str, Any]) -> str:
        if result["holds"]:
            return ""
        return _("The chain breaks at entry %(number)d: %(reason)s.") % {
            "number": result["first_bad_entry"],
            "reason": result["reason"],
        }

    def _kept_elsewhere(self, source: Path | None) -> list[heads.Head]:
        if source is None:
            return []
        if not source.exists():
            raise WrongCall(f"{source} does not exist.")
        try:
            found = heads.laid_down(source)
        except heads.BadHeads as error:
            raise WrongCall(str(error)) from error
        if not found:
            raise WrongCall(f"{source} is empty.")
        return found
