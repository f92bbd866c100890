from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = _("Journeys")

    def ready(self) -> None:
        from workflow import letters, receivers

        receivers.connect(self)
        letters.connect()
