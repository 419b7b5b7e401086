"""Servers with wrong certificates, made for these tests; `root.pem` is trusted by the process that asks."""

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

CERTIFICATES = Path(__file__).parent / "certificates"
ASK = """
import asyncio, json, sys
from svwatch.crawl.fetch import Fetcher, FetchPolicy
from svwatch.errors import FetchError

async def said(url):
    policy = FetchPolicy("svwatch/0", 0.0, 0.0, allow_private_hosts=("localhost",), respects_robots=False)
    async with Fetcher(policy) as fetcher:
        try:
            return (await fetcher.get(url)).body.decode()
        except FetchError as error:
            return str(error)

print(json.dumps([asyncio.run(said(url)) for url in sys.argv[1:]]))
"""


class Greeting(BaseHTTPRequestHandler):
    """Says hello."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


class Tls(ThreadingHTTPServer):
    """Does not tell of visitors that leave in the middle of a handshake, as they should."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Keep test output clean."""


@pytest.fixture
def urls() -> Iterator[dict[str, str]]:
    """The address of a server for each certificate."""
    servers: dict[str, Tls] = {}
    for name in ("good", "expired", "other", "self"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATES / f"{name}.pem")
        servers[name] = Tls(("127.0.0.1", 0), Greeting)
        servers[name].socket = context.wrap_socket(servers[name].socket, server_side=True)
        Thread(target=servers[name].serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield {name: f"https://localhost:{server.server_port}/" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


def test_R33_a_wrong_certificate_is_refused_and_what_is_wrong_is_named(urls: dict[str, str]) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *urls.values()],
        env={"SSL_CERT_FILE": str(CERTIFICATES / "root.pem")},
        stdout=subprocess.PIPE,
        check=True,
        timeout=30,
    )
    said = dict(zip(urls, json.loads(asked.stdout), strict=True))
    assert said["good"] == "hello"
    assert "the certificate of localhost" in said["expired"]
    assert "expired" in said["expired"]
    assert "certificate is not valid for 'localhost'" in said["other"]
    assert "self-signed certificate" in said["self"]
