"""Is every public text the one that was agreed on?"""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.commands import ProductCommand
from workflow import publications


class Command(ProductCommand):
    help = "Read every public text that has a journey and compare it with the trail."

    def run(self, **options: Any) -> dict[str, Any]:
        compared = publications.compare(with_texts=True)
        found = [str(one) for one in compared.doubtful]
        return {"pages": compared.public, "doubtful": len(found), "found": found}

    def failure(self, result: dict[str, Any]) -> str:
        if not result["doubtful"]:
            return ""
        return _("%(number)d pages are not as the trail says.") % {"number": result["doubtful"]}
