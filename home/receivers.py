"""What home listens to."""

from typing import Any

from django.apps import apps as installed
from django.contrib.contenttypes.models import ContentType

from home.actions import set_up_site


def set_up_site_after_migrate(**kwargs: Any) -> None:
    """Put our front page in the place of Wagtail's welcome page, once.

    On post_migrate, not in a migration: whichever order the apps migrate in,
    and in tests that skip migrations, the tree is complete by then.
    """
    # Flushing a database sends the signal as well, without the apps.
    apps = kwargs.get("apps", installed)
    # Migrating back past the page models leaves nothing to set up.
    if "home" in apps.all_models and "homepage" in apps.all_models["home"]:
        # A database that has just been emptied numbers its content types anew.
        ContentType.objects.clear_cache()
        set_up_site()
