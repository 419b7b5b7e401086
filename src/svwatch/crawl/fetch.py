"""The only way out: one address in, one page back, politely and within limits."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from svwatch.crawl import answers
from svwatch.crawl.addresses import AddressRefused, Gate, gated_connector
from svwatch.crawl.pacing import Reach, Turns
from svwatch.crawl.robots import MAX_ROBOTS_BYTES, Robots
from svwatch.crawl.urls import authority_of, owner, resolve, web_address
from svwatch.errors import FetchError
from svwatch.records import FeedState, Page

# A redirect belongs to the visit that met it, so it need not wait as long as the next visit must.
REDIRECT_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How svwatch behaves on the web; every limit is an operator's setting.

    Args:
        user_agent: who we say we are, with a page and a contact; never a browser's name.
        per_host_delay_seconds: pause between two requests to hosts of one owner.
        page_delay_seconds: the same before an article's page.
        timeout_seconds: wall clock for one `get`, redirects included, waiting for its turn not.
        max_bytes: of a body, decoded.
        allow_private_hosts: hosts, or ``host:port``, that may be private and on any port.
        groups: the publisher's group by registered domain; its sites take turns as if they were one.
    """

    user_agent: str
    per_host_delay_seconds: float = 5.0
    page_delay_seconds: float = 10.0
    timeout_seconds: float = 30.0
    connect_timeout_seconds: float = 10.0
    max_redirects: int = 5
    max_bytes: int = 8 * 1024 * 1024
    max_header_bytes: int = 64 * 1024
    max_concurrent: int = 32
    allow_private_hosts: tuple[str, ...] = ()
    respects_robots: bool = True
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


@dataclass(slots=True)
class _Visit:
    """One `get` under way: what it may do, what it has met, and how much time it has left."""

    pause_seconds: float
    seconds_left: float
    max_bytes: int
    asks_robots: bool
    stays_home: bool = False
    is_cut: bool = False
    conditions: Mapping[str, str] = field(default_factory=dict)
    met: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def permanent_url(self) -> str | None:
        """Where permanent redirects alone have led; None where there were none, or others among them."""
        is_permanent = bool(self.statuses) and answers.PERMANENT.issuperset(self.statuses)
        return self.met[-1] if is_permanent else None


