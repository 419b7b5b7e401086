"""When a feed is asked again, and how: pure decisions on what is remembered of it. No network, clock or chance here.

Failed feeds are asked ever more rarely, each at a time of its own (full jitter), so that a site in trouble is not met
by everyone at once. A feed that works is asked no oftener than its operator, its site and its own pace ask for.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from svwatch.crawl.answers import BUSY, LONGEST_REST_SECONDS
from svwatch.crawl.feeds import Feed
from svwatch.errors import FeedEnded, FetchError, SourceError
from svwatch.records import Entry, FeedState, Page, Source

LONGEST_PAUSE = timedelta(seconds=LONGEST_REST_SECONDS)
LONGEST_UNHURRIED = timedelta(hours=6)
FIRST_BACK_OFF = timedelta(minutes=15)
SHORTEST_BACK_OFF = timedelta(minutes=1)
REFUSED = frozenset({401, 403, 404, 451})
GONE_FOR_GOOD = 410
GONE_FOR_NOW = 404
PATIENCE = timedelta(days=14)
QUIET = timedelta(days=7)
SURE_AFTER_ANSWERS = 3
EMPTY_IN_A_ROW = 3
LEAST_DATED = 3
GAP = "none of the entries met last time stands in it any more, so some may have been missed; ask it more often"


def validators_for(state: FeedState, now: datetime) -> FeedState | None:
    """The state whose validators are to be sent; None for a plain request.

    Validators get stuck (a server goes on answering "not modified"), so a source that used to publish and has given
    nothing new for a week is asked plainly once a week. So is one that is on the move or was empty, whose document is
    wanted whatever its age.
    """
    if state.moved_to or state.empty_in_a_row or _may_be_stuck(state, now):
        return None
    return state


def is_unchanged(state: FeedState, page: Page) -> bool:
    """Whether a document has the very bytes that were read last."""
    return state.body_sha256 == _digest(page)


def after_unchanged(state: FeedState, page: Page | None, source: Source, now: datetime, chance: float) -> FeedState:
    """What to remember once a feed gave the document it gave before, or only said that it has not changed.

    Args:
        state: what was remembered.
        page: the document, None where there was none to send.
        source: whose feed it is.
        now: when it was asked.
        chance: a number in [0, 1) that spreads requests.
    """
    known = state if page is None else _document(state, page, now)
    empty = state.empty_in_a_row + 1 if state.empty_in_a_row else 0
    return _planned(replace(known, empty_in_a_row=empty), source, now, chance)


def after_change(
    state: FeedState, page: Page, feed: Feed, source: Source, now: datetime, chance: float, *, has_gap: bool = False
) -> FeedState:
    """What to remember once a feed gave a new document, all of whose entries are stored.

    Args:
        state: what was remembered.
        page: the document.
        feed: what was read in it.
        source: whose feed it is.
        now: when it was asked.
        chance: a number in [0, 1) that spreads requests.
        has_gap: whether it holds no entry that was met before.
    """
    dates = _dates(feed.entries)
    known = replace(
        _document(state, page, now),
        changed_at=now,
        newest_at=max([*dates, *([state.newest_at] if state.newest_at else [])], default=None),
        empty_in_a_row=0 if feed.entries else state.empty_in_a_row + 1,
        gap_seconds=_usual_gap_seconds(dates) or state.gap_seconds,
        wait_seconds=max(page.max_age_seconds or 0, feed.ttl_seconds or 0),
        remark=GAP if has_gap else next(iter(feed.problems), None),
    )
    return _planned(known, source, now, chance)


def after_failure(state: FeedState, error: SourceError, now: datetime, chance: float) -> FeedState:
    """What to remember once a feed could not be read: a failed poll is "unknown", never "no news".

    Args:
        state: what was remembered.
        error: why it could not be read.
        now: when it was asked.
        chance: a number in [0, 1) that spreads requests.
    """
    failures = state.failures_in_a_row + 1
    status = error.status if isinstance(error, FetchError) else None
    gone_since = (state.gone_since or now) if status == GONE_FOR_NOW else None
    return replace(
        state,
        failures_in_a_row=failures,
        gone_since=gone_since,
        next_at=now + _pause_after(error, failures, chance),
        stopped=_why_stop(error, status, gone_since, now),
    )


def is_empty_too_often(state: FeedState) -> bool:
    """Whether a feed has come without entries so often that something is wrong with it."""
    return state.empty_in_a_row >= EMPTY_IN_A_ROW


def _may_be_stuck(state: FeedState, now: datetime) -> bool:
    if state.gap_seconds is None or state.gap_seconds > QUIET.total_seconds():
        return False
    return all(time is not None and now - time >= QUIET for time in (state.changed_at, state.plain_at))


def _document(state: FeedState, page: Page, now: datetime) -> FeedState:
    """The state after an answer that could be read: its validators, and how sure a permanent move has become."""
    times = state.moved_times + 1 if page.permanent_url == state.moved_to else 1
    moved = replace(
        state,
        etag=page.etag,
        last_modified=page.last_modified,
        body_sha256=_digest(page),
        plain_at=now,
        moved_to=page.permanent_url,
        moved_times=times if page.permanent_url else 0,
    )
    if page.permanent_url and times >= SURE_AFTER_ANSWERS:
        return replace(moved, url=page.permanent_url, moved_to=None, moved_times=0)
    return moved


def _planned(state: FeedState, source: Source, now: datetime, chance: float) -> FeedState:
    unhurried = min(timedelta(seconds=(state.gap_seconds or 0) / 4), LONGEST_UNHURRIED)
    stated = min(timedelta(seconds=state.wait_seconds), LONGEST_PAUSE)
    own = timedelta() if state.remark == GAP else unhurried
    pause = max(source.every, own, stated) * (1 + chance / 10)
    return replace(state, next_at=now + pause, read_at=now, failures_in_a_row=0, gone_since=None, stopped=None)


def _pause_after(error: SourceError, failures: int, chance: float) -> timedelta:
    doubled: timedelta = FIRST_BACK_OFF * 2 ** min(failures - 1, 20)
    back_off = min(doubled, LONGEST_PAUSE) * chance
    if not isinstance(error, FetchError):
        return max(back_off, SHORTEST_BACK_OFF)
    if error.retry_after_seconds and (error.status is None or error.status in BUSY):
        return min(timedelta(seconds=error.retry_after_seconds), LONGEST_PAUSE)
    if error.status in REFUSED or not error.is_temporary:
        return timedelta(hours=24) if failures == 1 else timedelta(weeks=1)
    return max(back_off, SHORTEST_BACK_OFF)


def _why_stop(error: SourceError, status: int | None, gone_since: datetime | None, now: datetime) -> str | None:
    if isinstance(error, FeedEnded) or status == GONE_FOR_GOOD:
        return str(error)
    if gone_since is not None and now - gone_since >= PATIENCE:
        return f"there has been nothing at its address since {gone_since:%d %B %Y}; find the feed's new address"
    return None


def _usual_gap_seconds(dates: Iterable[datetime]) -> int | None:
    """The median time between two entries that follow each other; None where too few are dated."""
    times = sorted(set(dates))
    if len(times) < LEAST_DATED:
        return None
    return int(median((later - earlier).total_seconds() for earlier, later in pairwise(times)))


def _dates(entries: Iterable[Entry]) -> list[datetime]:
    moments = (entry.published_at or entry.updated_at for entry in entries)
    return [moment for moment in moments if moment is not None]


def _digest(page: Page) -> str:
    return hashlib.sha256(page.body).hexdigest()
