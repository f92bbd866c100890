from collections.abc import Callable

import pytest
from django.test import Client

from cms.accounts.models import User


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a browser in which somebody is signed in."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser
