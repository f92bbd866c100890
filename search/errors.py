"""What can go wrong in search."""


class SearchError(Exception):
    """The root of all errors of this package."""


class EngineUnavailable(SearchError):
    """The index cannot be reached: doors show a notice instead, changes wait."""


class EngineBusy(SearchError):
    """Somebody else writes; the rows wait for the next turn."""


class EngineOutdated(EngineUnavailable):
    """The index was built for another version of this software; rebuild_index is due."""
