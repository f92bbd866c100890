"""The site of the races: what tests use, with a folder that is given from outside."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import env

VAR_DIR = env.path("UMLAUF_VAR")
MEDIA_ROOT = VAR_DIR("media")
SEARCH_INDEX_DIR = VAR_DIR("search")
