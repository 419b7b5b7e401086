"""A feed asked once: fetch, read, and for a source that is new the older pages; then what to remember of it."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from svwatch.crawl import polling
from svwatch.crawl.feeds import Feed, read_feed
from svwatch.crawl.newslists import headline_only
from svwatch.errors import FeedEnded, FeedError, FetchError, SourceError
from svwatch.records import Entry, FeedState, Page, Source

FIRST_FILL_PAGES = 4
_EMPTY = "the feed has come without entries {n} times in a row, so something is wrong with it; look at its address"


class EmptyFeedError(FeedError):
    """A feed has come without entries so often that this is no longer a quiet spell.

    Args:
        message: says so in a plain sentence.
        times: how often in a row it was empty.
    """

    def __init__(self, message: str, times: int) -> None:
        super().__init__(message)
        self.times = times


class FetchFeed(Protocol):
    """Gets a feed's document."""

    async def get(self, url: str, state: FeedState | None = None) -> Page | None:
        """The page, or None for "not modified since `state`"; raises FetchError."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a feed said when it was asked; `page` and `feed` are None where it had nothing new to say.

    `older` are the entries of the pages behind the feed, for a source read for the first time.
    """

    source: Source
    known: FeedState
    asked_at: datetime
    page: Page | None = None
    feed: Feed | None = None
    older: Sequence[Entry] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the feed gave another document than last time."""
        return self.feed is not None

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries, those of older pages last; without their texts where the publisher reserves text mining."""
        entries = (*self.feed.entries, *self.older) if self.feed else ()
        return [headline_only(entry) for entry in entries] if self.page and self.page.is_reserved else entries

    def state_after(self, *, is_all_new: bool = False) -> FeedState:
        """What to remember once all entries are stored; `is_all_new`: none of them had been met before."""
        chance = random.random()  # noqa: S311 - it spreads requests, nothing more
        if self.feed is None or self.page is None:
            return polling.after_unchanged(self.known, self.page, self.source, self.asked_at, chance)
        has_gap = is_all_new and self.known.read_at is not None and bool(self.feed.entries)
        return polling.after_change(
            self.known, self.page, self.feed, self.source, self.asked_at, chance, has_gap=has_gap
        )


async def read_document(source: Source, known: FeedState, fetch: FetchFeed, now: datetime) -> Document:
    """Ask a feed and read what it says.

    Raises:
        SourceError: it could not be fetched, is no feed, has ended, or has come empty too often.
    """
    page = await fetch.get(known.url or source.url, polling.validators_for(known, now))
    document = Document(source, known, now, page)
    if page is not None and not polling.is_unchanged(known, page):
        feed = await asyncio.to_thread(read_feed, page, source.id, now)
        if feed.is_ended:
            raise FeedEnded("the publisher says that this feed has ended; find its successor")
        older = await _older(feed, source, fetch, now) if known.read_at is None else ()
        document = replace(document, feed=feed, older=older)
    state = document.state_after()
    if polling.is_empty_too_often(state):
        raise EmptyFeedError(_EMPTY.format(n=state.empty_in_a_row), state.empty_in_a_row)
    return document


def after_failure(known: FeedState, error: SourceError, now: datetime) -> FeedState:
    """What to remember of a feed that could not be read, and when to try it again."""
    chance = random.random()  # noqa: S311 - it spreads requests, nothing more
    state = polling.after_failure(known, error, now, chance)
    return replace(state, empty_in_a_row=error.times) if isinstance(error, EmptyFeedError) else state


async def _older(feed: Feed, source: Source, fetch: FetchFeed, now: datetime) -> list[Entry]:
    """The entries behind a feed's window, newest first; a page that fails or says nothing new ends them."""
    entries: list[Entry] = []
    known = {entry.url for entry in feed.entries}
    for _ in range(FIRST_FILL_PAGES):
        if feed.older_url is None:
            break
        try:
            page = await fetch.get(feed.older_url)
            if page is None:
                break
            feed = await asyncio.to_thread(read_feed, page, source.id, now)
        except (FetchError, FeedError):
            break
        fresh = [entry for entry in feed.entries if entry.url not in known]
        if not fresh:
            break
        entries.extend(fresh)
        known.update(entry.url for entry in fresh)
    return entries
