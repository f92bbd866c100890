"""A server behind TLS that asks who is there, as Elasticsearch with its security on does."""

import base64
import datetime
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD, API_KEY = "umlauf", "vier Segel", "c2Vjb25k"
_KNOWN = {"ApiKey " + API_KEY, "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()}


class _Gate(ThreadingHTTPServer):
    def __init__(self, behind: str, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = urlsplit(behind).netloc
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """Who does not trust the certificate hangs up: that is what tests look for."""


class _Handler(BaseHTTPRequestHandler):
    server: _Gate
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") not in _KNOWN:
            self.reply(401, "application/json", b"{}")
            return
        server = HTTPConnection(self.server.behind, timeout=10)
        kept = ("Content-Type", "Accept")
        headers = {name: self.headers[name] for name in kept if name in self.headers}
        server.request(self.command, self.path, body, headers)
        found = server.getresponse()
        self.reply(found.status, found.getheader("Content-Type", ""), found.read())
        server.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

    def reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        """Tests want no lines of it."""


@contextmanager
def tls_gate(behind: str, certificate: Path) -> Iterator[str]:
    """Give the address of a gate before a server; ``certificate`` holds its key as well."""
    with _Gate(behind, certificate) as gate:
        threading.Thread(target=gate.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{gate.server_port}"
        gate.shutdown()


def own_certificate(path: Path) -> Path:
    """Write a certificate for this machine, signed by itself, with its key behind it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "search.example.org")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path
