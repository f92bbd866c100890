"""The site of the races: what tests use, with a folder that is given from outside."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import INSTALLED_APPS, env

# Takes guards away, when a negative control says so.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.races.unguarded"]

VAR_DIR = env.path("UMLAUF_VAR")
MEDIA_ROOT = VAR_DIR("media")
SEARCH_INDEX_DIR = VAR_DIR("search")
