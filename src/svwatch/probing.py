"""Look at an address as a crawl would, and say in plain words what is there; find the feeds of a web page.

Every request goes through the same gate, manners and limits as a crawl's: there is no second way out.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from svwatch.config import Config
from svwatch.crawl.discovery import feed_links, likely_feeds
from svwatch.crawl.feeds import Feed, read_feed
from svwatch.crawl.fetch import Fetcher
from svwatch.errors import FeedError, FetchError, SourceError
from svwatch.records import Page, Source
from svwatch.wiring import fetch_policy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found at an address: `sentence` says it in plain words; `title` and so on only where it is a feed.

    `url` is where to ask for it from now on. `proposals` are feeds found from there where it is none itself.
    """

    asked_url: str
    url: str
    is_feed: bool
    sentence: str
    title: str = ""
    entries: int = 0
    newest_at: datetime | None = None
    proposals: tuple["Probe", ...] = ()


def check(config: Config, sources: Sequence[Source], now: datetime, resting: Mapping[str, datetime]) -> list[Probe]:
    """Probe the feed of each source, in their order; servers that are `resting` are left alone."""

    async def all_of_them(fetcher: Fetcher) -> list[Probe]:
        return await asyncio.gather(*(_probe(fetcher, source.url, now) for source in sources))

    return _with_fetcher(config, resting, all_of_them)


def discover(config: Config, url: str, now: datetime, resting: Mapping[str, datetime]) -> Probe:
    """Say what is at an address; where that is a web page, find the feeds it names, else those at the usual places."""
    return _with_fetcher(config, resting, lambda fetcher: _discover(fetcher, url, now))


def _with_fetcher(config: Config, resting: Mapping[str, datetime], ask: Callable[[Fetcher], Awaitable[T]]) -> T:
    async def asked() -> T:
        async with Fetcher(fetch_policy(config), resting=resting) as fetcher:
            return await ask(fetcher)

    return asyncio.run(asked())


async def _discover(fetcher: Fetcher, url: str, now: datetime) -> Probe:
    try:
        page = await fetcher.get(url, is_page=True)
        assert page is not None  # only an answer to validators may be empty
    except FetchError as error:
        return Probe(url, url, is_feed=False, sentence=str(error))
    try:
        return _found(url, page, await asyncio.to_thread(read_feed, page, "probe", now), now)
    except FeedError as error:
        named = await _feeds_among(fetcher, feed_links(page), now)
        found = named or await _feeds_among(fetcher, likely_feeds(page.url), now)
        return Probe(url, page.url, is_feed=False, sentence=str(error), proposals=tuple(found))


async def _feeds_among(fetcher: Fetcher, urls: Sequence[str], now: datetime) -> list[Probe]:
    """The addresses that hold a feed, each feed once."""
    probes = [await _probe(fetcher, url, now) for url in urls]
    return list({probe.url: probe for probe in probes if probe.is_feed}.values())


async def _probe(fetcher: Fetcher, url: str, now: datetime) -> Probe:
    try:
        page = await fetcher.get(url)
        assert page is not None  # only an answer to validators may be empty
        return _found(url, page, await asyncio.to_thread(read_feed, page, "probe", now), now)
    except SourceError as error:
        return Probe(url, url, is_feed=False, sentence=str(error))


def _found(url: str, page: Page, feed: Feed, now: datetime) -> Probe:
    dates = [date for entry in feed.entries if (date := entry.published_at or entry.updated_at) is not None]
    newest_at = max(dates, default=None)
    remarks = [*feed.problems]
    if page.permanent_url:
        remarks.append(f"it has moved for good to {page.permanent_url}; put that into config/sources.yaml")
    if page.is_reserved:
        remarks.append("its publisher reserves text and data mining, so only headlines and links are kept")
    said = f"a feed of {len(feed.entries)} entries{_age(newest_at, now)}"
    return Probe(
        asked_url=url,
        url=page.permanent_url or url,
        is_feed=True,
        sentence="; ".join([said, *remarks]),
        title=feed.title,
        entries=len(feed.entries),
        newest_at=newest_at,
    )


def _age(newest_at: datetime | None, now: datetime) -> str:
    if newest_at is None:
        return ", none of them dated"
    hours = int((now - newest_at).total_seconds() // 3600)
    ago = f"{hours} hours" if hours < 72 else f"{hours // 24} days"
    return f", the newest {ago} old"
