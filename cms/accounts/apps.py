from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from cms.accounts import forms, grants
        from cms.accounts.actions import set_up_roles

        forms.register()
        grants.register()
        post_migrate.connect(set_up_roles, sender=self)
