from collections.abc import Iterator
from typing import Any

import pytest

from tests.races.site import RacingSite, racing_site


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RacingSite]:
    folder = tmp_path_factory.mktemp("races")
    with django_db_blocker.unblock(), racing_site(folder) as site:
        yield site
