"""The whole site for workers under test, on the engine that the environment names."""

from tests.crash.settings import *  # noqa: F403
from tests.crash.settings import env

ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=[])
