"""What can go wrong while the demo is loaded."""


class DemoError(Exception):
    """Root of what this package raises."""


class UnknownKey(DemoError):
    """The demo's data name a body that they do not describe: a slip in the data."""
