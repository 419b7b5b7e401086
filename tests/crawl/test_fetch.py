"""The fetcher against real servers, kind and hostile."""

import asyncio
import gzip
import itertools
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import monotonic, sleep

import pytest

from svwatch.crawl.answers import retry_after_seconds
from svwatch.crawl.fetch import Fetcher
from svwatch.errors import FetchError
from svwatch.records import FeedState, Page

from .conftest import Route, Site, answer, fetch, quick_policy, raw, redirect
from .test_addresses import StubNames, fetch_by_name

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KIB = 1024


def refused(url: str, **settings: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, **settings)
    return caught.value


def body_of(url: str, **settings: object) -> bytes:
    page = fetch(url, **settings)
    assert page is not None
    return page.body


# --- plain answers ------------------------------------------------------------------------------


def test_a_page_carries_what_the_site_said(site: Site) -> None:
    site.routes["/a"] = answer(
        b"<rss/>", Content_Type="Text/XML; Charset='ISO-8859-1'", ETag='W/"x-gzip"', Last_Modified="Mon, 1 Jan 2024"
    )
    page = fetch(site.url("/a#part"))
    assert isinstance(page, Page)
    assert (page.url, page.body, page.status) == (site.url("/a"), b"<rss/>", 200)
    assert (page.content_type, page.charset) == ("text/xml", "iso-8859-1")
    assert (page.etag, page.last_modified) == ('W/"x-gzip"', "Mon, 1 Jan 2024")
    assert datetime.now(UTC) - page.fetched_at < timedelta(minutes=1)


def test_we_say_who_we_are_and_bring_no_cookie(site: Site) -> None:
    site.routes["/a"] = answer(b"x", Set_Cookie="id=1")

    async def run() -> None:
        async with Fetcher(quick_policy()) as fetcher:
            await fetcher.get(site.url("/a"))
            await fetcher.get(site.url("/a"))

    asyncio.run(run())
    sent = site.last("/a").headers
    assert sent["User-Agent"].startswith("svwatch/")
    assert sent["Accept-Encoding"] == "gzip, deflate"
    assert "Cookie" not in sent


def test_the_path_is_sent_as_it_is_written(site: Site) -> None:
    site.routes["/%e2%80%99/a%2Fb?x=%26&y=a+b"] = answer(b"here")
    assert body_of(site.url("/%e2%80%99/a%2Fb?x=%26&y=a+b")) == b"here"


@pytest.mark.parametrize(
    ("status", "words", "is_temporary"),
    [
        (401, "401 Unauthorized: it wants a login", False),
        (403, "403 Forbidden: it does not let programs in", False),
        (404, "404 Not Found: there is nothing at this address", False),
        (410, "410 Gone: the page is gone for good", False),
        (451, "451 Unavailable For Legal Reasons", False),
        (429, "429 Too Many Requests: svwatch asked too often", True),
        (500, "500 Internal Server Error: it is in trouble; it will be tried again", True),
        (503, "503 Service Unavailable: it is in trouble; it will be tried again", True),
        (599, "599: it is in trouble", True),
        (304, "304 Not Modified: that is no answer", False),
        (300, "300 Multiple Choices: that is no answer", False),
    ],
)
def test_refusals_are_told_in_plain_words(site: Site, status: int, words: str, *, is_temporary: bool) -> None:
    site.routes["/a"] = answer(b"", status)
    error = refused(site.url("/a"))
    assert str(error).startswith(f"the site answered {words}")
    assert (error.status, error.is_temporary) == (status, is_temporary)


def test_a_browser_challenge_is_named(site: Site) -> None:
    site.routes["/a"] = answer(b"<html>", 403, cf_mitigated="challenge")
    assert "Cloudflare challenge" in str(refused(site.url("/a")))


def test_a_site_that_is_not_there_is_a_temporary_trouble() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        error = refused(f"http://127.0.0.1:{unused.getsockname()[1]}/", respects_robots=False)
    assert "127.0.0.1" in str(error)
    assert "could not be reached" in str(error)
    assert error.is_temporary


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "/etc/passwd", "http://a@127.0.0.1/"])
def test_S6_S7_what_is_no_web_address_is_not_fetched(url: str) -> None:
    error = refused(url)
    assert str(error).startswith("the address cannot be fetched: it ")
    assert not error.is_temporary


# --- not modified, and rest ---------------------------------------------------------------------


def test_R22_validators_are_sent_byte_for_byte_and_304_is_none(site: Site) -> None:
    state = FeedState(etag='W/"abc-gzip"', last_modified="Thu, 01 Jan 1970 00:00:00 GMT")
    site.routes["/feed"] = answer(b"", 304)
    assert fetch(site.url("/feed"), state) is None
    sent = site.last("/feed").headers
    assert sent["If-None-Match"] == 'W/"abc-gzip"'
    assert sent["If-Modified-Since"] == "Thu, 01 Jan 1970 00:00:00 GMT"


