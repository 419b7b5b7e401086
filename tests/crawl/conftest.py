"""Real web servers on loopback, and a fetcher that is allowed to visit them."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic

import pytest

from svwatch.crawl.fetch import Fetcher, FetchPolicy
from svwatch.records import FeedState, Page

Route = Callable[[BaseHTTPRequestHandler], None]
Get = Callable[..., Page | None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a site was asked, and when."""

    path: str
    headers: dict[str, str]
    at: float


@dataclass(slots=True)
class Site:
    """A web server; `routes` says what each path answers, anything else is a 404."""

    port: int = 0
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def last(self, path: str) -> Request:
        return [request for request in self.requests if request.path == path][-1]


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Route:
    """A route that answers once and for all; header names are written with underscores."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return route


def redirect(to: str, status: int = 302, body: bytes = b"", **headers: str) -> Route:
    """A route that leads elsewhere."""
    return answer(body, status, Location=to, **headers)


def raw(*parts: bytes) -> Route:
    """A route that writes bytes as they are, status line and all."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        for part in parts:
            handler.wfile.write(part)
        handler.close_connection = True

    return route


def _serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            site.connections += 1

        def do_GET(self) -> None:
            site.requests.append(Request(self.path, dict(self.headers.items()), monotonic()))
            try:
                site.routes.get(self.path, answer(b"nothing here", 404))(self)
            except OSError:
                self.close_connection = True  # the client left in the middle, as it should

        def log_message(self, *_: object) -> None:
            """Keep test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site.port = server.server_port
    return server


@pytest.fixture
def new_site() -> Iterator[Callable[[], Site]]:
    """Start as many real web servers as a test wants."""
    servers: list[ThreadingHTTPServer] = []

    def start() -> Site:
        site = Site()
        servers.append(_serve(site))
        Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(new_site: Callable[[], Site]) -> Site:
    """One real web server."""
    return new_site()


def quick_policy(**settings: object) -> FetchPolicy:
    """A policy that may visit loopback and does not dawdle."""
    usual: dict[str, object] = {
        "user_agent": "svwatch/0 (+https://example.org/svwatch; tests@example.org)",
        "per_host_delay_seconds": 0.0,
        "page_delay_seconds": 0.0,
        "timeout_seconds": 5.0,
        "allow_private_hosts": ("127.0.0.1", "localhost"),
    }
    return FetchPolicy(**{**usual, **settings})  # type: ignore[arg-type]


def fetch(url: str, state: FeedState | None = None, *, is_page: bool = False, **settings: object) -> Page | None:
    """Fetch one address with a fetcher of its own."""

    async def run() -> Page | None:
        async with Fetcher(quick_policy(**settings)) as fetcher:
            return await fetcher.get(url, state, is_page=is_page)

    return asyncio.run(run())
