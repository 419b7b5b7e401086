"""A web server for each site of the press, on free ports of 127.0.0.1: pages, feeds, validators and robots.txt."""

import hashlib
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Self, cast
from urllib.parse import urlsplit

from svwatch.records import Source
from svwatch.sample.expected import Expected, expected
from svwatch.sample.press import Edition, Press
from svwatch.sample.render import changed_at, render_feed, render_home, render_page
from svwatch.sample.sites import Site

ROBOTS = b"User-agent: *\nDisallow: /cgi-bin/\nDisallow: /wp-admin/\nAllow: /\n"


class PressServer:
    """Serves the press while it is open: ``with PressServer(load_press(now)) as server: ...``.

    Args:
        press: what is served.
        edition: which versions of the articles are served; set the attribute to switch while the server runs.

    Attributes:
        requests: how often each address was asked for, without its query, over all sites.
    """

    def __init__(self, press: Press, edition: Edition = Edition.FIRST) -> None:
        self.press = press
        self.edition = edition
        self.requests: Counter[str] = Counter()
        self._counting = Lock()
        self._servers: dict[str, _SiteServer] = {}

    def __enter__(self) -> Self:
        self._servers = {site.id: _SiteServer(site, self) for site in self.press.sites.values()}
        for server in self._servers.values():
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    @property
    def bases(self) -> Mapping[str, str]:
        """The address of each site, without a closing slash, by site id."""
        return {site_id: server.base for site_id, server in self._servers.items()}

    def sources(self) -> tuple[Source, ...]:
        """The sites as svwatch would be told to watch them."""
        return tuple(server.source for server in self._servers.values())

    def expected(self) -> dict[str, Expected]:
        """What a person would find in each article now served, by article id."""
        return expected(self.press, self.bases, self.edition)

    def count(self, url: str) -> None:
        """Count one request; called from the servers' threads."""
        with self._counting:
            self.requests[url] += 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers to one request before validators are looked at."""

    status: HTTPStatus
    content_type: str
    body: bytes
    changed_at: datetime | None = None

    @property
    def etag(self) -> str:
        """A validator made of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def answer(target: str, site: Site, press: Press, base: str, edition: Edition) -> Answer:
    """What a site answers to a request target (path and query)."""
    path = urlsplit(target).path
    page_type = f"text/html; charset={site.declared_charset}"
    if path == "/robots.txt":
        return Answer(HTTPStatus.OK, "text/plain; charset=utf-8", ROBOTS)
    if path == urlsplit(site.feed.path).path:
        return _feed_answer(site, press, base, edition)
    if path == "/":
        return Answer(HTTPStatus.OK, page_type, render_home(site, press, edition))
    for article in press.issue(site.id, edition):
        if article.path == path:
            changed = article.updated_at or article.published_at
            return Answer(HTTPStatus.OK, page_type, render_page(article, press, base, edition), changed)
    return Answer(HTTPStatus.NOT_FOUND, page_type, b"<!DOCTYPE html><title>Not found</title><h1>Page not found</h1>")


def _feed_answer(site: Site, press: Press, base: str, edition: Edition) -> Answer:
    if site.feed.status != HTTPStatus.OK:
        return Answer(HTTPStatus(site.feed.status), "text/plain; charset=utf-8", b"Service unavailable")
    changed = changed_at(press.issue(site.id, edition), press, edition)
    return Answer(HTTPStatus.OK, site.feed.content_type, render_feed(site, press, base, edition), changed)


def is_unchanged(found: Answer, none_match: str | None, modified_since: str | None) -> bool:
    """Whether a client's validators still hold; an entity tag, where sent, decides alone (RFC 9110, 13.2.2)."""
    if found.status is not HTTPStatus.OK:
        return False
    if none_match is not None:
        return found.etag in none_match.replace("W/", "")
    if modified_since is None or found.changed_at is None:
        return False
    try:
        return found.changed_at.replace(microsecond=0) <= parsedate_to_datetime(modified_since)
    except (TypeError, ValueError):
        return False


class _SiteServer(ThreadingHTTPServer):
    """The server of one site; knows the press it belongs to."""

    def __init__(self, site: Site, owner: PressServer) -> None:
        super().__init__(("127.0.0.1", 0), _SiteHandler)
        self.site = site
        self.owner = owner

    @property
    def base(self) -> str:
        """The site's address without a closing slash."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def source(self) -> Source:
        """The site as svwatch would be told to watch it."""
        site = self.site
        url = self.base + site.feed.path
        return Source(site.id, site.name, url, site.kind, match=site.match, expect=site.expect)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that hung up; anything else is a bug and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _SiteHandler(BaseHTTPRequestHandler):
    """Counts a request and answers it, with 304 where the client's validators hold."""

    def do_GET(self) -> None:
        """Answer with headers and body."""
        server = cast("_SiteServer", self.server)
        owner = server.owner
        owner.count(server.base + urlsplit(self.path).path)
        found = answer(self.path, server.site, owner.press, server.base, owner.edition)
        if is_unchanged(found, self.headers["If-None-Match"], self.headers["If-Modified-Since"]):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._send_validators(found)
            self.end_headers()
        else:
            self._send(found)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self.do_GET()

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        self.send_header("Content-Type", found.content_type)
        self.send_header("Content-Length", str(len(found.body)))
        if found.status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "3600")
        self._send_validators(found)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.body)

    def _send_validators(self, found: Answer) -> None:
        if found.changed_at is not None:
            self.send_header("ETag", found.etag)
            self.send_header("Last-Modified", format_datetime(found.changed_at.astimezone(UTC), usegmt=True))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demo's terminal is the reader's."""
