"""What is remembered of each feed: when it was tried, its validators, and how long it has failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from svwatch.records import FeedState, Source
from svwatch.report import SourceState
from svwatch.store.models import SourceRow
from svwatch.store.records import SourceHealth

SLACK = timedelta(minutes=1)  # a scheduler that fires a second early must not skip a whole interval


def due(sources: Sequence[Source], now: datetime) -> list[Source]:
    """The enabled sources whose interval has passed, or whose last try lies ahead (a clock was set back)."""
    tried = dict(SourceRow.objects.values_list("id", "tried_at"))
    return [source for source in sources if source.enabled and _is_due(source, tried.get(source.id), now)]


def _is_due(source: Source, tried_at: datetime | None, now: datetime) -> bool:
    return tried_at is None or not tried_at <= now < tried_at + source.every - SLACK


def feed_state(source: Source) -> FeedState:
    """The validators to send, empty for a source never read."""
    row = SourceRow.objects.filter(pk=source.id).first()
    return FeedState() if row is None else FeedState(row.etag, row.last_modified, row.body_sha256)


def feed_read(source: Source, state: FeedState | None, now: datetime) -> None:
    """Remember a feed as read; None keeps the validators it had."""
    row = _row_of(source)
    row.state = SourceState.UNCHANGED if state is None else SourceState.READ
    row.tried_at = row.read_at = now
    row.failures_in_a_row = 0
    if state is not None:
        row.etag, row.last_modified, row.body_sha256 = state.etag, state.last_modified, state.body_sha256
    row.save()


def feed_failed(source: Source, reason: str, now: datetime) -> None:
    """Remember why a feed could not be read."""
    row = _row_of(source)
    row.state = SourceState.FAILED
    row.tried_at = row.failed_at = now
    row.failure = reason
    row.failures_in_a_row += 1
    row.save()


def gave_article(source: Source, now: datetime) -> None:
    """Remember that a source has given a new article."""
    SourceRow.objects.update_or_create(pk=source.id, defaults={"last_article_at": now})


def health() -> list[SourceHealth]:
    """How reading each feed has gone, by source id; sources never tried are not there."""
    return [
        SourceHealth(
            source_id=row.id,
            state=None if row.state is None else SourceState(row.state),
            read_at=row.read_at,
            failure=row.failure,
            failed_at=row.failed_at,
            failures_in_a_row=row.failures_in_a_row,
            last_article_at=row.last_article_at,
        )
        for row in SourceRow.objects.order_by("id")
    ]


def _row_of(source: Source) -> SourceRow:
    return SourceRow.objects.filter(pk=source.id).first() or SourceRow(id=source.id)
