"""Tests: the same code paths, fast hashes, nothing outside a folder of its own."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, MIDDLEWARE, env

SECRET_KEY = "only-for-tests"
VAR_DIR = Path(tempfile.mkdtemp(prefix="umlauf-tests-"))
INSTALLED_APPS = [*INSTALLED_APPS, "tests.stand_ins"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = []
MIDDLEWARE = [line for line in MIDDLEWARE if "whitenoise" not in line]
MEDIA_ROOT = VAR_DIR / "media"
SEARCH_INDEX_DIR = VAR_DIR / "search"
# The server is shared by all tests; those that need it make indexes of their own.
ELASTICSEARCH_URL = []
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "CELERY_BROKER_URL" not in env.ENVIRON:
    # Everyday tests ring no bell; the queue's own tests start real workers.
    CELERY_BROKER_URL = "memory://"
