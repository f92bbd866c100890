"""Groups in the editor's forms are called what people call them."""

from django.contrib.auth.models import Group
from django.db import models
from django.forms import ModelChoiceField
from wagtail.admin.forms.models import register_form_field_override

from cms.accounts.wording import ROLE_LABELS

LABELS = {role.value: label for role, label in ROLE_LABELS.items()}


class GroupChoiceField(ModelChoiceField):
    """A group that stands for a role shows the role's name; any other one its own."""

    def label_from_instance(self, obj: Group) -> str:
        return str(LABELS.get(obj.name, obj.name))


def register() -> None:
    register_form_field_override(
        models.ForeignKey, to=Group, override={"form_class": GroupChoiceField}
    )
