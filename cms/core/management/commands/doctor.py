"""One line per part: fine, or what to do."""

from typing import Any

from cms.core import doctor
from cms.core.commands import ProductCommand


class Command(ProductCommand):
    help = "Examine every part: one line each, fine or what to do."

    def run(self, **options: Any) -> dict[str, Any]:
        return {
            name: {"ok": found.ok, "message": found.message, "remedy": found.remedy}
            for name, found in doctor.examine().items()
        }

    def say(self, result: dict[str, Any]) -> None:
        for name, found in result.items():
            mark = "ok  " if found["ok"] else "FAIL"
            remedy = f" -> {found['remedy']}" if found["remedy"] and not found["ok"] else ""
            self.stdout.write(f"{mark} {name}: {found['message']}{remedy}")

    def failure(self, result: dict[str, Any]) -> str:
        if all(found["ok"] for found in result.values()):
            return ""
        return "Something needs attention; see above."
