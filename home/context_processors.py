"""What every page shows around its content."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.navigation import Furniture


def site_furniture(request: HttpRequest) -> dict[str, object]:
    """Give templates `furniture`: computed on first use, once per request."""
    if not hasattr(request, "_umlauf_furniture"):
        request._umlauf_furniture = SimpleLazyObject(lambda: Furniture(request))  # type: ignore[attr-defined]
    return {"furniture": request._umlauf_furniture}  # type: ignore[attr-defined]
