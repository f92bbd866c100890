"""The ground, search, and papers to find: processes that start in a second."""

from tests.harness.settings import *  # noqa: F403
from tests.harness.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "search", "tests.search.proofs.papers"]
MIGRATION_MODULES = {"effects": None, "papers": None}
