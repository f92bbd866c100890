"""A circuit breaker: who asks a server that is down hears so at once."""

import threading
import time
from collections.abc import Callable

_FAILURES = 3
_PAUSE_SECONDS = 3.0


class Breaker:
    """Open after some failures in a row; after a pause one caller tries for all."""

    def __init__(
        self,
        *,
        failures: int = _FAILURES,
        pause_seconds: float = _PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._pause = pause_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def lets_through(self) -> bool:
        with self._lock:
            if self._failures < self._most:
                return True
            now = self._clock()
            if now < self._closed_until:
                return False
            # The others wait for what this one meets.
            self._closed_until = now + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self._pause
