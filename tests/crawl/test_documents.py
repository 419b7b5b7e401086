"""A feed asked once on loopback: what is sent, what is followed, and what is remembered for the next time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from svwatch.crawl.documents import Document, after_failure, read_document
from svwatch.crawl.fetch import Fetcher
from svwatch.errors import FeedEnded, FeedError, FetchError, SourceError
from svwatch.records import FeedState, Source

from .conftest import Route, Site, answer, quick_policy, redirect

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def source(site: Site, path: str = "/feed") -> Source:
    return Source("gazette", "The Gazette", site.url(path))


def rss(*numbers: int, head: str = "") -> bytes:
    items = "".join(
        f"<item><title>Headline {n}</title><link>/news/{n}</link><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>G</title>{head}{items}</channel></rss>'.encode()


def ask(
    wanted: Source,
    known: FeedState | None = None,
    now: datetime = NOW,
    resting: Mapping[str, datetime] | None = None,
    **settings: object,
) -> Document:
    async def asked() -> Document:
        async with Fetcher(quick_policy(**settings), resting=resting) as fetcher:
            return await read_document(wanted, known or FeedState(), fetcher, now)

    return asyncio.run(asked())


def refused(wanted: Source, known: FeedState | None = None, **settings: object) -> SourceError:
    with pytest.raises(SourceError) as error:
        ask(wanted, known, **settings)
    return error.value


def numbers(document: Document) -> list[str]:
    return [entry.url.rpartition("/")[2] for entry in document.entries]


# --- validators ---------------------------------------------------------------------------------


def tagged(body: bytes, etag: str) -> Route:
    """A feed that answers 304 to whoever has its validator."""

    def route(handler: object) -> None:
        has_it = handler.headers.get("If-None-Match") == etag  # type: ignore[attr-defined]
        (answer(b"", 304) if has_it else answer(body, ETag=etag))(handler)  # type: ignore[arg-type]

    return route


def test_R22_a_feed_that_has_not_changed_says_so_and_is_planned_anew(site: Site) -> None:
    site.routes["/feed"] = tagged(rss(1), '"a"')
    state = ask(source(site)).state_after()
    again = ask(source(site), state, NOW + DAY)
    assert site.last("/feed").headers["If-None-Match"] == '"a"'
    assert (again.is_changed, list(again.entries)) == (False, [])
    assert again.state_after().read_at == NOW + DAY


def test_R22_validators_that_got_stuck_are_found_out_within_a_week(site: Site) -> None:
    site.routes["/feed"] = tagged(rss(1, 2, 3), '"stuck"')
    state = replace(ask(source(site)).state_after(), gap_seconds=3600)
    site.routes["/feed"] = tagged(rss(1, 2, 3, 4), '"stuck"')
    assert not ask(source(site), state, NOW + 6 * DAY).is_changed
    assert numbers(ask(source(site), state, NOW + 7 * DAY)) == ["1", "2", "3", "4"]


# --- moves --------------------------------------------------------------------------------------


def test_R30_a_feed_that_has_moved_is_asked_at_its_new_address_after_three_answers(site: Site) -> None:
    site.routes["/feed"], site.routes["/new"] = redirect("/new", 301), answer(rss(1))
    state = FeedState()
    for _ in range(3):
        state = ask(source(site), state).state_after()
    before = len(site.requests)
    ask(source(site), state)
    assert [path for path in site.paths[before:] if path != "/robots.txt"] == ["/new"]


def test_R30_a_move_that_leads_to_no_feed_is_never_taken_for_one(site: Site) -> None:
    site.routes["/feed"], site.routes["/parked"] = redirect("/parked", 308), answer(b"<html>Buy this domain</html>")
    state = FeedState()
    for _ in range(4):
        error = refused(source(site), state)
        assert isinstance(error, FeedError)
        state = after_failure(state, error, NOW)
    assert (state.url, state.moved_to) == (None, None)


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_feed_is_not_followed_to_another_site_for_now(site: Site, new_site: Callable[[], Site], status: int) -> None:
    other = new_site()
    site.routes["/feed"], other.routes["/feed"] = redirect(other.url("/feed"), status), answer(rss(1))
    error = refused(source(site))
    assert "sends visitors to another one for now" in str(error)
    assert other.connections == 0


def test_a_feed_that_moved_to_another_site_for_good_is_followed(site: Site, new_site: Callable[[], Site]) -> None:
    other = new_site()
    site.routes["/feed"], other.routes["/feed"] = redirect(other.url("/feed"), 301), answer(rss(1))
    assert numbers(ask(source(site))) == ["1"]


# --- manners that outlive a run ----------------------------------------------------------------


def test_R23_a_server_that_asked_for_rest_is_left_alone_by_the_next_run(site: Site) -> None:
    async def first_run() -> Mapping[str, datetime]:
        site.routes["/feed"] = answer(b"", 429, Retry_After="7200")
        async with Fetcher(quick_policy()) as fetcher:
            with pytest.raises(FetchError):
                await fetcher.get(site.url("/feed"))
            return fetcher.resting()

    resting = asyncio.run(first_run())
    met = len(site.requests)
    error = refused(source(site, "/other"), resting=resting)
    assert "asked to be left alone until" in str(error)
    assert len(site.requests) == met
    next_at = after_failure(FeedState(), error, NOW).next_at
    assert next_at is not None
    assert next_at - NOW > timedelta(hours=1)


def test_R23_a_rest_that_is_over_counts_no_more(site: Site) -> None:
    site.routes["/feed"] = answer(rss(1))
    server = f"127.0.0.1:{site.port}"
    assert numbers(ask(source(site), resting={server: datetime.now(UTC) - timedelta(minutes=1)})) == ["1"]


def test_cache_control_is_remembered(site: Site) -> None:
    site.routes["/feed"] = answer(rss(1), Cache_Control="public, max-age=14400")
    state = ask(source(site)).state_after()
    assert state.next_at is not None
    assert state.next_at >= NOW + timedelta(hours=4)


def test_the_sites_of_one_group_take_turns(site: Site, new_site: Callable[[], Site]) -> None:
    other = new_site()
    groups = {f"127.0.0.1:{one.port}": "Group" for one in (site, other)}
    for one in (site, other):
        one.routes["/"] = answer(b"x")

    async def both() -> None:
        policy = quick_policy(groups=groups, per_host_delay_seconds=0.2, respects_robots=False)
        async with Fetcher(policy) as fetcher:
            await asyncio.gather(fetcher.get(site.url("/")), fetcher.get(other.url("/")))

    asyncio.run(both())
    assert abs(site.last("/").at - other.last("/").at) >= 0.19


# --- our own network ----------------------------------------------------------------------------


@pytest.mark.parametrize(("silent", "answering", "is_cut_off"), [(3, 0, True), (2, 0, False), (3, 1, False)])
def test_R32_our_network_is_down_where_no_server_of_several_answers(
    site: Site, silent: int, answering: int, *, is_cut_off: bool
) -> None:
    async def tried() -> bool:
        async with Fetcher(quick_policy()) as fetcher:
            urls = [f"http://127.0.0.1:{port}/" for port in range(1, silent + 1)]
            await asyncio.gather(*map(fetcher.get, urls), return_exceptions=True)
            if answering:
                await asyncio.gather(fetcher.get(site.url("/")), return_exceptions=True)
            return fetcher.is_cut_off

    assert asyncio.run(tried()) is is_cut_off


# --- what a feed holds --------------------------------------------------------------------------

WORDPRESS = "<generator>https://wordpress.org/?v=6.7</generator>"


def test_a_new_source_is_filled_from_the_older_pages_of_wordpress(site: Site) -> None:
    site.routes["/feed"] = answer(rss(9, 8, head=WORDPRESS))
    site.routes["/feed?paged=2"] = answer(rss(8, 7, head=WORDPRESS))
    assert numbers(ask(source(site))) == ["9", "8", "7"]
    assert site.paths[-1] == "/feed?paged=3"


def test_a_source_that_was_read_before_is_not_filled_again(site: Site) -> None:
    site.routes["/feed"] = answer(rss(9, 8, head=WORDPRESS))
    ask(source(site), FeedState(read_at=NOW - DAY))
    assert "/feed?paged=2" not in site.paths


def test_the_first_fill_follows_rel_next_and_is_bounded(site: Site) -> None:
    def linked(n: int) -> bytes:
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/p{n + 1}"/>'
            f'<entry><title>T</title><link href="/news/{n}"/></entry></feed>'
        ).encode()

    site.routes["/feed"] = answer(linked(0))
    for n in range(1, 30):
        site.routes[f"/p{n}"] = answer(linked(n))
    assert numbers(ask(source(site))) == ["0", "1", "2", "3", "4"]


def test_rel_next_to_another_site_is_not_followed(site: Site, new_site: Callable[[], Site]) -> None:
    other = new_site()
    head = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{other.url("/feed")}"/>'
    site.routes["/feed"] = answer(rss(1, head=head))
    ask(source(site))
    assert other.connections == 0


def test_R24_a_feed_that_comes_empty_three_times_in_a_row_is_a_failure_with_a_reason(site: Site) -> None:
    site.routes["/feed"] = answer(rss(), ETag='"same"')
    state = FeedState()
    for _ in range(2):
        state = ask(source(site), state).state_after()
    error = refused(source(site), state)
    assert "without entries 3 times in a row" in str(error)
    state = after_failure(state, error, NOW)
    assert "without entries 4 times in a row" in str(refused(source(site), state))


@pytest.mark.parametrize("body", [b"", b"<!doctype html><h1>Down for maintenance</h1>", b"Bad gateway"])
def test_R24_what_is_no_feed_is_a_failure_at_once(site: Site, body: bytes) -> None:
    site.routes["/feed"] = answer(body)
    assert isinstance(refused(source(site)), FeedError)


def test_a_feed_that_has_ended_is_told_apart(site: Site) -> None:
    site.routes["/feed"] = answer(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:gov.uk,2005:/x/feed-ended</id><title>Ended</title>'
        b'<link href="/x"/></entry></feed>'
    )
    assert isinstance(refused(source(site)), FeedEnded)


@pytest.mark.parametrize(
    ("headers", "is_reserved"), [({"tdm_reservation": "1"}, True), ({"tdm_reservation": "0"}, False), ({}, False)]
)
def test_of_a_feed_that_reserves_text_mining_only_headlines_are_kept(
    site: Site, headers: dict[str, str], *, is_reserved: bool
) -> None:
    item = "<item><title>T</title><link>/1</link><description>A long text</description></item>"
    site.routes["/feed"] = answer(f"<rss><channel>{item}</channel></rss>".encode(), **headers)
    (entry,) = ask(source(site)).entries
    assert entry.title == "T"
    assert (entry.summary == "") is is_reserved


@pytest.mark.parametrize(
    ("meta", "is_reserved"),
    [
        pytest.param('<meta name="tdm-reservation" content="1">', True, id="reserved"),
        pytest.param("<META content='1' NAME=tdm-reservation />", True, id="in another spelling"),
        pytest.param('<meta name="tdm-reservation" content="0">', False, id="not reserved"),
        pytest.param('<meta name="viewport" content="1">', False, id="another element"),
    ],
)
def test_a_page_says_by_a_meta_element_that_it_reserves_text_mining(
    site: Site, meta: str, *, is_reserved: bool
) -> None:
    site.routes["/page"] = answer(f"<html><head>{meta}</head></html>".encode())

    async def asked() -> bool:
        async with Fetcher(quick_policy()) as fetcher:
            page = await fetcher.get(site.url("/page"), is_page=True)
            return page is not None and page.is_reserved

    assert asyncio.run(asked()) is is_reserved
