"""What search says on screens."""

from django.utils.translation import gettext_lazy as _

from search.questions import Facet
from search.sources import all_sources

FACETS = {
    Facet.KIND: _("Kind of paper"),
    Facet.ORGANISATION: _("Organisation"),
    Facet.YEAR: _("Year"),
    Facet.TOPIC: _("Topic"),
    Facet.STATE: _("State of the paper"),
}


def kind_labels() -> dict[str, str]:
    return {source.kind: str(source.label) for source in all_sources()}


def state_labels() -> dict[str, str]:
    """The words for all states; chapters use the same word for the same value."""
    return {
        value: str(label)
        for source in all_sources()
        for value, label in source.state_labels.items()
    }
