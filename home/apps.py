from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from cms.networks.papers import register_open_page
        from home import outbox, receivers  # noqa: F401
        from home.models import HomePage

        register_open_page(HomePage)
        post_migrate.connect(receivers.set_up_site_after_migrate, sender=self)
