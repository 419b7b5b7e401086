"""Config -> the real parts. The only place where they are built and joined."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from svwatch.config import Config
from svwatch.crawl.fetch import Fetcher, FetchPolicy
from svwatch.crawl.publishers import load_groups
from svwatch.crawl.quiet import MEMORY, quiet_since
from svwatch.crawl.urls import canonical_key, owner, publisher_id
from svwatch.errors import ConfigError, ModelError
from svwatch.extract.copies import bands_of, is_copy
from svwatch.gazetteer import load_councils
from svwatch.pipeline import Parts, watch
from svwatch.publish.digest import Digest, build_digest
from svwatch.publish.inputs import SourceHealth, SourcesHealth, StoredArticle, StoredCopy
from svwatch.publish.write import write_digest as publish_digest
from svwatch.records import Source
from svwatch.report import RunReport, SourceState
from svwatch.store.opening import open_store
from svwatch.store.records import Judges, Selection
from svwatch.store.records import SourceHealth as StoreHealth
from svwatch.store.records import StoredArticle as StoreRow
from svwatch.tag.model import current_model, load_trained
from svwatch.taxonomy import load_taxonomy
from svwatch.workroom import WorkLimits, Workroom
from svwatch.workspace import model_folders

if TYPE_CHECKING:
    from svwatch.store.store import Store  # its tables can be imported only once Django is configured

LONDON = ZoneInfo("Europe/London")


def store_of(config: Config) -> "Store":
    """Open the workspace's database; raises StoreError."""
    return open_store(config.database_path, Judges(_key_of, bands_of, is_copy))


def _key_of(url: str) -> str:
    return publisher_id(url) or canonical_key(url)


def run(config: Config, now: datetime, *, only: Sequence[str] = (), report: RunReport | None = None) -> RunReport:
    """One pass over the sources that are due, or over those named in `only`, due or not.

    Raises:
        ConfigError: a name in `only` is no source.
        StoreError: the database refused, or another run is going on.
    """
    sources = _chosen(config, only)
    store = store_of(config)
    report = report or RunReport(started=now)
    turn = store.begin_run(now)
    report.took_over = turn.took_over
    try:
        fetcher = Fetcher(fetch_policy(config), resting=store.resting(now))
        asyncio.run(_watch(config, sources, store, report, fetcher, only_due=not only))
    finally:
        report.finished = datetime.now(UTC)
        store.finish_run(turn, report)
    return report


def _chosen(config: Config, only: Sequence[str]) -> list[Source]:
    known = {source.id: source for source in config.sources}
    unknown = [name for name in only if name not in known]
    if unknown:
        raise ConfigError(f'there is no source "{unknown[0]}"; `svwatch sources list` names them')
    return [known[name] for name in only] or [source for source in config.sources if source.enabled]


async def _watch(
    config: Config, sources: Sequence[Source], store: "Store", report: RunReport, fetcher: Fetcher, *, only_due: bool
) -> None:
    crawl = config.settings.crawl
    limits = WorkLimits(crawl.workers, crawl.page_seconds, crawl.page_memory_mib)
    with ThreadPoolExecutor(max_workers=1) as store_thread:
        async with fetcher as fetch, Workroom(trusted_model(config, report), limits) as work:
            try:
                await watch(sources, Parts(fetch, work, store, report, store_thread), only_due=only_due)
            finally:
                store_thread.submit(store.close).result()


def fetch_policy(config: Config) -> FetchPolicy:
    """How the fetcher behaves, from the settings."""
    crawl = config.settings.crawl
    return FetchPolicy(
        user_agent=crawl.agent(),
        per_host_delay_seconds=crawl.per_host_delay_seconds,
        page_delay_seconds=crawl.page_delay_seconds,
        timeout_seconds=crawl.timeout_seconds,
        max_bytes=crawl.max_bytes,
        allow_private_hosts=crawl.allow_private_hosts,
        respects_robots=crawl.respect_robots,
        groups=load_groups(),
    )


def trusted_model(config: Config, report: RunReport) -> Path | None:
    """The live model's folder, or None with the problem in the report: articles are then collected untagged."""
    try:
        folder = current_model(model_folders(config.workspace))
        load_trained(folder)
    except ModelError as error:
        report.model_problem = str(error)
        return None
    return folder


@dataclass(frozen=True, slots=True)
class Period:
    """The time a digest covers, ``[since, until)``, and the London day it is named after."""

    day: date
    since: datetime
    until: datetime


def period(day: date, days: int) -> Period:
    """The `days` London days that end with `day`."""
    until = datetime.combine(day + timedelta(days=1), time(), LONDON)
    since = datetime.combine(day - timedelta(days=days - 1), time(), LONDON)
    return Period(day, since.astimezone(UTC), until.astimezone(UTC))


def digest_of(config: Config, store: "Store", covered: Period, now: datetime) -> Digest:
    """The digest of what was first seen in a period; back numbers older than it are no news."""
    names = {source.id: source.name for source in config.sources}
    publisher_of = _publishers(config)
    seen = store.articles(Selection(since=covered.since, until=covered.until))
    rows = (row for row in seen if is_news(row, covered.since))
    return build_digest(
        [_digest_article(row, names, publisher_of) for row in rows],
        sources_health(config, store, now),
        now=now,
        since=covered.since,
        until=covered.until,
        taxonomy=load_taxonomy(),
        councils=load_councils(),
        title=config.settings.digest.title,
    )


def is_news(row: StoreRow, since: datetime) -> bool:
    """Whether an article first seen in a period may be listed: not a back number that is older than the period."""
    return not row.is_old or row.article.published_at is None or row.article.published_at >= since


def _publishers(config: Config) -> dict[str, str]:
    """Names of publishers by the owner of their addresses, to tell who published a copy."""
    return {owner(source.url): source.name for source in config.sources}


def _digest_article(row: StoreRow, names: dict[str, str], publisher_of: dict[str, str]) -> StoredArticle:
    copies = tuple(StoredCopy(row.article.title, publisher_of.get(owner(url), owner(url)), url) for url in row.copies)
    source_id = row.article.source_id or ""
    return StoredArticle(
        article=row.article,
        publisher=names.get(source_id, source_id),
        first_seen_at=row.first_seen_at,
        annotation=row.annotation,
        copies=copies,
        is_changed=row.versions > 1,
    )


def sources_health(config: Config, store: "Store", now: datetime) -> SourcesHealth:
    """How every source that is switched on did when it was last asked; one never asked yet is left out."""
    known = {health.source_id: health for health in store.source_health(now)}
    asked = [source for source in config.sources if source.enabled and source.id in known]
    return SourcesHealth(tuple(_health(source, known[source.id], silent_since(source, store, now)) for source in asked))


def _health(source: Source, known: StoreHealth, quiet: datetime | None) -> SourceHealth:
    is_read = known.state is not SourceState.FAILED
    return SourceHealth(source.name, is_read, None if is_read else known.stopped or known.failure, quiet)


def silent_since(source: Source, store: "Store", now: datetime) -> datetime | None:
    """Since when a source has given no entry for longer than it ever does; None where it has not fallen silent."""
    return quiet_since(store.entry_times(source.id, MEMORY), now, source.expect)


def write_digest(config: Config, digest: Digest) -> Path:
    """Write every form of a digest; the web page's place. Raises ConfigError."""
    return publish_digest(digest, config.output_path).html
