"""The store: what the pipeline, the commands and the web ask of the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections

from svwatch.records import Article, Entry, FeedState, Reading, Source
from svwatch.report import Ingested, Met, Outcome, RunReport
from svwatch.store import articles, feeds, queries, runs, search
from svwatch.store import entries as feed_entries
from svwatch.store.database import reading, writing
from svwatch.store.records import (
    Judges,
    MadeDigest,
    PastRun,
    Poll,
    Run,
    Selection,
    SourceHealth,
    StoredArticle,
    Version,
)

P = ParamSpec("P")
T = TypeVar("T")
EVERYTHING = Selection()


def _writes(method: Callable[Concatenate["Store", P], T]) -> Callable[Concatenate["Store", P], T]:
    """Make a method one transaction."""

    @wraps(method)
    def answer(self: "Store", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with writing(self.path):
            return method(self, *args, **kwargs)

    return answer


def _reads(method: Callable[Concatenate["Store", P], T]) -> Callable[Concatenate["Store", P], T]:
    """Make a method see one state of the database."""

    @wraps(method)
    def answer(self: "Store", /, *args: P.args, **kwargs: P.kwargs) -> T:
        with reading(self.path):
            return method(self, *args, **kwargs)

    return answer


class Store:
    """One database file; made by `open_store`.

    It may be used from any thread: each has a connection of its own, given back with `close`. Every method is one
    transaction and raises StoreError.
    """

    def __init__(self, path: Path, judges: Judges) -> None:
        self.path = path
        self._judges = judges

    # --- what the pipeline asks ---

    @_reads
    def due(self, sources: Sequence[Source], now: datetime) -> list[Source]:
        """The enabled sources whose interval has passed."""
        return feeds.due(sources, now)

    @_reads
    def feed_state(self, source: Source) -> FeedState:
        """The validators to send, empty for a source never read."""
        return feeds.feed_state(source)

    @_writes
    def meet(self, source: Source, entries: Sequence[Entry], now: datetime) -> Met:
        """Remember the entries of a feed and say which still need reading."""
        return feed_entries.meet(source, entries, self._judges.key_of, now)

    @_writes
    def keep(self, source: Source, ingested: Sequence[Ingested], now: datetime) -> list[Outcome]:
        """Store readings as new articles, copies or versions; the final outcome of each, in order."""
        return articles.keep(source, ingested, self._judges, now)

    @_writes
    def feed_read(self, source: Source, state: FeedState, now: datetime, *, is_changed: bool) -> None:
        """Remember that a feed was read, and what to ask it with next time."""
        feeds.feed_read(source, state, now, is_changed=is_changed)

    @_writes
    def feed_failed(self, source: Source, state: FeedState, reason: str, now: datetime) -> None:
        """Remember why a feed could not be read, and when to try again."""
        feeds.feed_failed(source, state, reason, now)

    @_writes
    def excuse(self, source_ids: Iterable[str], now: datetime) -> None:
        """Forget a failure of these feeds that was our own network's: they are asked again soon."""
        feeds.excuse(source_ids, now)

    @_writes
    def let_rest(self, servers: Mapping[str, datetime]) -> None:
        """Remember servers that asked to be left alone, and until when."""
        feeds.let_rest(servers)

    @_reads
    def untagged(self) -> list[Article]:
        """Whole articles that carry no annotation, oldest first."""
        return queries.untagged()

    @_writes
    def annotate(self, reading: Reading) -> None:
        """Store the annotation of an article already stored; the one it had is kept as history."""
        articles.annotate(reading)

    # --- sources ---

    @_reads
    def resting(self, now: datetime) -> dict[str, datetime]:
        """The servers that asked to be left alone, and until when."""
        return feeds.resting(now)

    @_writes
    def resume(self, source_id: str) -> None:
        """Ask a feed again that svwatch had given up, as if it had never failed."""
        feeds.resume(source_id)

    @_reads
    def history(self, source_id: str, limit: int = 20) -> list[Poll]:
        """The last times a feed was asked, newest first."""
        return feeds.history(source_id, limit)

    @_reads
    def entry_times(self, source_id: str, span: timedelta) -> list[datetime]:
        """When the entries of a source appeared, in order: those of the `span` before its newest."""
        return feeds.entry_times(source_id, span)

    # --- runs ---

    @_writes
    def begin_run(self, now: datetime) -> Run:
        """Take the lock; raises RunningError where another run holds it, unless its process is gone or it is stale."""
        return runs.begin_run(now)

    @_writes
    def finish_run(self, run: Run, report: RunReport) -> None:
        """Remember what came of a run and give the lock back."""
        runs.finish_run(run, report)

    @_reads
    def last_run(self) -> PastRun | None:
        """The run that began last, None before the first."""
        return runs.last_run()

    @_writes
    def made_digest(self, digest: MadeDigest) -> bool:
        """Remember a digest of the schedule; False where that day had one."""
        return runs.made_digest(digest)

    @_reads
    def last_digest(self) -> MadeDigest | None:
        """The newest digest of the schedule, None before the first."""
        return runs.last_digest()

    # --- what readers ask ---

    @_reads
    def source_health(self, now: datetime | None = None) -> list[SourceHealth]:
        """How reading each feed has gone, by source id; sources never tried are not there."""
        return feeds.health(now or datetime.now(UTC))

    @_reads
    def counts(self) -> dict[str, int]:
        """How many originals, copies and entries are stored, and how many originals are relevant."""
        return queries.counts()

    def articles(self, selection: Selection = EVERYTHING) -> Iterator[StoredArticle]:
        """The originals a selection asks for, in the order they were stored.

        Read page by page, so that a slow reader holds up nobody; each page is one state of the database.
        """
        page = self._page_after(0, selection)
        yield from page
        while len(page) == queries.PAGE_SIZE:
            page = self._page_after(int(page[-1].article.id or 0), selection)
            yield from page

    @_reads
    def _page_after(self, last_id: int, selection: Selection) -> list[StoredArticle]:
        return queries.page_after(last_id, selection)

    @_reads
    def search(
        self, query: str, selection: Selection = EVERYTHING, *, limit: int = 50, offset: int = 0
    ) -> list[StoredArticle]:
        """The originals whose title and text hold every word of a query, best first; signs in it mean nothing."""
        return search.search(query, selection, limit, offset)

    @_reads
    def versions(self, article: Article) -> Sequence[Version]:
        """The texts an article has had, oldest first, the present one last; none where it is not stored."""
        return queries.versions(article)

    def close(self) -> None:
        """Give back this thread's connection; the next question opens it again."""
        connections[DEFAULT_DB_ALIAS].close()
