"""Whether the parts of the installation are fine, for machines that ask."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection

from cms.core.checks import outbox_age
from cms.core.doctor import Finding
from search.health import examine_quickly as index

log = logging.getLogger("umlauf.health")

# The quick ones of the doctor's checks: this door is open to everybody, and
# reading the whole trail at a stranger's wish would be a gift to attackers.
PARTS: dict[str, Callable[[], Finding]] = {"outbox": outbox_age, "index": index}


def state_of_health() -> dict[str, Finding]:
    """Ask the database first; without it the other checks could only fail too."""
    if not _database_answers():
        return {"database": Finding(False, "")}
    findings = {name: check() for name, check in PARTS.items()}
    for name, finding in findings.items():
        if not finding.ok:
            log.warning("%s: %s %s", name, finding.message, finding.remedy)
    return {"database": Finding(True, ""), **findings}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.error("the database does not answer: %s", error)
        return False
    return True
