from django.apps import AppConfig


class EffectsConfig(AppConfig):
    name = "tests.harness.effects"
    label = "effects"

    def ready(self) -> None:
        from tests.harness.effects import handler  # noqa: F401  (registers itself)
