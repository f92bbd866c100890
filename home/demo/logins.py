"""The demo's accounts: nine people of the invented network, and their common password."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role
from home.demo.material import read

PASSWORD_FILE = "demo-password"  # noqa: S105  (a file's name)


@dataclass(frozen=True, slots=True)
class Login:
    key: str
    roles: tuple[Role, ...]
    what: str
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


LOGINS = (
    Login("redaktion", (Role.EDITORS, Role.OFFICE), "Redaktion und Geschäftsstelle"),
    Login("pruefung", (Role.REVIEWERS,), "Fachprüfung"),
    Login("referat", (Role.DIVISION,), "Referat des Ministeriums"),
    Login("abteilung", (Role.DEPARTMENT,), "Abteilung des Ministeriums"),
    Login("ministerium", (Role.MINISTRY, Role.LEADERSHIP), "Ministerium und Hausleitung"),
    Login("verband", (Role.ASSOCIATIONS,), "Verband"),
    Login("mitglied", (Role.MEMBERS,), "Mitgliedskommune"),
    Login("kommune", (Role.MEMBERS,), "Beitretende Kommune"),
    Login("admin", (Role.OFFICE,), "Systembetreuung", is_admin=True),
)


def password_file() -> Path:
    return Path(settings.VAR_DIR) / PASSWORD_FILE


def password() -> str:
    """Return the password: DEMO_PASSWORD, else the one drawn on the first load."""
    if given := os.environ.get("DEMO_PASSWORD", ""):
        return given
    path = password_file()
    if path.exists():
        return path.read_text(encoding="utf-8").strip()
    drawn = secrets.token_urlsafe(9)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Readable for its owner from the first moment on.
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{drawn}\n")
    return drawn


def ensure_accounts(secret: str) -> dict[str, User]:
    """Return the accounts by key; the password is set where it is another one."""
    people = {one["login"]: one for one in read("invented/bodies")["person"] if "login" in one}
    found: dict[str, User] = {}
    hashed = ""
    for login in LOGINS:
        user = User.objects.filter(email=login.email).first() or User(
            email=login.email,
            first_name=people[login.key]["first_name"],
            last_name=people[login.key]["last_name"],
            is_staff=login.is_admin,
            is_superuser=login.is_admin,
        )
        # One hash for all: hashing is slow on purpose, and the password is the same.
        if not user.password or (
            user.password != hashed and not check_password(secret, user.password)
        ):
            user.password = hashed or make_password(secret)
            user.save()
        hashed = user.password
        user.groups.add(*Group.objects.filter(name__in=[role.value for role in login.roles]))
        found[login.key] = user
    return found
