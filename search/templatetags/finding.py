"""What search adds to the pages of others."""

from typing import Any

from django import template
from django.db.models import Model

from search import asking
from search.sources import key_for, whole_id
from search.wording import kind_labels

register = template.Library()


@register.inclusion_tag("search/within.html")
def search_within(kind: str, pk: int, label: str) -> dict[str, str]:
    """A field that searches the parts of one whole, see `search.sources.register_whole`."""
    return {"within": whole_id(kind, pk), "label": label}


@register.inclusion_tag("search/related.html", takes_context=True)
def related_papers(context: dict[str, Any], record: Model) -> dict[str, Any]:
    """List papers near this one, of those that its reader may see."""
    user = context["request"].user
    kinds = kind_labels()
    hits = asking.related_to(key_for(record), user=user)
    return {"related": [(hit, kinds.get(hit.kind, "")) for hit in hits]}
