"""What home listens to."""

from typing import Any

from home.actions import set_up_site


def set_up_site_after_migrate(**kwargs: Any) -> None:
    """Put our front page in the place of Wagtail's welcome page, once.

    On post_migrate, not in a migration: whichever order the apps migrate in,
    and in tests that skip migrations, the tree is complete by then.
    """
    apps = kwargs["apps"]
    # Migrating back past the page models leaves nothing to set up.
    if "home" in apps.all_models and "homepage" in apps.all_models["home"]:
        set_up_site()
