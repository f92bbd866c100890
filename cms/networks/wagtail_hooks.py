"""The registers in the editor's admin, grouped the way an office thinks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.networks.models import (
    CriteriaList,
    Mandate,
    Membership,
    NetworkFormat,
    NetworkOffice,
    NetworkProfile,
    Organisation,
    Person,
    Programme,
)

PERIOD = FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")])
SOURCE = MultiFieldPanel(
    [FieldPanel("source"), FieldPanel("certainty"), FieldPanel("note")],
    heading=_("Source"),
    help_text=_("Where this comes from, and whether it is stated there or inferred."),
)


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["__str__", "kind", "land"]
    list_filter = ["kind", "land"]
    search_fields = ["names__name", "key"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("kind"),
                FieldPanel("land"),
                FieldPanel("parent"),
                FieldRowPanel([FieldPanel("ags"), FieldPanel("ars")]),
                FieldRowPanel([FieldPanel("founded"), FieldPanel("dissolved")]),
                FieldPanel("note"),
            ],
            heading=_("Body"),
        ),
        InlinePanel(
            "names", min_num=1, heading=_("Names"), label=_("name"),
            help_text=_("All names with their time. Papers show the name valid on their day; "
                        "search finds the body under every name."),
        ),
        InlinePanel("relations", heading=_("Relations"), label=_("relation")),
        InlinePanel("details", heading=_("Details"), label=_("detail")),
        InlinePanel("figures", heading=_("Figures"), label=_("figure")),
        InlinePanel(
            "contacts", heading=_("Contact data"), label=_("contact"),
            help_text=_("Published only where marked so."),
        ),
    ]  # fmt: skip


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    list_display = ["__str__"]
    search_fields = ["last_name", "first_name"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldRowPanel(
                    [FieldPanel("title"), FieldPanel("first_name"), FieldPanel("last_name")]
                ),
                FieldPanel("account"),
            ],
            heading=_("Person"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("mail"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("publish_contact"), FieldPanel("delete_on")]),
            ],
            heading=_("Contact data"),
        ),
        InlinePanel("posts", heading=_("Posts"), label=_("post")),
    ]


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "link"
    list_display = ["organisation", "network", "status", "starts", "ends"]
    list_filter = ["network", "status"]
    panels = [
        FieldPanel("network"),
        FieldPanel("organisation"),
        FieldPanel("status"),
        PERIOD,
        FieldPanel("basis"),
        SOURCE,
    ]


class NetworkProfileViewSet(SnippetViewSet):
    model = NetworkProfile
    icon = "globe"
    panels = [
        FieldPanel("network"),
        MultiFieldPanel(
            [
                FieldPanel("stated_members"),
                FieldPanel("register_complete"),
                FieldPanel("member_kinds"),
                FieldPanel("further_members"),
                FieldPanel("membership_fee"),
            ],
            heading=_("Members"),
        ),
        SOURCE,
    ]


class MandateViewSet(SnippetViewSet):
    model = Mandate
    icon = "clipboard-list"
    list_display = ["__str__", "starts", "ends"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("mandator"),
                FieldPanel("holder"),
                PERIOD,
                FieldPanel("predecessor"),
                FieldPanel("basis"),
            ],
            heading=_("Mandate"),
        ),
        MultiFieldPanel(
            [FieldPanel("audience_text"), FieldPanel("services"), FieldPanel("cost_for_members")],
            heading=_("Services"),
        ),
        SOURCE,
    ]


class ProgrammeViewSet(SnippetViewSet):
    model = Programme
    icon = "folder-open-inverse"
    list_display = ["title", "kind", "owner"]
    search_fields = ["title"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("title"),
                FieldPanel("kind"),
                FieldPanel("owner"),
                FieldPanel("funder"),
                PERIOD,
            ],
            heading=_("Programme"),
        ),
        FieldPanel("theme"),
        FieldPanel("purpose"),
        SOURCE,
    ]


class CriteriaViewSet(SnippetViewSet):
    model = CriteriaList
    icon = "list-ol"
    panels = [
        FieldPanel("network"),
        FieldRowPanel([FieldPanel("version"), FieldPanel("valid_from")]),
        InlinePanel("criteria", heading=_("Criteria"), label=_("criterion")),
    ]


class FormatViewSet(SnippetViewSet):
    model = NetworkFormat
    icon = "calendar-alt"
    list_display = ["title", "network"]
    panels = [
        FieldPanel("network"),
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("times"), FieldPanel("per")]),
                FieldPanel("irregular"),
            ],
            heading=_("Rhythm"),
        ),
        FieldPanel("audience_text"),
        FieldPanel("internal"),
        FieldPanel("contents"),
        FieldPanel("order"),
    ]


class OfficeViewSet(SnippetViewSet):
    model = NetworkOffice
    icon = "crosshairs"
    list_display = ["title", "network"]
    panels = [
        FieldPanel("network"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("elected_by"), FieldPanel("seats")]),
        FieldPanel("duties"),
    ]


class RegisterGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "group"
    menu_order = 200
    items = (
        OrganisationViewSet,
        PersonViewSet,
        MembershipViewSet,
        MandateViewSet,
        ProgrammeViewSet,
        NetworkProfileViewSet,
        FormatViewSet,
        OfficeViewSet,
        CriteriaViewSet,
    )


register_snippet(RegisterGroup)
