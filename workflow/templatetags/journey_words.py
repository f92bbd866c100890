"""What templates of the review page need beside Django's own filters."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """Return the value for a key that a template knows only by a variable; "" without one."""
    return values.get(key, "")
