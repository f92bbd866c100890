"""What an editor meets, grouped as an office thinks: what, text, imprint, filing."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from cms.core.papers import filing_panel
from cms.documents.panels import attachments_panel

INTRO = FieldPanel("intro")
EDITOR = [FieldPanel("organisation")]
CITATION = [PageChooserPanel("cited"), FieldPanel("text")]


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])


PUBLICATION = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                MultiFieldPanel(
                    [_row("kind", "issue"), _row("published_on", "language"), FieldPanel("topics")],
                    heading=_("What it is"),
                ),
                FieldPanel("summary"),
                FieldPanel("body"),
            ],
            heading=_("Publication"),
        ),
        ObjectList(
            [
                InlinePanel("editors", heading=_("Published by"), label=_("Organisation")),
                FieldPanel("authors"),
                MultiFieldPanel([_row("isbn", "doi")], heading=_("Numbers")),
                InlinePanel("citations", heading=_("Cites"), label=_("Source")),
            ],
            heading=_("Publication details"),
        ),
        ObjectList([attachments_panel()], heading=_("Files")),
        ObjectList([FieldPanel("origin"), filing_panel("network")], heading=_("Filing")),
        ObjectList([*Page.promote_panels, CommentPanel()], heading=_("Address")),
    ]
)
SURVEY = [
    MultiFieldPanel(
        [FieldPanel("title"), _row("network", "addressed_to"), FieldPanel("anonymous")],
        heading=_("Survey"),
    ),
    MultiFieldPanel(
        [_row("opens_on", "closes_on"), FieldPanel("state")], heading=_("Time and state")
    ),
    PageChooserPanel("results", "publications.PublicationPage"),
]
INFO_MAIL = [
    MultiFieldPanel(
        [_row("network", "issue"), FieldPanel("subject"), FieldPanel("topics")],
        heading=_("InfoMail"),
    ),
    MultiFieldPanel([_row("sent_on", "sent_to"), FieldPanel("recipients")], heading=_("Sent")),
    PageChooserPanel("archive_page", "publications.PublicationPage"),
]
