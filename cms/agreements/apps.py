from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "cms.agreements"
    label = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from cms.agreements import grants, receivers, search, subjects, wording

        wording.register()
        grants.register()
        search.register()
        subjects.register()
        receivers.connect()
