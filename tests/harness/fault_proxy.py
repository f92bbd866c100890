"""A TCP proxy that stands before a server and has bad days on purpose. Loopback only.

    with FaultProxy(server_port) as proxy:
        proxy.fail(Fault.HANG)
        ...talk to proxy.port...

A fault holds for connections made afterwards; `refuse` closes the door itself.
"""

import contextlib
import socket
import struct
import threading
import time
from enum import StrEnum
from typing import Any

HOST = "127.0.0.1"
CHUNK = 4096
# Closing with this option sends a reset: nothing waits for what was still on its way.
RESET = struct.pack("ii", 1, 0)


class Fault(StrEnum):
    PASS = "pass"
    REFUSE = "refuse"  # nobody listens
    HANG = "hang"  # the connection is accepted, and nothing ever comes
    CUT = "cut"  # the answer breaks off after some bytes
    SLOW = "slow"  # every chunk waits


class FaultProxy:
    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.fault = Fault.PASS
        self.after_bytes = 0
        self.delay = 0.0
        self.port = 0
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()

    def __enter__(self) -> "FaultProxy":
        self._listen()
        return self

    def __exit__(self, *error: Any) -> None:
        self._close_door()
        self.cut_off()

    def fail(self, fault: Fault, *, after_bytes: int = 0, delay: float = 0.0) -> None:
        """Have this fault from now on."""
        self.fault, self.after_bytes, self.delay = fault, after_bytes, delay
        if fault is Fault.REFUSE:
            self._close_door()
        elif self._listener is None:
            self._listen()

    def cut_off(self) -> None:
        """End what is open: clients that keep connections would not notice the fault."""
        for connection in list(self._open):
            _shut(connection)
        self._open.clear()

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, self.port))
        listener.listen()
        self._listener, self.port = listener, listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def _close_door(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            # A shutdown wakes the thread that waits in accept; a mere close would not.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._open.add(client)
            if self.fault is not Fault.HANG:
                threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            server = socket.create_connection((HOST, self.server_port))
        except OSError:
            _shut(client)
            return
        self._open.add(server)
        threading.Thread(target=_copy, args=[client, server], daemon=True).start()
        left = self.after_bytes if self.fault is Fault.CUT else None
        _copy(server, client, left=left, delay=self.delay)


def _copy(
    source: socket.socket, target: socket.socket, *, left: int | None = None, delay: float = 0.0
) -> None:
    """Pass on what comes until one side ends, or until `left` bytes went through."""
    with contextlib.suppress(OSError):
        while left is None or left > 0:
            data = source.recv(CHUNK if left is None else min(CHUNK, left))
            if not data:
                break
            time.sleep(delay)
            target.sendall(data)
            left = None if left is None else left - len(data)
        if left == 0:
            target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    _shut(source)
    _shut(target)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
