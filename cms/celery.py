"""The Celery application: a bell that wakes the drainer, never the truth.

What is due stands in the outbox (see cms.core.outbox); a lost message costs at
most the seconds until the next tick.
"""

import os

from celery import Celery

from cms.core import bell

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

bell.hang()
app = Celery("umlauf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
