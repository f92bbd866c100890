from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "cms.archive"
    label = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from cms.archive import grants, receivers, search

        grants.register()
        receivers.connect()
        search.register()
