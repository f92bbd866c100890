from cms.core.models.outbox import OutboxRow
from cms.core.models.trail import TrailEntry, TrailHead, TrailName

__all__ = ["OutboxRow", "TrailEntry", "TrailHead", "TrailName"]
