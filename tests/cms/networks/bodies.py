"""Bodies and posts for tests, as short as a sentence."""

from django.utils.text import slugify

from cms.accounts.models import User
from cms.core.values import FuzzyDate
from cms.networks.models import Membership, Organisation, OrganisationName, Person, Post


def body(name: str, kind: str = "city", **fields: object) -> Organisation:
    made = Organisation.objects.create(key=slugify(name), kind=kind, **fields)
    OrganisationName.objects.create(organisation=made, name=name)
    return made


def post(user: User, organisation: Organisation, *, ends: str = "", starts: str = "") -> Post:
    named = {"first_name": user.first_name, "last_name": user.last_name}
    person, _ = Person.objects.get_or_create(
        account=user, defaults={"key": f"person-{user.pk}", **named}
    )
    return Post.objects.create(
        person=person, organisation=organisation, role="Sachbearbeitung",
        starts=FuzzyDate.parse(starts), ends=FuzzyDate.parse(ends),
    )  # fmt: skip


def join(network: Organisation, organisation: Organisation, *, ends: str = "") -> Membership:
    return Membership.objects.create(
        network=network, organisation=organisation, ends=FuzzyDate.parse(ends)
    )
