"""A person asked to be forgotten: their names leave the trail, the chain stays."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandParser

from cms.core import trail
from cms.core.commands import ProductCommand, WrongCall
from cms.core.models import TrailName


class Command(ProductCommand):
    help = "Erase one person's names from the trail, for good. The act itself is recorded."
    writes = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--account", type=int, help="The number of the person's account.")
        parser.add_argument("--name", default="", help="The name of somebody without an account.")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="Who erases.")

    def run(self, **options: Any) -> dict[str, Any]:
        users = get_user_model()
        by = users._default_manager.filter(**{users.USERNAME_FIELD: options["by"]}).first()
        if by is None:
            raise WrongCall(f"Nobody signs in as {options['by']}.")
        whose = {"account": options["account"], "name": options["name"]}
        if not any(whose.values()):
            raise WrongCall("Say whose names: --account or --name.")
        if options["dry_run"]:
            return {"entries": TrailName.objects.of(**whose).values("entry").distinct().count()}
        return {"entries": trail.erase_names(by=by, **whose)}
