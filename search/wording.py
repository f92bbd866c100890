"""What search says on screens."""

from django.utils.translation import gettext_lazy as _

from search.explaining import Why
from search.questions import Facet
from search.relevance import Field
from search.sources import all_sources

FACETS = {
    Facet.KIND: _("Kind of paper"),
    Facet.ORGANISATION: _("Organisation"),
    Facet.YEAR: _("Year"),
    Facet.TOPIC: _("Topic"),
    Facet.STATE: _("State of the paper"),
}

FIELDS = {
    Field.TITLE: _("Title"),
    Field.BODY: _("Text"),
    Field.NAMES: _("Names and topics"),
    Field.FILES: _("File names"),
    Field.EXACT: _("All words as spelt"),
    Field.REFERENCE: _("Reference number"),
}
WHY = {
    Why.WORD: _("the word itself, in any form"),
    Why.PART: _("a part of the compound"),
    Why.SMALLER_PART: _("a smaller part of the compound"),
    Why.SAID_OTHERWISE: _("the long or the short form"),
    Why.AS_TYPED: _("the word as it is spelt in the question"),
    Why.PARTS_NEAR: _("the parts turned round, close together"),
    Why.WORDS_NEAR: _("two words of the question, close together"),
    Why.REFERENCE: _("the reference number"),
    Why.BEGINNING: _("a word that begins so"),
    Why.PHRASE: _("the words in quotation marks"),
    Why.FEEDBACK: _("a word that the best passages share"),
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
