"""Main navigation, account links and the duties in the footer."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

# Places that are Wagtail pages below the front page, by their slugs.
CHAPTERS: dict[str, Promise] = {
    "vereinbarungen": _("Agreements"),
    "erklaerungen": _("Declarations"),
    "veranstaltungen": _("Events"),
    "veroeffentlichungen": _("Publications"),
    "mitglieder": _("Members"),
}
# What the front page says of each place; some of them are not in the main navigation.
PLACES: dict[str, tuple[Promise, Promise]] = {
    "vereinbarungen": (
        CHAPTERS["vereinbarungen"],
        _("What Land and municipalities have agreed on, from the first text to the one in force."),
    ),
    "erklaerungen": (
        CHAPTERS["erklaerungen"],
        _("Joint declarations with the register of those who have signed them."),
    ),
    "veranstaltungen": (
        CHAPTERS["veranstaltungen"],
        _("Network meetings, workshops and seminars: dates, programmes, registration."),
    ),
    "dokumentationen": (
        _("Documentations"),
        _("What came of conferences and meetings: findings, and concerns that are still open."),
    ),
    "veroeffentlichungen": (
        CHAPTERS["veroeffentlichungen"],
        _("Brochures, working aids, newsletters and results of surveys."),
    ),
    "netzwerke": (
        _("Networks"),
        _("Who works together here, with which formats and by which criteria."),
    ),
    "mitglieder": (
        CHAPTERS["mitglieder"],
        _("The directory of members, by kind and first letter."),
    ),
}
# BITV 2.0 § 7 and § 4, and what any German site owes its visitors.
DUTIES: dict[str, Promise] = {
    "barrierefreiheit": _("Accessibility statement"),
    "leichte-sprache": _("Easy language"),
    "gebaerdensprache": _("Sign language"),
    "impressum": _("Imprint"),
    "datenschutz": _("Privacy"),
}


@dataclass(frozen=True, slots=True)
class Link:
    label: str | Promise
    url: str
    # The page shown is this one, or lies below it.
    here: bool = False
    exact: bool = False
    text: str | Promise = ""


class Furniture:
    """The frame of one request's page: two queries for the links, whatever the content."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.demo = settings.DEMO

    @property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def navigation(self) -> list[Link]:
        chapters = [
            self._link(label, self._addresses[slug])
            for slug, label in CHAPTERS.items()
            if slug in self._addresses
        ]
        return [self._link(_("Search"), reverse("search")), *chapters]

    @cached_property
    def chapters(self) -> list[Link]:
        """The places of the house with a sentence on each, for the front page."""
        return [
            Link(label, self._addresses[slug], text=text)
            for slug, (label, text) in PLACES.items()
            if slug in self._addresses
        ]

    @cached_property
    def account(self) -> list[Link]:
        if not self.signed_in:
            return [self._link(_("Sign in"), reverse("account_login"))]
        links = [self._link(_("My tasks"), reverse("desk"))]
        if self.request.user.has_perm("wagtailadmin.access_admin"):
            links.append(self._link(_("Editing"), reverse("wagtailadmin_home")))
        return links

    @cached_property
    def duties(self) -> list[Link]:
        links = {
            slug: self._link(label, self._addresses[slug])
            for slug, label in DUTIES.items()
            if slug in self._addresses
        }
        report = self._link(_("Report a barrier"), reverse("report_barrier"))
        first = [links.pop("barrierefreiheit")] if "barrierefreiheit" in links else []
        return [*first, report, *links.values()]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """The address of each fixed page that exists and is public, by slug."""
        site = Site.find_for_request(self.request)
        if site is None:
            return {}
        fixed = Page.objects.child_of(site.root_page).live().filter(slug__in=[*PLACES, *DUTIES])
        return {page.slug: page.get_url(self.request) for page in fixed}

    def _link(self, label: str | Promise, url: str) -> Link:
        path = self.request.path
        return Link(label, url, here=path.startswith(url), exact=path == url)
