"""There is one way in. Wagtail's own password forms do not answer."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.translation import override

from cms.accounts.actions import set_up_roles
from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.accounts.wording import ROLE_LABELS
from tests import people

pytestmark = pytest.mark.django_db

WAGTAILS_DOORS = [
    "/verwaltung/login/",
    "/verwaltung/password_reset/",
    "/verwaltung/password_reset/done/",
    "/verwaltung/password_reset/confirm/MQ/abc-def/",
]


@pytest.mark.parametrize("door", WAGTAILS_DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_password_forms_lead_to_the_login(door: str, method: str) -> None:
    people.alma()

    answer = getattr(Client(), method)(
        door, {"username": "alma@example.org", "password": people.PASSWORD}
    )

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")
    assert "_auth_user_id" not in answer.client.session


def test_a_guest_of_the_admin_is_asked_to_sign_in_by_the_one_login() -> None:
    answer = Client().get("/verwaltung/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


def test_signing_in_leads_to_the_tasks() -> None:
    people.alma()

    answer = Client().post(
        "/konto/login/", {"login": "Alma@Example.org", "password": people.PASSWORD}
    )

    assert answer.status_code == 302
    assert answer["Location"] == "/meine-aufgaben/"


def test_nobody_signs_up() -> None:
    answer = Client().post(
        "/konto/signup/",
        {"email": "new@example.org", "password1": people.PASSWORD, "password2": people.PASSWORD},
    )

    assert not User.objects.filter(email="new@example.org").exists()
    assert answer.status_code in (200, 302, 404)


def test_roles_are_set_up_once_and_again() -> None:
    set_up_roles()
    before = {group.name: group.permissions.count() for group in Group.objects.all()}

    set_up_roles()

    assert {group.name: group.permissions.count() for group in Group.objects.all()} == before
    assert set(before) >= {role.value for role in Role}
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_writers_may_not_publish_or_delete() -> None:
    alma = people.alma()

    assert alma.has_perm("agreements.change_agreementpage")
    assert not alma.has_perm("networks.delete_organisation")
    assert not alma.has_perm("wagtailcore.publish_page")


def test_roles_have_german_names() -> None:
    with override("de"):
        assert str(ROLE_LABELS[Role.REVIEWERS]) == "Fachprüfung"
    assert set(ROLE_LABELS) == set(Role)


def test_writers_upload_files_and_reviewers_do_not() -> None:
    editor, reviewer = Client(), Client()
    editor.force_login(people.alma(), backend="django.contrib.auth.backends.ModelBackend")
    reviewer.force_login(people.bruno(), backend="django.contrib.auth.backends.ModelBackend")

    assert editor.get("/verwaltung/documents/add/").status_code == 200
    assert editor.get("/verwaltung/images/add/").status_code == 200
    assert reviewer.get("/verwaltung/documents/add/").status_code == 302
