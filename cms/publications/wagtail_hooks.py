"""Surveys and InfoMails in the editor's admin: records beside the publications."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.publications.models import InfoMail, Survey


class SurveyViewSet(SnippetViewSet):
    model = Survey
    icon = "form"
    menu_label = _("Surveys")
    list_display = ["title", "network", "state", "opens_on", "closes_on"]
    list_filter = ["state", "network"]
    search_fields = ["title"]


class InfoMailViewSet(SnippetViewSet):
    model = InfoMail
    icon = "mail"
    menu_label = _("InfoMails")
    list_display = ["issue", "subject", "network", "sent_on"]
    list_filter = ["network"]
    search_fields = ["issue", "subject", "topics"]


class NetworkNewsViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Surveys and InfoMails")
    menu_icon = "mail"
    menu_order = 330
    items = (SurveyViewSet, InfoMailViewSet)


register_snippet(NetworkNewsViewSetGroup)
