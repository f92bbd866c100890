"""Just the ground and one effect: workers that start in a second."""

from cms.settings.base import *  # noqa: F403

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
