"""What is remembered of each feed: what to ask it with, when it may be asked again, and how asking it has gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Coalesce

from svwatch.records import FeedState, Source
from svwatch.report import SourceState
from svwatch.store.models import EntryRow, PollRow, RestRow, SourceRow
from svwatch.store.records import Poll, SourceHealth

SLACK = timedelta(minutes=1)  # a scheduler that fires a second early must not skip a whole interval
WEEK = timedelta(weeks=1)
POLLS_KEPT = timedelta(days=60)
AFTER_AN_OUTAGE = timedelta(minutes=15)

_REMEMBERED = tuple(field.name for field in fields(FeedState))


def due(sources: Sequence[Source], now: datetime) -> list[Source]:
    """The enabled sources that may be asked again, or whose last try lies ahead (a clock was set back)."""
    rows = {row.id: row for row in SourceRow.objects.all()}
    return [source for source in sources if source.enabled and _is_due(source, rows.get(source.id), now)]


def _is_due(source: Source, row: SourceRow | None, now: datetime) -> bool:
    if row is None or row.tried_at is None or _is_elsewhere(source, row) or row.tried_at > now:
        return True
    next_at = row.tried_at + source.every if row.next_at is None else row.next_at
    return row.stopped is None and now >= next_at - SLACK


def feed_state(source: Source) -> FeedState:
    """What is remembered of a feed; nothing where it was never asked, or the operator has given it another address."""
    row = SourceRow.objects.filter(pk=source.id).first()
    if row is None or _is_elsewhere(source, row):
        return FeedState()
    return FeedState(**{name: getattr(row, name) for name in _REMEMBERED})


def feed_read(source: Source, state: FeedState, now: datetime, *, is_changed: bool) -> None:
    """Remember that a feed was read, and what to ask it with next time."""
    outcome = SourceState.READ if is_changed else SourceState.UNCHANGED
    _remember(source, state, outcome, now, {"read_at": now})


def feed_failed(source: Source, state: FeedState, reason: str, now: datetime) -> None:
    """Remember why a feed could not be read, and when to try again."""
    _remember(source, state, SourceState.FAILED, now, {"failure": reason, "failed_at": now}, reason)


def excuse(source_ids: Iterable[str], now: datetime) -> None:
    """Forget a failure of these feeds that was our own network's: they are asked again soon."""
    rows = SourceRow.objects.filter(pk__in=list(source_ids), failures_in_a_row__gt=0)
    rows.update(failures_in_a_row=F("failures_in_a_row") - 1, next_at=now + AFTER_AN_OUTAGE)


def resume(source_id: str) -> None:
    """Ask a feed again that svwatch had given up, as if it had never failed."""
    afresh = {"stopped": None, "gone_since": None, "failures_in_a_row": 0, "next_at": None, "tried_at": None}
    SourceRow.objects.filter(pk=source_id).update(**afresh)


def gave_article(source: Source, now: datetime) -> None:
    """Remember that a source has given a new article."""
    SourceRow.objects.update_or_create(pk=source.id, defaults={"last_article_at": now})


def news_since(source: Source, now: datetime) -> datetime:
    """What a source publishes from then on is news: all but a week behind the newest entry it had before.

    Behind now, where its feed was never read: back numbers are no news.
    """
    row = SourceRow.objects.filter(pk=source.id).first()
    newest = row.newest_at if row is not None and row.read_at is not None else None
    return min(newest or now, now) - WEEK


def resting(now: datetime) -> dict[str, datetime]:
    """The servers that asked to be left alone, and until when."""
    return dict(RestRow.objects.filter(until__gt=now).values_list("server", "until"))


def let_rest(servers: Mapping[str, datetime]) -> None:
    """Remember servers that asked to be left alone."""
    rows = [RestRow(server=server, until=until) for server, until in servers.items()]
    RestRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["server"], update_fields=["until"])


def forget_old_polls(now: datetime) -> None:
    """Delete the history of feeds that is too old to matter, and rests that are over."""
    PollRow.objects.filter(at__lt=now - POLLS_KEPT).delete()
    RestRow.objects.filter(until__lt=now).delete()


def history(source_id: str, limit: int) -> list[Poll]:
    """The last times a feed was asked, newest first."""
    rows = PollRow.objects.filter(source_id=source_id).order_by("-at", "-pk")[:limit]
    return [Poll(row.at, SourceState(row.state), row.reason) for row in rows]


def entry_times(source_id: str, span: timedelta) -> list[datetime]:
    """When the entries of a source were published, or first met where undated, in order.

    Those of the `span` before its newest, however long ago that was.
    """
    dated = _dated_entries().filter(source_id=source_id).order_by("dated").values_list("dated", flat=True)
    newest = dated.last()
    return [] if newest is None else list(dated.filter(dated__gte=newest - span))


def health(now: datetime) -> list[SourceHealth]:
    """How reading each feed has gone, by source id; sources never tried are not there."""
    last_week = _dated_entries().filter(dated__gte=now - WEEK).values("source_id")
    counts = dict(last_week.annotate(n=Count("pk")).values_list("source_id", "n"))
    return [_health(row, counts.get(row.id, 0)) for row in SourceRow.objects.order_by("id")]


def _health(row: SourceRow, entries_last_week: int) -> SourceHealth:
    return SourceHealth(
        source_id=row.id,
        state=None if row.state is None else SourceState(row.state),
        read_at=row.read_at,
        failure=row.failure,
        failed_at=row.failed_at,
        failures_in_a_row=row.failures_in_a_row,
        last_article_at=row.last_article_at,
        next_at=row.next_at,
        stopped=row.stopped,
        remark=row.remark,
        moved_to=row.url,
        entries_last_week=entries_last_week,
    )


def _dated_entries() -> "QuerySet[EntryRow]":
    return EntryRow.objects.annotate(dated=Coalesce("published_at", "first_seen_at"))


def _remember(
    source: Source,
    state: FeedState,
    outcome: SourceState,
    now: datetime,
    more: Mapping[str, object],
    reason: str | None = None,
) -> None:
    values = {name: getattr(state, name) for name in _REMEMBERED}
    values |= {"state": outcome, "tried_at": now, "source_url": source.url, **more}
    SourceRow.objects.update_or_create(pk=source.id, defaults=values)
    PollRow.objects.create(source_id=source.id, at=now, state=outcome, reason=reason)


def _is_elsewhere(source: Source, row: SourceRow) -> bool:
    """Whether the operator has given a source another address since the row was written."""
    return row.source_url is not None and row.source_url != source.url
