"""What an editor meets, grouped as an office thinks: what, when, who, state, filing."""

from typing import Any

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
PARTNER = [FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")])]


def _row(*names: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(name) for name in names])


def _filing_and_address() -> list[ObjectList]:
    return [
        ObjectList([attachments_panel()], heading=_("Files")),
        ObjectList([FieldPanel("origin"), filing_panel("network")], heading=_("Filing")),
        ObjectList([*Page.promote_panels, CommentPanel()], heading=_("Address")),
    ]


def _who() -> ObjectList:
    children: list[Any] = [
        FieldPanel("host"),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
        FieldPanel("programme"),
        FieldPanel("contact"),
    ]
    return ObjectList(children, heading=_("Who"))


def _announcement() -> MultiFieldPanel:
    return MultiFieldPanel(
        [_row("programme_state", "registration_state"), _row("announce_at", "announce_at_url")],
        heading=_("Programme and registration"),
        help_text=_("The page writes the right sentence for every combination of both."),
    )


def _picture() -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel("image"), FieldPanel("image_credit")], heading=_("Picture"))


SERIES = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                FieldPanel("subtitle"),
                MultiFieldPanel(
                    [_row("format", "addressed_to"), FieldPanel("focus"), FieldPanel("topics")],
                    heading=_("What and for whom"),
                ),
                FieldPanel("abstract"),
                FieldPanel("leading_questions"),
                _picture(),
            ],
            heading=_("Series"),
        ),
        _who(),
        ObjectList([_announcement()], heading=_("Programme and registration")),
        *_filing_and_address(),
    ]
)

EVENT = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                FieldPanel("subtitle"),
                MultiFieldPanel(
                    [
                        _row("kind", "number"),
                        _row("addressed_to", "focus"),
                        FieldPanel("topics"),
                    ],
                    heading=_("What and for whom"),
                ),
                FieldPanel("abstract"),
                FieldPanel("questions"),
                _picture(),
            ],
            heading=_("Event"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        _row("takes_place_on", "stated_weekday"),
                        _row("starts_at", "ends_at"),
                        _row("duration", "time_zone"),
                    ],
                    heading=_("When"),
                    help_text=_("What is not known stays empty. Nothing is guessed."),
                ),
                MultiFieldPanel([FieldPanel("place"), FieldPanel("online")], heading=_("Where")),
                MultiFieldPanel(
                    [FieldPanel("state"), _row("state_reason", "postponed_from")],
                    heading=_("State"),
                ),
            ],
            heading=_("Time and place"),
        ),
        _who(),
        ObjectList(
            [_announcement(), FieldPanel("registration_url")],
            heading=_("Programme and registration"),
        ),
        *_filing_and_address(),
    ]
)

FINDING = [FieldPanel("text"), _row("kind", "applies_to"), FieldPanel("evidence")]
QUOTE = [
    FieldPanel("text"),
    _row("speaker", "organisation"),
    FieldPanel("mail"),
    FieldPanel("released"),
]
UPTAKE = [FieldPanel("organisation")]
CONCERN = [
    FieldPanel("text"),
    _row("kind", "asked_by"),
    FieldPanel("formats"),
    _row("status", "due"),
    InlinePanel("uptakes", heading=_("Taken up by"), label=_("Organisation")),
    PageChooserPanel("result"),
    FieldPanel("result_note"),
]
DOCUMENTATION = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                PageChooserPanel("event", "events.EventPage"),
                MultiFieldPanel(
                    [_row("lead", "authors"), FieldPanel("documented_on"), FieldPanel("topics")],
                    heading=_("Responsible"),
                ),
                FieldPanel("summary"),
                FieldPanel("leading_questions"),
                FieldPanel("body"),
            ],
            heading=_("Documentation"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [_row("participants_total", "municipal_representatives", "municipalities")],
                    heading=_("Who took part"),
                    help_text=_("Numbers only. What is not known stays empty."),
                ),
                InlinePanel("findings", heading=_("Findings"), label=_("Finding")),
                InlinePanel(
                    "quotes",
                    heading=_("Quotations"),
                    label=_("Quotation"),
                    help_text=_("Only released quotations are shown."),
                ),
            ],
            heading=_("Findings"),
        ),
        ObjectList(
            [
                InlinePanel(
                    "concerns",
                    heading=_("Concerns"),
                    label=_("Concern"),
                    help_text=_("Wishes and follow-ups: who asked, who takes them up, until when."),
                )
            ],
            heading=_("Concerns"),
        ),
        *_filing_and_address(),
    ]
)