class Fetcher:
    """Fetches addresses for one run; use it as ``async with Fetcher(policy) as fetcher``.

    Args:
        policy: limits and manners.
        names: what looks host names up, if not the system.
        resting: servers that asked an earlier run to be left alone, and until when.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        names: AbstractResolver | None = None,
        resting: Mapping[str, datetime] | None = None,
    ) -> None:
        self._policy = policy
        self._names = names
        self._turns = Turns(resting or {}, datetime.now(UTC))
        self._reach = Reach()
        self._slots = asyncio.Semaphore(policy.max_concurrent)
        self._robots = Robots(self._read_robots)
        self._gate: Gate
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        policy = self._policy
        self._gate = Gate(policy.allow_private_hosts, self._names)
        self._session = aiohttp.ClientSession(
            connector=gated_connector(self._gate, limit=policy.max_concurrent),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=policy.connect_timeout_seconds),
            headers={"User-Agent": policy.user_agent, "Accept-Encoding": "gzip, deflate"},
            max_field_size=policy.max_header_bytes,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._gate.close()

    def resting(self) -> Mapping[str, datetime]:
        """The servers that want to be left alone, and until when; for the next run to know."""
        return self._turns.resting()

    @property
    def is_cut_off(self) -> bool:
        """Whether several servers were asked and not one gave any answer: it is our network that is down."""
        return self._reach.is_cut_off

    async def get(self, url: str, state: FeedState | None = None, *, is_page: bool = False) -> Page | None:
        """Fetch one address, following redirects by hand.

        A feed, unlike a page, is not followed to another registered domain unless it has moved there for good.

        Args:
            url: an address as a feed or an operator gives it.
            state: what is remembered of the last answer; its validators are sent as they came.
            is_page: an article's page, before which the longer pause is kept.

        Returns:
            The page at the final address, or None where the site says that it has not changed since `state`.

        Raises:
            FetchError: there is no page to be had; the message says why in a plain sentence.
        """
        policy = self._policy
        visit = _Visit(
            pause_seconds=policy.page_delay_seconds if is_page else policy.per_host_delay_seconds,
            seconds_left=policy.timeout_seconds,
            max_bytes=policy.max_bytes,
            asks_robots=policy.respects_robots,
            stays_home=not is_page,
            conditions=_conditions(state),
        )
        return await self._follow(_checked(url), visit)

    async def _read_robots(self, url: str) -> bytes:
        policy = self._policy
        visit = _Visit(
            pause_seconds=policy.per_host_delay_seconds,
            seconds_left=policy.timeout_seconds,
            max_bytes=MAX_ROBOTS_BYTES,
            asks_robots=False,
            is_cut=True,
        )
        page = await self._follow(url, visit)
        return page.body if page else b""

    async def _follow(self, url: str, visit: _Visit) -> Page | None:
        while True:
            visit.met.append(url)
            answer = await self._hop(url, visit)
            if not isinstance(answer, _Redirect):
                return answer
            url = self._next_address(url, answer, visit)

    def _next_address(self, url: str, redirect: _Redirect, visit: _Visit) -> str:
        try:
            target = resolve(url, redirect.location).partition("#")[0]
        except ValueError as error:
            raise FetchError(
                f"the site redirects to an address that is not followed: {error}",
                status=redirect.status,
                is_temporary=False,
            ) from error
        if target in visit.met:
            raise FetchError("the site redirects in a circle; check the address", status=redirect.status)
        if len(visit.met) > self._policy.max_redirects:
            raise FetchError(
                f"the site redirects more than {self._policy.max_redirects} times; check the address",
                status=redirect.status,
            )
        visit.statuses.append(redirect.status)
        self._admit(target)
        if visit.stays_home and redirect.status not in answers.PERMANENT and self._line(target) != self._line(url):
            raise FetchError(
                f"the site sends visitors to another one for now ({authority_of(target).server}), where its feed is not"
                " looked for; it will be tried again",
                status=redirect.status,
            )
        return target

    def _line(self, url: str) -> str:
        """The key by which requests take turns: the publisher's group, else the registered domain."""
        domain = owner(url)
        return self._policy.groups.get(domain, domain)

    async def _hop(self, url: str, visit: _Visit) -> Page | _Redirect | None:
        """One request, when its turn has come and everyone agrees."""
        server = self._admit(url)
        asked = await self._robots.admit(url) if visit.asks_robots else 0.0
        pause = max(visit.pause_seconds, asked)
        is_first = len(visit.met) == 1
        async with self._turns.take(self._line(url), pause if is_first else min(pause, REDIRECT_PAUSE_SECONDS)):
            self._turns.require_awake(server)
            async with self._slots, self._deadline(visit):
                return await self._request(url, server, visit)

    def _admit(self, url: str) -> str:
        """The server of an address that may be dialled now."""
        authority = authority_of(url)
        try:
            self._gate.admit(authority)
        except AddressRefused as error:
            raise FetchError(str(error), is_temporary=False) from error
        self._turns.require_awake(authority.server)
        return authority.server

    @asynccontextmanager
    async def _deadline(self, visit: _Visit) -> AsyncIterator[None]:
        """Wall clock: no drip of bytes, however steady, outlasts it."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(visit.seconds_left):
                yield
        except TimeoutError as error:
            raise FetchError(
                f"the site gave no complete answer within {self._policy.timeout_seconds:g} seconds;"
                " it will be tried again"
            ) from error
        finally:
            visit.seconds_left -= time.monotonic() - began

    async def _request(self, url: str, server: str, visit: _Visit) -> Page | _Redirect | None:
        conditions = visit.conditions if owner(url) == owner(visit.met[0]) else {}
        try:
            async with self._session.get(_dialled(url), headers=conditions, allow_redirects=False) as response:
                self._reach.met(server)
                try:
                    return await self._read(response, url, visit)
                finally:
                    response.close()  # what is left of a body, say a redirect's, is never read
        except FetchError as error:
            self._let_rest(server, error)
            raise
        except (aiohttp.ClientError, OSError) as error:
            self._reach.missed(server)
            raise answers.trouble(error, host=server) from error

    async def _read(self, response: aiohttp.ClientResponse, url: str, visit: _Visit) -> Page | _Redirect | None:
        """What the answer is, once its headers are here."""
        if sum(len(name) + len(value) + 4 for name, value in response.raw_headers) > self._policy.max_header_bytes:
            raise FetchError("the site's headers are too long; tell the publisher", is_temporary=False)
        location = response.headers.get("Location")
        if response.status in answers.REDIRECTS and location:
            return _Redirect(response.status, _readable(location))
        if response.status == 304 and visit.conditions:
            return None
        if not 200 <= response.status < 300:
            raise answers.refusal(response.status, response.headers, datetime.now(UTC))
        return _page(response, url, await self._body(response, visit), visit.permanent_url)

    async def _body(self, response: aiohttp.ClientResponse, visit: _Visit) -> bytes:
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and int(stated[:20]) > visit.max_bytes and not visit.is_cut:
            raise answers.too_long(visit.max_bytes)
        coding = response.headers.get("Content-Encoding", "")
        chunks = response.content.iter_chunked(answers.STEP_BYTES)
        return await answers.read_body(chunks, coding, visit.max_bytes, is_cut=visit.is_cut)

    def _let_rest(self, server: str, error: FetchError) -> None:
        """Leave a server alone that says it is busy: for as long as it asks, or a quarter of an hour."""
        if error.status in answers.BUSY:
            asked = error.retry_after_seconds
            self._turns.rest(server, answers.USUAL_REST_SECONDS if asked is None else asked)


def _checked(url: str) -> str:
    try:
        return web_address(url).partition("#")[0]
    except ValueError as error:
        raise FetchError(f"the address cannot be fetched: {error}", is_temporary=False) from error


def _dialled(url: str) -> URL:
    """The address for aiohttp, byte for byte; it must not read another host in it than we did."""
    target = URL(url, encoded=True)
    if (target.raw_host, target.port) != authority_of(url):
        raise FetchError("the address can be read in two ways; use another spelling", is_temporary=False)
    return target


def _conditions(state: FeedState | None) -> dict[str, str]:
    """The validators as they came; one that no header can carry is left out."""
    if state is None:
        return {}
    wanted = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in wanted.items() if value and value.isprintable()}


def _page(response: aiohttp.ClientResponse, url: str, body: bytes, permanent_url: str | None) -> Page:
    content_type = _readable(response.headers.get("Content-Type", ""))[:1024]
    return Page(
        url=url,
        body=body,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=answers.charset_of(content_type),
        status=response.status,
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
        fetched_at=datetime.now(UTC),
        permanent_url=permanent_url,
        max_age_seconds=answers.max_age_seconds(response.headers.get("Cache-Control")),
        is_reserved=answers.is_reserved(response.headers.get("TDM-Reservation"), body),
    )


def _validator(response: aiohttp.ClientResponse, name: str) -> str | None:
    """A validator byte for byte; None for one that could not be sent back, or only at great length."""
    value = response.headers.get(name)
    return value if value and value.isprintable() and len(value) <= 1024 else None


def _readable(header: str) -> str:
    """Header text without the surrogates by which aiohttp marks bytes that are not UTF-8."""
    return header.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
