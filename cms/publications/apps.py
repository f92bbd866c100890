from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "cms.publications"
    label = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from cms.publications import grants, receivers, search, subjects, wording

        wording.register()
        grants.register()
        search.register()
        subjects.register()
        receivers.connect()
