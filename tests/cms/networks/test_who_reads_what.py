"""Posts and memberships open papers, from the next request on and no longer."""

import itertools
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import override
from wagtail.models import Page

from cms.accounts.models import User
from cms.core import kernel
from cms.core.kernel import Verb
from cms.networks.models import MemberIndexPage, MemberPage, Organisation
from tests import people
from tests.cms.networks.bodies import body, join, post
from workflow.actions import take_over

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Organisation:
    return body("Netz", "network")


def profile(title: str, *, live: bool, **fields: object) -> MemberPage:
    """Make a profile; a live one is taken over, the real way past a journey."""
    index = MemberIndexPage.objects.first()
    if index is None:
        index = Page.get_first_root_node().add_child(
            instance=MemberIndexPage(title="Mitglieder", slug="mitglieder-test")
        )
    page: MemberPage = index.add_child(
        instance=MemberPage(title=title, organisation=body(title), **fields)
    )
    if live:
        take_over(subject=page, by=people.alma(), source="Test")
    page.refresh_from_db()
    assert page.live == live
    return page


def test_a_guest_has_only_what_is_public() -> None:
    assert kernel.tokens_for(AnonymousUser()) == {"public"}


def test_a_post_in_a_member_opens_the_network(network: Organisation) -> None:
    town = body("Seestadt")
    cem = people.cem()
    join(network, town)

    before = kernel.tokens_for(cem)
    post(cem, town)
    after = kernel.tokens_for(cem)

    assert f"network:{network.pk}" not in before
    assert {f"network:{network.pk}", f"organisation:{town.pk}"} <= after


@pytest.mark.parametrize(
    ("ends", "open_on_day"), [("2026-06-30", False), ("2026", True), ("2025", False), ("", True)]
)
def test_the_network_closes_when_post_or_membership_end(
    network: Organisation, ends: str, open_on_day: bool
) -> None:
    by_post, by_membership = people.cem(), people.bruno()
    town, village = body("Seestadt"), body("Seedorf")
    join(network, town)
    post(by_post, town, ends=ends)
    join(network, village, ends=ends)
    post(by_membership, village)

    with time_machine.travel(date(2026, 7, 1)):
        tokens = [kernel.tokens_for(user) for user in (by_post, by_membership)]

    assert [f"network:{network.pk}" in held for held in tokens] == [open_on_day, open_on_day]


def test_a_post_that_has_not_begun_opens_nothing(network: Organisation) -> None:
    cem, town = people.cem(), body("Seestadt")
    join(network, town)
    post(cem, town, starts="2027")

    with time_machine.travel(date(2026, 7, 1)):
        assert f"network:{network.pk}" not in kernel.tokens_for(cem)


def everybody(network: Organisation) -> list[User]:
    member, town = people.cem(), body("Seestadt")
    join(network, town)
    post(member, town)
    stranger = people.account("Dora Dorn")
    grouped = people.account("Emil Ernst")
    grouped.groups.add(Group.objects.get_or_create(name="beirat")[0])
    return [AnonymousUser(), member, stranger, grouped, people.alma(), people.admin()]  # type: ignore[list-item]


def test_lists_single_checks_and_tokens_agree(network: Organisation) -> None:
    """The three forms of one right: were one changed alone, this goes red."""
    users = everybody(network)
    beirat = Group.objects.get(name="beirat")
    other = body("Anderes Netz", "network")
    audiences = [
        {"audience": "public"},
        {"audience": "members", "network": network},
        {"audience": "members", "network": other},
        {"audience": "office"},
        {"audience": "group", "audience_group": beirat},
    ]
    pages = [
        profile(f"Ort {number}", live=live, **audience)
        for number, (audience, live) in enumerate(itertools.product(audiences, [True, False]))
    ]

    for user, page in itertools.product(users, pages):
        listed = kernel.visible(user, MemberPage.objects.all()).filter(pk=page.pk).exists()
        checked = kernel.check(user, Verb.VIEW, page)
        by_tokens = bool(kernel.tokens_for(user) & kernel.tokens_of(page))

        assert listed == checked, (user, page.audience)
        if page.live:
            assert listed == by_tokens, (user, page.audience)


def test_nothing_registered_means_no() -> None:
    """Deny by default: a model without grants is seen by nobody, an administrator included."""
    people.alma()

    assert not kernel.visible(people.admin(), Group.objects.all()).exists()
    assert Group.objects.exists()


def test_an_empty_condition_never_opens_by_accident(network: Organisation) -> None:
    page = profile("Ort", audience="office", live=True)
    never = kernel.Grant(frozenset({Verb.VIEW}), lambda user: None, "never")
    before = list(kernel._grants[MemberPage])

    try:
        kernel._grants[MemberPage] = [never]
        closed = kernel.check(people.alma(), Verb.VIEW, page)
        kernel._grants[MemberPage] = [never, kernel.Grant(never.verbs, lambda user: Q(), "all")]
        opened = kernel.check(people.alma(), Verb.VIEW, page)
    finally:
        kernel._grants[MemberPage] = before

    assert (closed, opened) == (False, True)


def test_a_member_may_edit_its_own_profile_only(network: Organisation) -> None:
    own, foreign = profile("Seestadt", live=True), profile("Bergstadt", live=True)
    cem = people.cem()
    post(cem, own.organisation)

    assert kernel.check(cem, Verb.EDIT, own)
    assert not kernel.check(cem, Verb.EDIT, foreign)
    assert kernel.reasons(cem, Verb.EDIT, own)


def test_members_only_needs_to_say_which_network() -> None:
    page = MemberPage(title="x", slug="x", organisation=body("Ort"), audience="members")

    with override("de"), pytest.raises(ValidationError, match="wessen Mitglieder"):
        page.clean()
