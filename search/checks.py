"""What is found at the start: an index in a folder that several hosts use."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from search.engines.embedded.layout import Layout


@checks.register()
def check_one_host(**kwargs: Any) -> list[checks.CheckMessage]:
    """The embedded engine's lock and memory maps hold on one machine only."""
    if settings.ELASTICSEARCH_URL:
        return []
    hosts = Layout(settings.SEARCH_INDEX_DIR).other_hosts()
    if not hosts:
        return []
    message = (
        f"The search index in {settings.SEARCH_INDEX_DIR} was used by other hosts within a day: "
        f"{', '.join(hosts)}. The embedded engine serves one machine."
    )
    hint = "Set ELASTICSEARCH_URL. If those hosts are gone, this warning goes within a day."
    return [checks.Warning(message, hint=hint, id="search.W001")]


@checks.register()
def check_addresses(**kwargs: Any) -> list[checks.CheckMessage]:
    """An address that leads nowhere is found at the start, not with the first question."""
    return [
        checks.Error(
            f"ELASTICSEARCH_URL holds “{url}”, which is no address of a server.",
            hint="Write scheme, host and port: https://search.example.org:9200",
            id="search.E001",
        )
        for url in settings.ELASTICSEARCH_URL
        if not _is_whole(url)
    ]


def _is_whole(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.scheme in ("http", "https") and parts.hostname and parts.port)
    except ValueError:
        return False
