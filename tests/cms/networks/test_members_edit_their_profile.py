"""A member edits its own profile in the admin, and nothing else there.

No row of Wagtail's permissions lets members write: red when the kernel's grant is gone, and
red when the group gets a row of its own.
"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from cms.accounts.roles import Role
from cms.networks.models import MemberPage
from tests import people
from tests.cms.networks.bodies import body, join, post
from tests.cms.networks.test_who_reads_what import profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> MemberPage:
    """Cem's town has a profile, and Cem a post in the town."""
    page = profile("Seestadt", live=True)
    join(body("Netz", "network"), page.organisation)
    post(people.cem(), page.organisation)
    return page


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(people.cem(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def door(name: str, *args: object) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def test_members_have_no_rights_on_pages_by_their_group() -> None:
    assert not GroupPagePermission.objects.filter(group__name=Role.MEMBERS.value).exists()


def test_the_own_profile_opens_for_editing(member: Client, own: MemberPage) -> None:
    assert member.get(door("edit", own.pk)).status_code == 200


def test_another_members_profile_does_not_open(member: Client, own: MemberPage) -> None:
    other = profile("Seedorf", live=True)

    assert refused(member.get(door("edit", other.pk)))


def test_a_profile_does_not_open_once_the_post_has_ended(own: MemberPage) -> None:
    dora = people.account("Dora Dorn", Role.MEMBERS)
    post(dora, own.organisation, ends="2001")
    client = Client()
    client.force_login(dora, backend="django.contrib.auth.backends.ModelBackend")

    assert refused(client.get(door("edit", own.pk)))


def test_a_member_adds_no_page(member: Client, own: MemberPage) -> None:
    index = own.get_parent()

    assert refused(member.get(door("add_subpage", index.pk)))
    assert refused(member.get(door("add", "networks", "memberpage", index.pk)))
    assert refused(member.post(door("add", "networks", "memberpage", index.pk), {"title": "X"}))


def refused(response: object) -> bool:
    """The admin sends whoever may not do something back to its first page."""
    answer = (getattr(response, "status_code", 0), getattr(response, "url", ""))
    return answer == (302, reverse("wagtailadmin_home"))
