"""Every form in which the press states a date: the words, and how they are resolved to a value."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from svwatch.tag.amounts import whole_number

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_WEEKDAYS = {
    day: number
    for number, day in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_NUMBERS = {"couple of": 2, "a couple of": 2, "fortnight": 2}
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_SEASON = r"(?P<season>spring|summer|autumn|winter)"
_WEEKDAY = r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/]|-\d)"
_COUNT = r"(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple of)"


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of one match are read against; `known_year` is the year said last before them."""

    today: date | None
    is_ahead: bool
    known_year: int | None


Resolve = Callable[[re.Match[str], Setting], str | None]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].rstrip(".")]


def _month_value(year: int, month: int) -> str:
    """A month that may run over either end of its year."""
    years, rest = divmod(month - 1, 12)
    return f"{year + years}-{rest + 1:02d}"


def financial_year(year: int, month: int) -> str:
    """The money year (April to March) that a month lies in, as ``2023-24``."""
    first = year if month >= 4 else year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def _full_day(match: re.Match[str], setting: Setting) -> str | None:
    return _iso(_day(int(match["year"]), _month_number(match), int(match["day"])))


def _figures(match: re.Match[str], setting: Setting) -> str | None:
    return _iso(_day(int(match["year"]), int(match["number"]), int(match["day"])))


def _day_and_month(match: re.Match[str], setting: Setting) -> str | None:
    month, day = _month_number(match), int(match["day"])
    if match["that"]:
        return _iso(_day(setting.known_year, month, day)) if setting.known_year else None
    if setting.today is None:
        return None
    this_year = _day(setting.today.year, month, day)
    if this_year is None:
        return None
    return _iso(_turned(this_year, setting))


def _turned(day: date, setting: Setting) -> date | None:
    """The day a year on where the words look ahead to one that is past; a year back where they look back to one to come."""
    today = setting.today
    if today is None or (setting.is_ahead and day >= today) or (not setting.is_ahead and day <= today):
        return day
    return _day(day.year + (1 if setting.is_ahead else -1), day.month, day.day)


def _full_month(match: re.Match[str], setting: Setting) -> str | None:
    return f"{match['year']}-{_month_number(match):02d}"


def _bare_month(match: re.Match[str], setting: Setting) -> str | None:
    month, which = _month_number(match), match["which"]
    if which == "that" or match["that"]:
        return f"{setting.known_year}-{month:02d}" if setting.known_year else None
    if setting.today is None:
        return None
    year, now = setting.today.year, setting.today.month
    if match["of"]:
        year += {"last": -1, "this": 0, "next": 1}[match["of"]]
    elif which == "next" or (not which and setting.is_ahead):
        year += month <= now if which else month < now
    elif which != "this":
        year -= month >= now if which == "last" else month > now
    return f"{year}-{month:02d}"


def _season(match: re.Match[str], setting: Setting) -> str | None:
    season, which = match["season"], match["which"]
    if match["year"]:
        return f"{match['year']}-{season}"
    if which == "that":
        return f"{setting.known_year}-{season}" if setting.known_year else None
    if setting.today is None:
        return None
    year, now, starts = setting.today.year, setting.today.month, SEASONS[season]
    if match["of"]:
        year += {"last": -1, "this": 0, "next": 1}[match["of"]]
    elif which == "next" or (which in (None, "the") and setting.is_ahead):
        year += starts <= now and not (season == "winter" and now == 12)
    elif which == "last":
        year -= now < starts + 3 if season != "winter" else 1
    elif which != "this" or season == "winter":
        year -= now < starts
    return f"{year}-{season}"


def _money_year(match: re.Match[str], setting: Setting) -> str | None:
    first, second = int(match["first"]), int(match["second"]) % 100
    return f"{first}-{second:02d}" if (first + 1) % 100 == second else None


def _relative_money_year(match: re.Match[str], setting: Setting) -> str | None:
    if setting.today is None:
        return None
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    starts = 4 if match["sort"] in ("financial", "fiscal", "budget", "tax") else 9
    if match["start"]:
        return _month_value(setting.today.year - (setting.today.month < starts) + step, starts)
    return financial_year(setting.today.year + step, setting.today.month + 4 - starts)


def _near_day(match: re.Match[str], setting: Setting) -> str | None:
    if setting.today is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(match[0], 0)
    return _iso(setting.today + timedelta(days=step))


def _weekday(match: re.Match[str], setting: Setting) -> str | None:
    if setting.today is None:
        return None
    back = (setting.today.weekday() - _WEEKDAYS[match["weekday"]]) % 7
    if match["which"] == "last":
        return _iso(setting.today - timedelta(days=back or 7))
    if match["which"] == "next" or setting.is_ahead:
        return _iso(setting.today + timedelta(days=(7 - back) if back else 7 * (match["which"] == "next")))
    return _iso(setting.today - timedelta(days=back))


def _near_span(match: re.Match[str], setting: Setting) -> str | None:
    today = setting.today
    if today is None:
        return None
    step = {"last": -1, "next": 1, "previous": -1}.get(match["which"], 0)
    if match["unit"] == "week":
        return (today + timedelta(days=7 * step)).isoformat()[:7]
    if match["unit"] == "month":
        return _month_value(today.year, today.month + step)
    return str(today.year + step)


def _year_before_last(match: re.Match[str], setting: Setting) -> str | None:
    return str(setting.today.year - 2) if setting.today else None


