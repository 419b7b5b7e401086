"""The flow, on one screen: sources that are due -> entries -> pages -> articles with annotations -> store.

Waiting is concurrent; a page is read in a worker process that can be killed; writing happens in batches. A feed counts
as read only once all its entries are stored, so that a run cut short loses nothing and the next one takes it up.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from svwatch.crawl.documents import Document, after_failure, read_document
from svwatch.crawl.filters import matches
from svwatch.crawl.newslists import RESERVED_NOTE, SEARCH_NOTE, headline_only, is_live, is_search_result
from svwatch.errors import FetchError, PageError, SourceError, StoreError
from svwatch.extract.article import extract_article, summary_article
from svwatch.extract.copies import fingerprint
from svwatch.records import Article, Entry, FeedState, Page, Reading, Rules, Source
from svwatch.report import Ingested, Met, Outcome, RunReport, SourceState
from svwatch.tag.tagger import Tagger, annotate

BATCH_SIZE = 10
P = ParamSpec("P")
T = TypeVar("T")


async def watch(sources: Sequence[Source], parts: "Parts", *, only_due: bool = True) -> None:
    """Read every source that is due and store what is new; each entry met ends in one counted outcome."""
    await tag_untagged(parts)
    due = await parts.ask(parts.store.due, sources, parts.report.started) if only_due else sources
    try:
        async with asyncio.TaskGroup() as group:
            for source in due:
                group.create_task(watch_source(source, parts))
    except* StoreError as refused:
        raise refused.exceptions[0] from refused
    if parts.fetch.is_cut_off:
        parts.report.cut_off()
        await parts.ask(parts.store.excuse, [source.id for source in due], parts.report.started)


async def watch_source(source: Source, parts: "Parts") -> None:
    """Ingest what one feed offers and what earlier runs left unfinished, then remember the feed as read."""
    store, report = parts.store, parts.report
    report.sources[source.id] = SourceState.FAILED
    with report.guard(source.id, source.url):
        document = await read_source(source, parts)
        met = await parts.ask(store.meet, source, document.entries, report.started)
        report.count(Outcome.KNOWN, met.known)
        for batch in batches(met.unfinished, BATCH_SIZE):
            ingested = await asyncio.gather(*(ingest(entry, source, parts) for entry in batch))
            for outcome in await parts.ask(store.keep, source, ingested, report.started):
                report.count(outcome)
        state = document.state_after(is_all_new=met.known == 0)
        await parts.ask(store.feed_read, source, state, report.started, is_changed=document.is_changed)
        report.sources[source.id] = SourceState.READ if document.is_changed else SourceState.UNCHANGED
    if resting := parts.fetch.resting():
        await parts.ask(store.let_rest, resting)


async def read_source(source: Source, parts: "Parts") -> Document:
    """What a feed says, no entries where it has not changed. A failure is remembered, then raised."""
    known = await parts.ask(parts.store.feed_state, source)
    try:
        return await read_document(source, known, parts.fetch, parts.report.started)
    except SourceError as error:
        state = after_failure(known, error, parts.report.started)
        await parts.ask(parts.store.feed_failed, source, state, str(error), parts.report.started)
        raise


async def ingest(entry: Entry, source: Source, parts: "Parts") -> Ingested:
    """Carry one entry from its link to a reading; the store decides later whether that is new, a copy or a version."""
    if not matches(entry, source.match):
        return Ingested(entry, Outcome.FILTERED)
    if is_search_result(entry.url):
        return not_read(entry, Outcome.SUMMARY_ONLY, SEARCH_NOTE)
    results = [not_read(entry, Outcome.NOT_READ, "svwatch made a mistake on this page")]
    with parts.report.guard(source.id, entry.url):
        results.append(await read_entry(entry, source, parts))
    return results[-1]


async def read_entry(entry: Entry, source: Source, parts: "Parts") -> Ingested:
    """Fetch and read an entry's page; where that fails, headline, link and the feed's summary are kept with the reason."""
    try:
        page = await parts.fetch.get(entry.url, is_page=True)
        if page is not None and page.is_reserved:
            return replace(not_read(headline_only(entry), Outcome.SUMMARY_ONLY, RESERVED_NOTE), entry=entry)
        reading = await parts.work.read_page(page, entry, source.rules) if page else None
    except FetchError as error:
        if not error.is_temporary:
            return not_read(entry, Outcome.SUMMARY_ONLY, str(error))
        parts.report.fail(source.id, entry.url, error)
        return not_read(entry, Outcome.FAILED, str(error))
    except PageError as error:
        parts.report.fail(source.id, entry.url, error)
        return not_read(entry, Outcome.NOT_READ, str(error))
    if reading is None:
        return not_read(entry, Outcome.SUMMARY_ONLY, "the page holds no article text")
    return Ingested(entry, Outcome.of(reading.article, reading.annotation), reading)


def read_page(page: Page, entry: Entry, rules: Rules, tagger: Tagger | None) -> Reading | None:
    """A page's article with its fingerprint and annotation; None where the page holds no article text."""
    article = extract_article(page, entry, rules)
    return None if article is None else read_article(article, tagger)


