from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Ground"

    def ready(self) -> None:
        from cms.core import checks, wagtail_jobs  # noqa: F401  (they register themselves)
