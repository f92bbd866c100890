"""A mail server on loopback that delivers to nobody and counts what it accepted."""

import socketserver
import threading
from collections import Counter
from email import message_from_bytes
from email.policy import default
from typing import Any


class MailSink:
    """`with MailSink() as sink:` give `sink.url` as EMAIL_URL.

    `sink.accepted` counts letters by whom they are to and what they say: a letter
    that is written twice is sent under two Message-IDs.
    """

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self._lock = threading.Lock()
        sink = self

        class Dialogue(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                _converse(self, sink)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 50

        self._server = Server(("127.0.0.1", 0), Dialogue)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "MailSink":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

    def accept(self, message: bytes) -> None:
        with self._lock:
            self.accepted[_gist(message_from_bytes(message, policy=default))] += 1


def _gist(letter: Any) -> str:
    text = letter.get_body(("plain",))
    return "\n".join((str(letter["To"]), str(letter["Subject"]), text.get_content()))


def _converse(dialogue: socketserver.StreamRequestHandler, sink: MailSink) -> None:
    """Speak as much of SMTP as Python's client needs; a message counts when it is complete."""
    say = dialogue.wfile.write
    try:
        say(b"220 sink\r\n")
        while line := dialogue.rfile.readline():
            match line[:4].upper():
                case b"DATA":
                    say(b"354 go on\r\n")
                    if (message := _message(dialogue)) is None:
                        return
                    sink.accept(message)
                    say(b"250 kept\r\n")
                case b"QUIT":
                    say(b"221 bye\r\n")
                    return
                case _:
                    say(b"250 ok\r\n")
    except ConnectionError:
        # The other side was killed in the middle of a sentence; that is what we are here for.
        return


def _message(dialogue: socketserver.StreamRequestHandler) -> bytes | None:
    """Return a message that was sent to its end; None when the line broke before."""
    lines: list[bytes] = []
    while line := dialogue.rfile.readline():
        if line == b".\r\n":
            return b"".join(lines)
        lines.append(line)
    return None
