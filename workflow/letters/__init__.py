"""Letters on their way: who is meant (calls), how soon (paces), in which words (writing)."""


def connect() -> None:
    """Let worker and timer find their parts; importing them registers the handlers."""
    from workflow.letters import digest, sending  # noqa: F401

    digest.connect()
