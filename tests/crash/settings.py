"""The whole site for workers that are killed: its journeys, its letters, an index of files."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import CELERY_BEAT_SCHEDULE, INSTALLED_APPS, env

VAR_DIR = env.path("UMLAUF_VAR")
MEDIA_ROOT = VAR_DIR("media")
SEARCH_INDEX_DIR = VAR_DIR("search")
INSTALLED_APPS = [*INSTALLED_APPS, "tests.harness.effects", "tests.crash.apps.CarelessConfig"]
globals().update(env.email_url("EMAIL_URL", default="consolemail://"))
# What falls due is looked for so often that a kill can come in the midst of it.
CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "due": {"task": "cms.core.tasks.run_due", "schedule": 1.0},
}
