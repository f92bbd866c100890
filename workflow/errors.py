from django.core.exceptions import PermissionDenied

from cms.core.refusals import Refused


class WorkflowError(Exception):
    """Root of what can go wrong in this package."""


class JourneyRefused(Refused, PermissionDenied, WorkflowError):
    """A rule said no; nothing has been written.

    It is a PermissionDenied too, so that Wagtail's own views answer it with
    their usual message instead of an error page.
    """


class BrokenRoute(WorkflowError):
    """A route's definition cannot be used; `.faults` says why, one sentence each."""

    def __init__(self, source: str, faults: list[str]) -> None:
        super().__init__(f"{source}: " + " ".join(faults))
        self.source = source
        self.faults = faults
