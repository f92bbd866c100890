"""What posts and memberships open: tokens for people, and the registers for everybody."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone
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
from workflow.subjects import Party


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


def parties_by_posts(user: kernel.Somebody) -> Sequence[Party]:
    """Return the bodies for which this person may answer in a journey."""
    bodies = Organisation.objects.with_names().filter(pk__in=organisations_of(user))
    return [Party("organisation", str(body.pk), body.present_name) for body in bodies]


def own_profile(user: kernel.Somebody) -> Q | None:
    bodies = organisations_of(user)
    return Q(organisation_id__in=bodies) if bodies else None


def everybody(user: kernel.Somebody) -> Q:
    return Q()


def register() -> None:
    kernel.register_tokens(tokens_by_posts)
    subjects.register_parties_of(parties_by_posts)
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
            own_profile,
            _("It is the profile of their own organisation."),
        ),
    )
    subjects.register(MemberPage, kind="member_profile")