def read_article(article: Article, tagger: Tagger | None) -> Reading:
    """An article with its fingerprint and, where there is a tagger and the text is whole, its annotation."""
    annotation = None if tagger is None or article.is_summary else annotate(article, tagger)
    if annotation is not None and is_live(article.url):
        annotation = replace(annotation, events=())  # a page that rolls on all day states nothing for good
    return Reading(article, fingerprint(article.text), annotation)


def not_read(entry: Entry, outcome: Outcome, reason: str) -> Ingested:
    """What is kept of an entry whose page gave no text: headline, link and the feed's summary, never classified."""
    return Ingested(entry, outcome, read_article(summary_article(entry, reason), None), reason)


async def tag_untagged(parts: "Parts") -> None:
    """Annotate articles that an earlier run had to store without tags, where there is a model now."""
    if parts.report.model_problem:
        return
    for article in await parts.ask(parts.store.untagged):
        with parts.report.guard(article.source_id or "", article.url):
            reading = await parts.work.read_article(article)
            if reading.annotation is not None:
                await parts.ask(parts.store.annotate, reading)


def batches(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """Consecutive runs of at most `size` entries."""
    return (entries[start : start + size] for start in range(0, len(entries), size))


class Fetch(Protocol):
    """Gets what is behind an address."""

    async def get(self, url: str, state: FeedState | None = None, *, is_page: bool = False) -> Page | None:
        """The page, or None for "not modified since `state`"; an article's page is paced more slowly; raises FetchError."""

    def resting(self) -> Mapping[str, datetime]:
        """The servers that want to be left alone, and until when."""

    @property
    def is_cut_off(self) -> bool:
        """Whether no server at all could be reached: it is our network that is down."""


class Work(Protocol):
    """Runs `read_page` and `read_article` in worker processes that are killed at their limits."""

    async def read_page(self, page: Page, entry: Entry, rules: Rules) -> Reading | None:
        """Raises PageError where the worker was killed or died."""

    async def read_article(self, article: Article) -> Reading:
        """Raises PageError where the worker was killed or died."""


class Store(Protocol):
    """What the flow asks of the database; each method is one transaction and raises StoreError."""

    def due(self, sources: Sequence[Source], now: datetime) -> list[Source]:
        """The sources whose interval has passed."""

    def feed_state(self, source: Source) -> FeedState:
        """What is remembered of a feed, nothing for a source never read."""

    def meet(self, source: Source, entries: Sequence[Entry], now: datetime) -> Met:
        """Remember the entries of a feed and say which still need reading."""

    def keep(self, source: Source, ingested: Sequence[Ingested], now: datetime) -> list[Outcome]:
        """Store readings as new articles, copies or versions; the final outcome of each, in order."""

    def feed_read(self, source: Source, state: FeedState, now: datetime, *, is_changed: bool) -> None:
        """Remember that a feed was read, and what to ask it with next time."""

    def feed_failed(self, source: Source, state: FeedState, reason: str, now: datetime) -> None:
        """Remember why a feed could not be read, and when to try again."""

    def excuse(self, source_ids: Iterable[str], now: datetime) -> None:
        """Forget a failure of these feeds that was our own network's."""

    def let_rest(self, servers: Mapping[str, datetime]) -> None:
        """Remember servers that asked to be left alone, and until when."""

    def untagged(self) -> list[Article]:
        """Whole articles that carry no annotation."""

    def annotate(self, reading: Reading) -> None:
        """Store the annotation of an article already stored."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The real parts a run works with; the store answers on one thread of its own."""

    fetch: Fetch
    work: Work
    store: Store
    report: RunReport
    store_thread: Executor

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Put one question to the store without holding up the network."""
        return await asyncio.get_running_loop().run_in_executor(self.store_thread, lambda: question(*args, **kwargs))
