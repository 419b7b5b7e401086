"""A small site on loopback, and workspaces that watch it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import cast
from xml.sax.saxutils import escape
from zlib import crc32

import pytest

from svwatch.records import Source

from .commands import Ended, call, lay

DEAL = (
    "Bury council has signed a safety valve agreement worth £20m with the Department for Education over its deficit on "
    "special educational needs. The council will have to bring its dedicated schools grant back into balance by 2029. "
)
TEXT = DEAL + (
    "Cabinet members heard that the overspend on children with education, health and care plans had grown each year. "
    "Parents who came to the town hall said that they had not been asked. The leader said that talks had been long."
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><header><a href="/">Home</a></header>
<main><article><h1>{title}</h1><p>{text}</p></article></main></body></html>"""
HOSTILE = "=Bury red deal \x9b2J \u202e"


@dataclass(slots=True)
class Site:
    """A web site of one feed: `titles` by path are its articles; asked for a path in `slow`, it waits for `go`.

    `validators` are the If-None-Match headers its feed was asked with.
    """

    base: str
    titles: dict[str, str] = field(default_factory=lambda: {"/a": "Bury signs a deal"})
    status: int = 200
    slow: frozenset[str] = frozenset()
    asked: Event = field(default_factory=Event)
    go: Event = field(default_factory=Event)
    validators: list[str | None] = field(default_factory=list)
    opened: str = field(default_factory=lambda: format_datetime(datetime.now(UTC) - timedelta(hours=1)))

    @property
    def source(self) -> Source:
        """The site as svwatch is told to watch it."""
        return Source("gazette", "Gazette", f"{self.base}/feed")

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, type and body of an address."""
        if path == "/feed":
            return self.status, "application/rss+xml", self._feed()
        if path in self.titles:
            said = f"{TEXT} This is page {path}, and it has words of its own: {path * 40}."
            return 200, "text/html", PAGE.format(title=escape(self.titles[path]), text=said)
        return 404, "text/plain", ""

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{self.base}{path}</link><pubDate>{self.opened}</pubDate></item>"
            for path, title in self.titles.items()
        )
        return f'<rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'


class _Handler(BaseHTTPRequestHandler):
    """Answers for the site of its server."""

    def do_GET(self) -> None:
        site = cast("_Server", self.server).site
        if self.path in site.slow:
            site.asked.set()
            site.go.wait()
        status, kind, body = site.answer(self.path)
        if self.path == "/feed":
            site.validators.append(self.headers["If-None-Match"])
            status = 304 if self.headers["If-None-Match"] == _etag(body) else status
        self.send_response(status)
        self.send_header("ETag", _etag(body))
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        if status != 304:
            self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _etag(body: str) -> str:
    return f'"{crc32(body.encode())}"'


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that was killed."""


@contextmanager
def served() -> Iterator[Site]:
    """The site on a free port of loopback."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.site = Site(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.site
        server.site.go.set()
        server.shutdown()


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


@pytest.fixture
def workspace(tmp_path: Path, site: Site) -> Path:
    """A workspace that watches the site; nothing has run in it."""
    return lay(tmp_path / "ws", [site.source], workers=1)


@dataclass(frozen=True, slots=True)
class Watched:
    """A workspace in which one run has stored two articles, and how that run ended."""

    workspace: Path
    base: str
    first: Ended


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """For tests that only read."""
    with served() as site:
        site.titles["/b"] = HOSTILE
        workspace = lay(tmp_path_factory.mktemp("watched"), [site.source], workers=1)
        return Watched(workspace, site.base, call("-w", workspace, "run"))
