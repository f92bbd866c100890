"""What posts and memberships open: tokens for people, and the registers for everybody."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.accounts.grants import office_only
from cms.accounts.models import User
from cms.core import kernel
from cms.core.kernel import Grant, Verb
from cms.networks.models import (
    MemberIndexPage,
    MemberPage,
    Membership,
    NetworkIndexPage,
    NetworkPage,
    Organisation,
    Post,
    Programme,
)
from cms.networks.papers import register_open_page, register_paper
from workflow import subjects
from workflow.rules.states import ParticipantKind


def organisations_of(user: kernel.Somebody) -> list[int]:
    """Return the ids of the bodies in which this person holds a post today."""
    if not getattr(user, "is_authenticated", False):
        return []
    posts = Post.objects.on(timezone.localdate()).filter(person__account=user.pk)
    return sorted(set(posts.values_list("organisation_id", flat=True)))


def tokens_by_posts(user: User) -> Iterable[str]:
    """A post opens what is meant for its body, and for the networks it is a member of."""
    bodies = organisations_of(user)
    if not bodies:
        return
    yield from (f"organisation:{pk}" for pk in bodies)
    open_memberships = Membership.objects.on(timezone.localdate()).filter(
        organisation_id__in=bodies, status=Membership.Status.MEMBER
    )
    networks = set(open_memberships.values_list("network_id", flat=True))
    # A post in the network itself (its office, its speakers) opens it as well.
    own = Organisation.objects.networks().filter(pk__in=bodies)
    networks |= set(own.values_list("pk", flat=True))
    yield from (f"network:{pk}" for pk in sorted(networks))


def parties_by_posts(user: kernel.Somebody) -> Iterable[str]:
    """Yield the bodies for which this person may answer in a journey."""
    yield from (f"organisation:{pk}" for pk in organisations_of(user))


def people_of_parties(keys: Collection[str]) -> dict[str, set[int]]:
    numbers = [key.partition(":")[2] for key in keys if key.startswith("organisation:")]
    rows = _held_posts().filter(organisation__in=[one for one in numbers if one.isdigit()])
    found: dict[str, set[int]] = {}
    for body, account in rows.values_list("organisation_id", "person__account"):
        found.setdefault(f"organisation:{body}", set()).add(account)
    return found


def roles_by_posts(user: kernel.Somebody) -> Iterable[str]:
    """Yield this person's roles as routes name them: "ministry:head-of-division"."""
    posts = _held_posts().filter(person__account=getattr(user, "pk", None))
    for body, role in posts.values_list("organisation__key", "role"):
        yield f"{body}:{slugify(role)}"


def people_of_roles(keys: Collection[str]) -> dict[str, set[int]]:
    bodies = {key.partition(":")[0] for key in keys}
    rows = _held_posts().filter(organisation__key__in=bodies)
    found: dict[str, set[int]] = {}
    for body, role, account in rows.values_list("organisation__key", "role", "person__account"):
        found.setdefault(f"{body}:{slugify(role)}", set()).add(account)
    return {key: people for key, people in found.items() if key in keys}


def _held_posts() -> QuerySet[Post]:
    return Post.objects.on(timezone.localdate()).exclude(person__account=None)


def of_own_organisation(user: kernel.Somebody) -> Q | None:
    """Return the condition on papers with an `organisation` that it is one of this person's."""
    bodies = organisations_of(user)
    return Q(organisation_id__in=bodies) if bodies else None


def everybody(user: kernel.Somebody) -> Q:
    return Q()


def register() -> None:
    kernel.register_tokens(tokens_by_posts)
    subjects.register_representatives(
        ParticipantKind.PARTY, keys_of=parties_by_posts, people_of=people_of_parties
    )
    subjects.register_representatives(
        ParticipantKind.ROLE, keys_of=roles_by_posts, people_of=people_of_roles
    )
    for register_model in (Organisation, Programme):
        kernel.register(
            register_model,
            Grant(frozenset({Verb.VIEW}), everybody, _("The register is public.")),
            Grant(frozenset({Verb.EDIT}), office_only, _("They keep the registers.")),
        )
    for page in (NetworkPage, NetworkIndexPage, MemberIndexPage):
        register_open_page(page)
    register_paper(
        MemberPage,
        Grant(
            frozenset({Verb.VIEW, Verb.EDIT, Verb.SUBMIT}),
            of_own_organisation,
            _("It is the profile of their own organisation."),
        ),
    )
    subjects.register(MemberPage, kind="member_profile")
