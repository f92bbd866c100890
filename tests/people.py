"""Three people in every test: Alma leads, Bruno checks, Cem is from elsewhere.

Alma writes in the editors' office. Bruno reviews and never writes. Cem has an
account and a post in another municipality; nothing here is meant for him.
"""

from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.roles import Role

PASSWORD = "a long walk along the river"


def account(name: str, *roles: Role, superuser: bool = False) -> User:
    first, _, last = name.partition(" ")
    mail = f"{first}@example.org".lower()
    user = User.objects.filter(email=mail).first() or User.objects.create_user(
        mail, PASSWORD, first_name=first, last_name=last, is_superuser=superuser
    )
    user.groups.add(*Group.objects.filter(name__in=[role.value for role in roles]))
    return user


def alma() -> User:
    return account("Alma Ahrens", Role.EDITORS)


def bruno() -> User:
    return account("Bruno Behrend", Role.REVIEWERS)


def cem() -> User:
    return account("Cem Cetin", Role.MEMBERS)


def minister() -> User:
    return account("Mona Marquardt", Role.MINISTRY)


def admin() -> User:
    return account("Ada Adler", superuser=True)
