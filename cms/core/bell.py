"""The filesystem transport of the embedded queue, forgiving about torn messages.

A worker may move a message away while its writer is still at it and then reads
half of it; kombu's transport would end the worker. Our messages only wake the
drainer, so a torn one is dropped: the timer rings again within seconds.
"""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.transport.virtual import Empty

ALIAS = "filesystem"


class Channel(filesystem.Channel):
    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError:
            raise Empty from None


class Transport(filesystem.Transport):
    Channel = Channel


def hang() -> None:
    """Make `filesystem://` mean this transport."""
    TRANSPORT_ALIASES[ALIAS] = f"{__name__}:Transport"
