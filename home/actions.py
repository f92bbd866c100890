"""What home itself changes: the root of the site, and reports of barriers."""

from uuid import uuid4

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cms.core import outbox
from home.models import HomePage

WELCOME_SLUG = "home"


@transaction.atomic
def set_up_site() -> HomePage:
    """Make sure that the site's root is a HomePage; does nothing when it is."""
    existing = HomePage.objects.order_by("path").first()
    if existing:
        return existing

    root = Page.get_first_root_node() or _plant_root()
    welcome = root.get_children().filter(slug=WELCOME_SLUG).first()
    page = HomePage(title="Umlauf", slug="start")
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": page, "hostname": "localhost", "site_name": "Umlauf"},
    )
    # Wagtail's own welcome page; whatever an editor made of it stays.
    if welcome and welcome.specific_class in (Page, None) and welcome.is_leaf():
        welcome.delete()
    Site.clear_site_root_paths_cache()
    return page


def _plant_root() -> Page:
    """Return a new root: databases made without migrations have none."""
    language = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]
    locale, _made = Locale.objects.get_or_create(language_code=language)
    return Page.add_root(title="Root", slug="root", locale=locale)


@transaction.atomic
def report_barrier(*, address: str, description: str, reply_to: str) -> None:
    """Send the report to the office; only the outbox keeps it, until it is sent."""
    outbox.put(
        "home.barrier_report",
        uuid4().hex,
        {"address": address, "description": description, "reply_to": reply_to},
    )
