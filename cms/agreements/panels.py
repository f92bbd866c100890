"""What an editor meets, grouped as an office thinks: what, who, text, dates, filing."""

from django.forms import Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from cms.core.papers import filing_panel
from cms.documents.panels import attachments_panel

INTRO = FieldPanel("intro")


def _promotion(*more: Panel) -> ObjectList:
    return ObjectList([*Page.promote_panels, *more], heading=_("Address"))


STANDING_PARTY = [FieldPanel("organisation"), FieldPanel("capacity")]
SERIES_RELATION = [PageChooserPanel("other"), FieldPanel("kind"), FieldPanel("note")]
SERIES = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                MultiFieldPanel(
                    [FieldPanel("kind"), FieldPanel("subject"), FieldPanel("basis_of")],
                    heading=_("What it is about"),
                ),
                InlinePanel("standing_parties", heading=_("Standing parties"), label=_("Party")),
            ],
            heading=_("Series"),
        ),
        ObjectList(
            [
                FieldPanel("editors_note"),
                InlinePanel(
                    "relations",
                    heading=_("Related series"),
                    label=_("Series"),
                    help_text=_(
                        "Series are never merged. If it is not known how two belong together,"
                        " say so here."
                    ),
                ),
            ],
            heading=_("Notes and relations"),
        ),
        _promotion(CommentPanel()),
    ]
)

PARTY = [
    FieldPanel("organisation"),
    FieldRowPanel([FieldPanel("capacity"), FieldPanel("side")]),
    FieldRowPanel([FieldPanel("approval_status"), FieldPanel("signature_status")]),
    FieldRowPanel([FieldPanel("signatory"), FieldPanel("signed_on")]),
]
AGREEMENT = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("number"), FieldPanel("origin")]),
                        FieldPanel("state"),
                        FieldPanel("topics"),
                    ],
                    heading=_("Place in the series"),
                ),
                InlinePanel(
                    "parties",
                    heading=_("Parties"),
                    label=_("Party"),
                    help_text=_("At least two before the draft goes to review."),
                ),
            ],
            heading=_("Agreement"),
        ),
        ObjectList(
            [FieldPanel("preamble"), FieldPanel("body")],
            heading=_("Text"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("concluded_on"),
                        FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_to")]),
                        FieldRowPanel([FieldPanel("source"), FieldPanel("certainty")]),
                        FieldPanel("note"),
                    ],
                    heading=_("Term"),
                    help_text=_("What is not known stays empty. Nothing is guessed."),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel(
                            [FieldPanel("renewal_mode"), FieldPanel("notice_period_months")]
                        ),
                        PageChooserPanel("renews", "agreements.AgreementPage"),
                        FieldPanel("amends"),
                    ],
                    heading=_("Renewal"),
                ),
            ],
            heading=_("Term and renewal"),
        ),
        ObjectList([attachments_panel()], heading=_("Files")),
        ObjectList([filing_panel("network")], heading=_("Filing")),
        _promotion(CommentPanel()),
    ]
)

DECLARATION_TEXT = [
    FieldRowPanel([FieldPanel("number"), FieldPanel("adopted_on")]),
    FieldPanel("binding_for"),
    FieldPanel("preamble"),
    FieldPanel("body"),
]
DECLARATION = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                MultiFieldPanel(
                    [FieldPanel("summary"), FieldPanel("basis_of"), FieldPanel("topics")],
                    heading=_("What it is about"),
                ),
                FieldPanel("editors_note"),
            ],
            heading=_("Declaration"),
        ),
        ObjectList(
            [
                InlinePanel(
                    "texts",
                    heading=_("Text versions"),
                    label=_("Text version"),
                    help_text=_("Do not change a text that has been signed: add a new version."),
                )
            ],
            heading=_("Text"),
        ),
        ObjectList(
            [
                HelpPanel(
                    heading=_("Rounds and signatures"),
                    content=_(
                        "Signing rounds and their signatures are kept in the menu “Signing”;"
                        " the register is made of them."
                    ),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("opened_on"),
                        FieldPanel("closed_for_accession"),
                        FieldPanel("rhythm_note"),
                    ],
                    heading=_("Signing"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("stated_total"),
                        FieldPanel("stated_total_note"),
                        FieldPanel("register_complete"),
                    ],
                    heading=_("Number of signatories"),
                ),
            ],
            heading=_("Signatories"),
        ),
        ObjectList([attachments_panel()], heading=_("Files")),
        ObjectList([FieldPanel("origin"), filing_panel("network")], heading=_("Filing")),
        _promotion(CommentPanel()),
    ]
)

ACCESSION = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                MultiFieldPanel(
                    [FieldPanel("organisation"), FieldPanel("contact"), FieldPanel("resolution")],
                    heading=_("Who accedes"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("text_version", widget=Select),
                        FieldRowPanel(
                            [FieldPanel("signing_round", widget=Select), FieldPanel("proposed_on")]
                        ),
                    ],
                    heading=_("To what, and when"),
                    help_text=_("Round and date are a proposal; the office assigns the round."),
                ),
            ],
            heading=_("Accession"),
        ),
        ObjectList(
            [
                FieldPanel("criteria_list", widget=Select),
                FieldPanel(
                    "statements",
                    help_text=_(
                        "One for each criterion. A draft may have gaps; before it is submitted"
                        " each needs an answer and a sentence that can be checked."
                    ),
                ),
            ],
            heading=_("Criteria"),
        ),
        ObjectList([attachments_panel()], heading=_("Files")),
        ObjectList([FieldPanel("origin"), filing_panel("network")], heading=_("Filing")),
        _promotion(CommentPanel()),
    ]
)

SIGNATURE = [
    FieldPanel("organisation"),
    FieldRowPanel([FieldPanel("signatory"), FieldPanel("capacity")]),
    FieldRowPanel([FieldPanel("status"), FieldPanel("signed_on"), FieldPanel("channel")]),
    FieldPanel("acts_on_behalf_of"),
    FieldPanel("evidence"),
    FieldRowPanel([FieldPanel("withdrawn_on"), FieldPanel("withdrawal_reason")]),
]
SIGNATORY_COUNT = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("count")]),
    FieldPanel("note"),
]
SIGNING_ROUND = [
    MultiFieldPanel(
        [
            PageChooserPanel("declaration", "agreements.DeclarationPage"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("kind")]),
            FieldPanel("title"),
            FieldPanel("text_version"),
        ],
        heading=_("Round"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("window_from"), FieldPanel("window_to")]),
            FieldRowPanel([FieldPanel("ceremony"), FieldPanel("place")]),
            FieldPanel("status"),
        ],
        heading=_("Time and place"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("source"), FieldPanel("certainty")]), FieldPanel("note")],
        heading=_("Where this is known from"),
    ),
    InlinePanel("signatures", heading=_("Signatures"), label=_("Signature")),
    InlinePanel(
        "unnamed",
        heading=_("Signatories known by number only"),
        label=_("Known number"),
        help_text=_("For example ten municipalities whose names the source does not give."),
    ),
]
