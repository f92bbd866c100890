"""Which audience tokens an account has by itself: its own, its groups', the office's."""

from collections.abc import Iterable

from django.db.models import Q

from cms.accounts.models import User
from cms.accounts.roles import INSIDE_THE_OFFICE
from cms.core import kernel

OFFICE = "office"


def own_tokens(user: User) -> Iterable[str]:
    groups = list(user.groups.values_list("pk", "name"))
    yield f"user:{user.pk}"
    for pk, _ in groups:
        yield f"group:{pk}"
    if user.is_superuser or any(name in INSIDE_THE_OFFICE for _, name in groups):
        yield OFFICE


def is_inside_the_office(user: kernel.Somebody) -> bool:
    return OFFICE in kernel.tokens_for(user)


def office_only(user: kernel.Somebody) -> Q | None:
    """Return the condition of a grant that office and ministry have on every row."""
    return Q() if is_inside_the_office(user) else None


def register() -> None:
    kernel.register_tokens(own_tokens)
