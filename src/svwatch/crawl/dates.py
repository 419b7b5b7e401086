"""Dates as feeds write them, read from the raw string: feedparser takes BST for UTC and lets 2054 through."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR = 2005
MAX_CHARACTERS = 100

UNDATED = "the feed gives no date"
UNREADABLE = "the feed's date cannot be read"
IMPOSSIBLE = "the feed's date is impossible"
AHEAD = "the feed's date lay ahead; this is when it was first seen"

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
# Hours ahead of UTC. Names with two meanings (IST, AST) are left out: the feed's own zone is the better guess.
_ZONE_HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s?(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"(?P<zone>z\b|(?:gmt|utc?)?\s?[+-]\d{1,2}:?(?:\d{2})?|[a-z]{1,5}\b)?"
_REST = rf"(?:[t,\s]+(?:at\s+)?{_CLOCK}\s*{_ZONE})?(?:\s*\(.*\))?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,.]+)?"
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE | re.ASCII)
    for shape in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_REST}",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE})?",
        rf"{_WEEKDAY}{_ORDINAL}[\s-]+{_MONTH}[\s,-]+(?P<year>\d{{4}}|\d\d)\b{_REST}",
        rf"{_WEEKDAY}{_MONTH}\s+{_ORDINAL}[\s,]+(?P<year>\d{{4}})\b{_REST}",
        rf"{_WEEKDAY}{_MONTH}\s+{_ORDINAL}\s+{_CLOCK}\s+{_ZONE}\s*(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}}){_REST}",
    )
)
_UNIX = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment in UTC, None where there is none to be trusted, and why it is not the feed's own; None where it is."""

    at: datetime | None
    note: str | None = None


def read_date(raw: str | None, fetched_at: datetime, zone: tzinfo = LONDON) -> Dated:
    """The moment a feed's date names.

    RFC 822, ISO 8601, asctime, Unix time and day-first forms are read. A date without a zone is one of `zone`.
    A year before 2005 or after next year is refused; a moment still to come becomes `fetched_at`.
    """
    written = (raw or "").strip()[:MAX_CHARACTERS]
    if not written:
        return Dated(None, UNDATED)
    moment = _parse(written, zone)
    if moment is None:
        return Dated(None, UNREADABLE)
    if not EARLIEST_YEAR <= moment.year <= fetched_at.year + 1:
        return Dated(None, IMPOSSIBLE)
    seen = fetched_at.astimezone(UTC)
    return Dated(moment.astimezone(UTC)) if moment <= seen else Dated(seen, AHEAD)


def _parse(raw: str, zone: tzinfo) -> datetime | None:
    if _UNIX.fullmatch(raw):
        return datetime.fromtimestamp(int(raw[:10]), UTC)
    for shape in _SHAPES:
        found = shape.fullmatch(raw)
        if found:
            return _moment(found.groupdict(), zone)
    return None


def _moment(parts: dict[str, str | None], zone: tzinfo) -> datetime | None:
    """The moment that named parts make; None where they make none, such as 31 February or year 0."""
    try:
        day = datetime(_year(parts), _month(parts), int(parts["day"] or 0), tzinfo=_zone(parts.get("zone"), zone))
        hour, minute = _hour(parts), int(parts.get("minute") or 0)
        second = min(int(parts.get("second") or 0), 59)  # a leap second is written :60
        if (hour, minute, second) == (24, 0, 0):
            return day + timedelta(days=1)
        return day.replace(hour=hour, minute=minute, second=second)
    except (ValueError, OverflowError):
        return None


def _year(parts: dict[str, str | None]) -> int:
    written = parts["year"] or ""
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    return _MONTHS[name.lower()] if name else int(parts["month"] or 0)


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").lower()
    if not half:
        return hour
    return hour % 12 + (12 if half.startswith("p") else 0)


def _zone(written: str | None, default: tzinfo) -> tzinfo:
    """The zone as written; `default` where none is, or one that is not known."""
    offset = _OFFSET.search(written or "")
    if offset:
        ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return timezone(-ahead if offset["sign"] == "-" else ahead)
    hours = _ZONE_HOURS.get((written or "").strip().lower())
    return default if hours is None else timezone(timedelta(hours=hours))
