"""Checks that `manage.py doctor` and the health page run, one line each."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw. `remedy` says what to do when it is not fine."""

    ok: bool
    message: str
    remedy: str = ""


_checks: dict[str, Callable[[], Finding]] = {}


def register(name: str, check: Callable[[], Finding]) -> None:
    _checks[name] = check


def examine() -> dict[str, Finding]:
    """Run every check. One that breaks is itself a finding, not a crash."""
    return {name: _guarded(check) for name, check in _checks.items()}


def _guarded(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Exception as error:  # the doctor must finish the round whatever a check meets
        return Finding(False, f"{type(error).__name__}: {error}", "See the log for details.")
