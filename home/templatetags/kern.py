"""Django's form fields in KERN's classes."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CLASSES = {"checkbox": "kern-form-check__checkbox", "select": "kern-form-input__select"}


@register.filter
def kern_widget(field: BoundField) -> SafeString:
    """Render the widget with the class KERN knows it by."""
    kern = CLASSES.get(field.widget_type, "kern-form-input__input")
    own = field.field.widget.attrs.get("class", "")
    # The label says it already, and stays when somebody has begun to type.
    return field.as_widget(attrs={"class": f"{kern} {own}".strip(), "placeholder": False})
