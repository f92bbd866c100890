"""Just the ground and some effects: workers that start in a second."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import CELERY_BEAT_SCHEDULE

SECRET_KEY = "only-for-tests"
INSTALLED_APPS = [
    "cms.core",
    "tests.harness.effects",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
AUTH_USER_MODEL = "auth.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.harness.settings"
urlpatterns: list[object] = []
MIGRATION_MODULES = {"effects": None}
# What falls due is looked for so often that a kill can come in the midst of it.
CELERY_BEAT_SCHEDULE = {
    **CELERY_BEAT_SCHEDULE,
    "due": {"task": "cms.core.tasks.run_due", "schedule": 1.0},
}