def test_R22_a_validator_that_no_header_can_carry_is_left_out(site: Site) -> None:
    site.routes["/feed"] = answer(b"new")
    page = fetch(site.url("/feed"), FeedState(etag='"a"\r\nX-Evil: 1', last_modified=None))
    assert page is not None
    assert not {"If-None-Match", "X-Evil"} & set(site.last("/feed").headers)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("315360000", 86400.0),
        ("9" * 400, 86400.0),
        (format_datetime(NOW + timedelta(minutes=10), usegmt=True), 600.0),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86400.0),
        ("soon", None),
        ("", None),
        (None, None),
        ("Fri, 99 Foo 2026", None),
    ],
)
def test_R23_retry_after_is_obeyed_up_to_a_day(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds


@pytest.mark.parametrize("status", [429, 503])
def test_R23_a_busy_host_is_left_alone_for_the_rest_of_the_run(
    site: Site, new_site: Callable[[], Site], status: int
) -> None:
    other = new_site()
    site.routes["/a"] = answer(b"", status, Retry_After="3600")
    site.routes["/b"] = other.routes["/b"] = answer(b"b")

    async def run() -> None:
        async with Fetcher(quick_policy()) as fetcher:
            with pytest.raises(FetchError) as busy:
                await fetcher.get(site.url("/a"))
            assert busy.value.retry_after_seconds == 3600
            with pytest.raises(FetchError, match="asked to be left alone until") as resting:
                await fetcher.get(site.url("/b"))
            assert resting.value.retry_after_seconds == pytest.approx(3600, abs=5)
            assert await fetcher.get(other.url("/b", "localhost"))

    asyncio.run(run())
    assert "/b" not in site.paths


def test_R23_a_retry_after_of_nothing_means_now(site: Site) -> None:
    site.routes["/a"] = answer(b"", 429, Retry_After="0")
    site.routes["/b"] = answer(b"b")

    async def run() -> Page | None:
        async with Fetcher(quick_policy()) as fetcher:
            with pytest.raises(FetchError):
                await fetcher.get(site.url("/a"))
            return await fetcher.get(site.url("/b"))

    assert asyncio.run(run())


# --- redirects ----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_final_address(site: Site, status: int) -> None:
    site.routes["/old"] = redirect("new?x=1#part", status)
    site.routes["/new?x=1"] = answer(b"here")
    page = fetch(site.url("/old"))
    assert page is not None
    assert (page.url, page.body) == (site.url("/new?x=1"), b"here")


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://a/",
        "data:text/plain,x",
        "http://u:p@127.0.0.1/",
        "http:\\\\127.0.0.1\\",
    ],
)
def test_S7_a_redirect_to_anything_but_the_web_is_refused(site: Site, to: str) -> None:
    site.routes["/"] = redirect(to)
    error = refused(site.url("/"))
    assert "redirects to an address that is not followed" in str(error)
    assert "u:p" not in str(error)


def test_S10_nothing_personal_goes_to_the_second_host(
    site: Site, new_site: Callable[[], Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password hunter2\nmachine localhost login me password hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    second = new_site()
    site.routes["/"] = redirect(second.url("/", "localhost"), Set_Cookie="id=1; Domain=localhost")
    second.routes["/"] = answer(b"x")
    assert fetch(site.url("/"), FeedState(etag='"secret"'), is_page=True) is not None
    for request in (site.last("/"), second.last("/")):
        assert not {"Cookie", "Authorization"} & set(request.headers)
    assert "If-None-Match" not in second.last("/").headers


def test_S13_a_redirect_loop_is_cut(site: Site) -> None:
    site.routes["/a"], site.routes["/b"] = redirect("/b"), redirect("/a")
    assert "in a circle" in str(refused(site.url("/a")))


def test_S13_the_sixth_redirect_is_not_followed(site: Site) -> None:
    for hop in range(7):
        site.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
    assert "redirects more than 5 times" in str(refused(site.url("/0")))
    assert site.paths[-1] == "/5"


# --- hostile bodies, headers and clocks ---------------------------------------------------------


def packed(data: bytes, window: int) -> bytes:
    packer = zlib.compressobj(wbits=window)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"text" * 50_000, mtime=0)),
        ("x-gzip", gzip.compress(b"text" * 50_000, mtime=0)),
        ("GZIP", gzip.compress(b"text" * 25_000, mtime=0) * 2),
        ("gzip", gzip.compress(b"text" * 50_000, mtime=0) + b"\0" * 100),
        ("deflate", packed(b"text" * 50_000, 15)),
        ("deflate", packed(b"text" * 50_000, -15)),
        ("identity", b"text" * 50_000),
        ("none", b"text" * 50_000),
    ],
)
def test_compressed_bodies_are_unpacked(site: Site, coding: str, body: bytes) -> None:
    site.routes["/"] = answer(body, Content_Encoding=coding)
    assert body_of(site.url("/")) == b"text" * 50_000