def _ago(match: re.Match[str], setting: Setting) -> str | None:
    """Read "two years ago"; "four years after" as well, which dates what comes behind it, seen from now."""
    today, count = setting.today, 1 if match["fortnight"] else _count(match["count"])
    if today is None:
        return None
    unit = "fortnight" if match["fortnight"] else match["unit"]
    if unit in ("day", "week", "fortnight"):
        day = today - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return day.isoformat() if unit == "day" and match["back"] == "ago" else day.isoformat()[:7]
    if unit == "month":
        return _month_value(today.year, today.month - count)
    return str(today.year - count)


def _count(words: str) -> int:
    return _NUMBERS.get(words) or whole_number(words) or 1


def _feast(match: re.Match[str], setting: Setting) -> str | None:
    if setting.today is None:
        return None
    year = setting.today.year
    return f"{year if setting.is_ahead or setting.today.month == 12 else year - 1}-12"


def _this_month(match: re.Match[str], setting: Setting) -> str | None:
    return setting.today.isoformat()[:7] if setting.today else None


def _known_year(match: re.Match[str], setting: Setting) -> str | None:
    if setting.known_year is None:
        return None
    return str(setting.known_year + (0 if match["which"] in ("that", "the same") else 1))


def _plain_year(match: re.Match[str], setting: Setting) -> str | None:
    return match["year"]


_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_THAT_YEAR = r"(?P<that> (?:of )?(?:that|the same) year)?"


def _forms(*forms: tuple[Iterable[str], str, Resolve]) -> Iterator[tuple[frozenset[str], re.Pattern[str], Resolve]]:
    return ((frozenset(needs), re.compile(pattern), resolve) for needs, pattern, resolve in forms)


_FIGURES = ("20",)
_SPANS = ("day", "days", "week", "weeks", "month", "months", "year", "years", "fortnight")
# Each form with words one of which it needs. The first that matches keeps its words, so a fuller form stands before one
# that is part of it.
FORMS: tuple[tuple[frozenset[str], re.Pattern[str], Resolve], ...] = tuple(
    _forms(
        (_FIGURES, r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b", _figures),
        (_FIGURES, r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>20\d\d)\b", _figures),
        (_MONTHS, rf"\b{_ORDINAL} (?:of )?{_MONTH},? {_YEAR}", _full_day),
        (_MONTHS, rf"\b{_MONTH} {_ORDINAL},? {_YEAR}", _full_day),
        (_MONTHS, rf"\b{_ORDINAL} (?:of )?{_MONTH}(?![a-z]){_THAT_YEAR}", _day_and_month),
        (_MONTHS, rf"\b{_MONTH} {_ORDINAL}(?![\d-]|[a-z]){_THAT_YEAR}", _day_and_month),
        (_FIGURES, r"\b(?P<first>20\d\d) ?[-/] ?(?P<second>(?:20)?\d\d)(?![\d-])", _money_year),
        (_MONTHS, rf"\b{_MONTH},? (?:of )?{_YEAR}", _full_month),
        (
            ("year",),
            (
                r"\b(?P<start>(?:start|beginning) of )?(?:the |its )?(?P<which>last|this|next|previous|current|past|coming)? ?"
                r"(?P<sort>financial|fiscal|budget|school|academic) year\b(?!s)"
            ),
            _relative_money_year,
        ),
        (
            SEASONS,
            (
                rf"\b(?:(?P<which>last|this|next|that|the) )?(?:early |late )?{_SEASON}"
                rf"(?: (?:of )?(?:{_YEAR}|(?P<of>last|this|next) year))?"
                r"(?! (?:term|budget|statement|holiday|school|break|seminar))\b"
            ),
            _season,
        ),
        (
            _MONTHS,
            (
                rf"\b(?:(?P<which>last|this|next|that) )?{_MONTH}(?![a-z])"
                r"(?: (?:of )?(?:(?P<of>last|this|next) year|(?P<that>that year|the same year)))?(?! \d)"
            ),
            _bare_month,
        ),
        (("year",), r"\bthe year before last\b", _year_before_last),
        (
            _SPANS,
            (
                rf"\b(?:(?P<fortnight>a fortnight)|(?:(?:just |almost |nearly |over |some |about |more than )?{_COUNT} "
                r"(?P<unit>day|week|month|year|fortnight)s?)) (?P<back>ago|after|on from|into|since)\b"
            ),
            _ago,
        ),
        (("year",), r"\b(?P<which>that|the same|the following|the next) year\b", _known_year),
        (_SPANS, r"\b(?P<which>last|this|next|previous) (?P<unit>week|month|year)\b(?! (?:before|end))", _near_span),
        (
            ("yesterday", "tomorrow", "today", "tonight", "this", "last"),
            r"\b(?:yesterday|tomorrow|today|tonight|this (?:morning|afternoon|evening)|last night)\b",
            _near_day,
        ),
        (_WEEKDAYS, rf"\b(?:(?P<which>last|next|this) )?{_WEEKDAY}\b", _weekday),
        (("christmas",), r"\b(?:before|at|over|since|after|by) christmas\b", _feast),
        (("month",), r"\bend of (?:the|this) month\b", _this_month),
        (
            _FIGURES,
            rf"(?<![£\d.,\[-])(?<!act )(?<!regulations )(?<!code )\b{_YEAR}(?!\] (?:ewhc|ewca|uksc)|\w)",
            _plain_year,
        ),
    )
)
