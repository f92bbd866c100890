"""The negative control: the same site, where nobody waits for anybody."""

from tests.races.settings import *  # noqa: F403
from tests.races.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.races.unlocked"]
# On SQLite the lock is the transaction that begins as a writer.
DATABASES["default"].get("OPTIONS", {}).pop("transaction_mode", None)
