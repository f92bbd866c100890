from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "cms.networks"
    label = "networks"
    verbose_name = "Networks"

    def ready(self) -> None:
        from cms.networks import grants, receivers, search, wording  # noqa: F401

        grants.register()
        receivers.connect()
        search.register()
