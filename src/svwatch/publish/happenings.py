"""Which events of an article are news, and when two articles tell of the same one."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from svwatch.publish.event_dates import last_day
from svwatch.publish.phrases import event_turn
from svwatch.publish.words import london_date
from svwatch.records import Annotation, Event

_CITATION_YEAR = re.compile(r"\[(\d{4})\]")

NEWS_LASTS = timedelta(days=60)
"""An event that ended longer before its article than this is background, not news."""

AMOUNT_TOLERANCE = 0.1
"""One payment is printed as £18m, £17m and £17.7m; sums this close, as a share of the larger, are taken as one."""


def new_events(annotation: Annotation, article_at: datetime, told: Sequence[Event]) -> tuple[Event, ...]:
    """The events that an article of that time has as news: recent or undated, and not among those already told."""
    recent = (event for event in annotation.events if is_recent(event, article_at))
    return tuple(event for event in recent if not any(is_same_event(event, old) for old in told))


def is_recent(event: Event, article_at: datetime) -> bool:
    """True for an event whose date may lie in the weeks before the article or after it.

    Without a date, the year of a judgment's citation tells; with neither, it counts as recent.
    """
    last = _last_day(event)
    return last is None or last >= london_date(article_at) - NEWS_LASTS


def _last_day(event: Event) -> date | None:
    if event.date is not None:
        return last_day(event.date)
    year = _CITATION_YEAR.match(str(event.values.get("citation", "")))
    return None if year is None else last_day(year[1])


def is_same_event(one: Event, other: Event) -> bool:
    """True where kind and councils fit and nothing that both state differs; articles seldom state everything."""
    return (
        one.kind == other.kind
        and _councils_fit(frozenset(one.councils), frozenset(other.councils))
        and _equal_if_said(event_turn(one), event_turn(other))
        and _dates_fit(one.date, other.date)
        and _amounts_fit(amount_of(one), amount_of(other))
    )


def amount_of(event: Event) -> float | None:
    """The sum of an event in pounds; None where the article gives none."""
    amount = event.values.get("amount")
    return float(amount) if isinstance(amount, int | float) and not isinstance(amount, bool) else None


def _councils_fit(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or bool(one and other and (one <= other or other <= one))


def _equal_if_said(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _dates_fit(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _amounts_fit(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return True
    return abs(one - other) <= AMOUNT_TOLERANCE * max(abs(one), abs(other))
