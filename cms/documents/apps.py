from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from cms.documents import extraction, grants, receivers, search, wording  # noqa: F401

        grants.register()
        receivers.connect()
        search.register()
