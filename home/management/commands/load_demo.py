"""`manage.py load_demo`: the demo's content and logins; running it twice changes nothing."""

import sys
from typing import Any

from cms.core.commands import ProductCommand
from home.demo import loading
from home.demo.logins import password


class Command(ProductCommand):
    help = "Bring in the demo: facts of real networks, invented papers, six logins."
    writes = True

    def run(self, **options: Any) -> dict[str, Any]:
        dry_run = options["dry_run"]
        secret = "" if dry_run else password()
        result = loading.load(secret=secret, tell=self.tell, dry_run=dry_run)
        if dry_run:
            return {"dry_run": True, **result}
        return {**result, "logins": loading.logins(), "password": secret}

    def tell(self, text: str) -> None:
        """Say on stderr how far it is; a terminal sees one line that changes."""
        if sys.stderr.isatty():
            self.progress(text)
        else:
            self.stderr.write(text)

    def say(self, result: dict[str, Any]) -> None:
        for model, number in result["made"].items():
            self.stdout.write(f"{model}: {number}")
        if not result["made"]:
            self.stdout.write("Everything was there already.")
        for address, role in result.get("logins", {}).items():
            self.stdout.write(f"{address:<28} {role}")
        if "password" in result:
            self.stdout.write(f"password: {result['password']}")
