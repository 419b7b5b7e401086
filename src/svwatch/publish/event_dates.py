"""Dates of events, which are as precise as the article was: a day, month, season, year or money year."""

import re
from calendar import monthrange
from datetime import date

from svwatch.publish.words import MONTHS

_SEASON_ENDS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}
_STATED = re.compile(
    r"(?P<year>\d{4})(?:-(?P<season>winter|spring|summer|autumn)|-(?P<two>\d{2})(?:-(?P<day>\d{2}))?)?"
)


def event_date_in_words(stated: str) -> str:
    """``10 May 2024``, ``May 2024``, ``spring 2024``, ``2023-24`` or ``2024``; anything else as it stands."""
    match = _STATED.fullmatch(stated)
    if match is None:
        return stated
    year, two = match["year"], match["two"]
    if match["season"]:
        return f"{match['season']} {year}"
    if two is None or not 1 <= int(two) <= 12:
        return stated
    day = f"{int(match['day'])} " if match["day"] else ""
    return f"{day}{MONTHS[int(two) - 1]} {year}"


def last_day(stated: str) -> date | None:
    """The last day that a stated date may mean; None where it cannot be read.

    A money or school year (``2023-24``) ends in August, the later of the two.
    """
    match = _STATED.fullmatch(stated)
    if match is None:
        return None
    year, two = int(match["year"]), match["two"]
    if match["season"]:
        return _month_end(year + (match["season"] == "winter"), _SEASON_ENDS[match["season"]])
    if two is None:
        return date(year, 12, 31)
    if match["day"]:
        return _day(year, int(two), int(match["day"]))
    return _month_end(year, int(two)) if 1 <= int(two) <= 12 else _month_end(year + 1, 8)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