@pytest.mark.parametrize(
    ("coding", "body", "words"),
    [
        ("br", b"x", "encoding that was not asked for"),
        ("zstd", b"x", "encoding that was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "encoding that was not asked for"),
        ("gzip", b"no gzip at all", "is damaged"),
        ("deflate", b"\xff\xff\xff\xff", "is damaged"),
        ("gzip", gzip.compress(bytes(range(256)) * 99, mtime=0)[:-20], "broke off"),
    ],
)
def test_S11_bodies_in_other_or_broken_encodings_are_refused(site: Site, coding: str, body: bytes, words: str) -> None:
    site.routes["/"] = answer(body, Content_Encoding=coding)
    assert words in str(refused(site.url("/")))


def endless(pieces: Iterator[bytes], **headers: str) -> Route:
    """A route that goes on until the client leaves."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        handler.wfile.write(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode())
        handler.close_connection = True
        for piece in pieces:
            handler.wfile.write(piece)

    return route


def endless_zeros(window: int) -> Iterator[bytes]:
    """Zeros packed a thousandfold, without end: a bomb of any size."""
    packer = zlib.compressobj(level=9, wbits=window)
    zeros = bytes(1024 * KIB)
    return (packer.compress(zeros) + packer.flush(zlib.Z_SYNC_FLUSH) for _ in itertools.count())


@pytest.mark.parametrize(("coding", "window"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_S11_a_bomb_is_stopped_at_the_limit(site: Site, coding: str, window: int) -> None:
    site.routes["/"] = endless(endless_zeros(window), Content_Encoding=coding)
    tracemalloc.start()
    try:
        error = refused(site.url("/"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "longer than 8 MiB" in str(error)
    assert peak < 40 * 1024 * KIB


def test_S11_the_body_of_a_redirect_is_not_read(site: Site) -> None:
    site.routes["/bomb"] = endless(endless_zeros(31), Content_Encoding="gzip")
    bomb = site.routes["/bomb"]

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /end\r\nX-Rest: ")
        bomb(handler)

    site.routes["/"] = route
    site.routes["/end"] = answer(b"end")
    assert body_of(site.url("/")) == b"end"


def dripping(first: bytes, drop: bytes) -> Route:
    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(first)
        for _ in range(200):
            sleep(0.05)
            handler.wfile.write(drop)

    return route


@pytest.mark.parametrize(
    "route",
    [
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"), id="body"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), id="headers"),
        pytest.param(dripping(b"", b"H"), id="status line"),
        pytest.param(dripping(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), id="early hints"),
        pytest.param(dripping(b"", b""), id="silence"),
    ],
)
def test_S12_dripped_answers_end_at_the_deadline_and_hold_nobody_up(
    site: Site, new_site: Callable[[], Site], route: Route
) -> None:
    other = new_site()
    site.routes["/slow"] = route
    other.routes["/"] = answer(b"quick")

    async def run() -> tuple[FetchError | Page | None, float]:
        async with Fetcher(quick_policy(timeout_seconds=1.0)) as fetcher:
            slow = asyncio.create_task(fetcher.get(site.url("/slow")))
            await asyncio.sleep(0.1)
            began = monotonic()
            assert await fetcher.get(other.url("/"))
            took = monotonic() - began
            return (await asyncio.gather(slow, return_exceptions=True))[0], took  # type: ignore[return-value]

    began = monotonic()
    error, took = asyncio.run(run())
    assert isinstance(error, FetchError)
    assert error.is_temporary
    assert took < 0.8
    assert monotonic() - began < 3


def test_S12_redirects_share_one_deadline(site: Site) -> None:
    def slow_redirect(to: str) -> Route:
        def route(handler: BaseHTTPRequestHandler) -> None:
            sleep(0.25)
            redirect(to)(handler)

        return route

    for hop in range(5):
        site.routes[f"/{hop}"] = slow_redirect(f"/{hop + 1}")
    error = refused(site.url("/0"), timeout_seconds=0.6)
    assert "no complete answer within 0.6 seconds" in str(error)


def test_S12_a_slow_tls_handshake_ends_at_the_connect_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        began = monotonic()
        error = refused(url, connect_timeout_seconds=0.3, respects_robots=False)
    assert "could not be reached in time" in str(error)
    assert monotonic() - began < 2


def test_S12_a_slow_name_server_ends_at_the_connect_limit() -> None:
    began = monotonic()
    with pytest.raises(FetchError, match="could not be reached in time"):
        fetch_by_name(
            StubNames(["127.0.0.1"], delay_seconds=30),
            "http://slow.example/",
            connect_timeout_seconds=0.3,
            respects_robots=False,
        )
    assert monotonic() - began < 2


def chunks() -> Iterator[bytes]:
    return (b"8000\r\n" + b"x" * 0x8000 + b"\r\n" for _ in itertools.count())


@pytest.mark.parametrize(
    ("route", "words"),
    [
        pytest.param(lambda: endless(chunks(), Transfer_Encoding="chunked"), "longer than", id="endless chunks"),
        pytest.param(lambda: endless(itertools.repeat(b"x" * 9999)), "longer than", id="endless body"),
        pytest.param(lambda: answer(b"x", Content_Length=str(10**9)), "longer than", id="1 GB announced"),
        pytest.param(
            lambda: raw(b"HTTP/1.1 200 OK\r\n", b"".join(b"X-%d: a\r\n" % n for n in range(10_000)), b"\r\n"),
            "headers are too",
            id="10,000 headers",
        ),
        pytest.param(
            lambda: raw(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a" * 1024 * KIB, b"\r\n\r\n"), "or too long", id="1 MB header"
        ),
        pytest.param(
            lambda: raw(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"a" * 6000 + b"\r\n", b"X-B: " + b"a" * 6000 + b"\r\n\r\n"),
            "headers are too long",
            id="long headers together",
        ),
        pytest.param(lambda: raw(b"<html>hello</html>"), "not proper HTTP", id="no HTTP"),
        pytest.param(lambda: raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "broke the connection", id="cut"),
        pytest.param(lambda: raw(b""), "broke the connection", id="hung up"),
    ],
)
def test_S13_endless_oversized_and_broken_answers_are_cut(site: Site, route: Callable[[], Route], words: str) -> None:
    site.routes["/"] = route()
    error = refused(site.url("/"), max_bytes=256 * KIB, max_header_bytes=8 * KIB)
    assert words in str(error)


def test_a_body_of_exactly_the_limit_is_read(site: Site) -> None:
    site.routes["/"] = answer(b"x" * 1000)
    assert len(body_of(site.url("/"), max_bytes=1000)) == 1000
    assert "longer than" in str(refused(site.url("/"), max_bytes=999))


# --- manners ------------------------------------------------------------------------------------


def test_one_request_at_a_time_for_each_owner_with_a_pause_between(site: Site) -> None:
    open_now, most_open, lock = 0, 0, threading.Lock()

    def counted(handler: BaseHTTPRequestHandler) -> None:
        nonlocal open_now, most_open
        with lock:
            open_now += 1
            most_open = max(most_open, open_now)
        sleep(0.02)
        with lock:
            open_now -= 1
        answer(b"x")(handler)

    for number in range(4):
        site.routes[f"/{number}"] = counted

    async def run() -> None:
        async with Fetcher(quick_policy(per_host_delay_seconds=0.15)) as fetcher:
            await asyncio.gather(*(fetcher.get(site.url(f"/{number}")) for number in range(4)))

    asyncio.run(run())
    times = [request.at for request in site.requests]
    assert most_open == 1
    assert site.paths[0] == "/robots.txt"
    assert all(later - earlier >= 0.15 for earlier, later in itertools.pairwise(times))


def test_article_pages_wait_longer_than_feeds(site: Site) -> None:
    site.routes["/a"] = site.routes["/b"] = answer(b"x")

    async def run() -> None:
        async with Fetcher(quick_policy(page_delay_seconds=0.3, respects_robots=False)) as fetcher:
            await fetcher.get(site.url("/a"))
            await fetcher.get(site.url("/b"), is_page=True)

    asyncio.run(run())
    assert site.last("/b").at - site.last("/a").at >= 0.3


def test_sites_of_different_owners_are_fetched_at_the_same_time(new_site: Callable[[], Site]) -> None:
    sites = [new_site() for _ in range(4)]
    together = threading.Barrier(4, timeout=4)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()
        answer(b"x")(handler)

    for one in sites:
        one.routes["/"] = meet

    async def run() -> list[Page | None]:
        async with Fetcher(quick_policy(respects_robots=False)) as fetcher:
            return await asyncio.gather(*(fetcher.get(one.url("/")) for one in sites))

    assert all(asyncio.run(run()))
