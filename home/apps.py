from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home import outbox, receivers  # noqa: F401

        post_migrate.connect(receivers.set_up_site_after_migrate, sender=self)
