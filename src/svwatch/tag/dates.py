"""Dates as the press states them, at their own precision, with relative words resolved against the day of publication.

A date is ``2024-05-10``, ``2024-05``, ``2024``, ``2023-24`` (a financial or school year) or ``2024-spring``; a winter bears
the year of its December. What cannot be resolved is left out, and so is a year outside 2005 to ten years ahead.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from svwatch.tag.amounts import whole_number
from svwatch.tag.modality import lower

FIRST_YEAR = 2005
YEARS_AHEAD = 10
LAST_YEAR_WITHOUT_PUBLICATION = 2050

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_WEEKDAYS = {
    day: number for number, day in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
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
_AHEAD = re.compile(
    r"\b(?:will|would|shall|to be|(?<!was )(?<!were )due|expect\w*|forecast\w*|predict\w*|project\w*|set to|on course|heading|estimat\w*|by|until|"
    r"before|next|likely|could|(?<!in )may|should|plans to|planned|planning|scheduled|listed)\b"
)
_DONE = re.compile(
    r"\b(?:was|were|had|been|did|said|told|\w{3,}ed|made|struck|came|went|took|won|lost|got|gave|found|since)\b"
)
_LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|from|during|late|early|mid|before|after|to|and|end|for|this|back in|around|on)[ -]|[(/-] ?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Words at ``[start, end)`` that state a date, and the date.

    `is_for_what_follows`: "four years after ..." dates what is said behind it, never the clause before.
    """

    start: int
    end: int
    value: str
    is_for_what_follows: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the words of one match are read against; `known_year` is the year said last before them."""

    today: date | None
    is_ahead: bool
    known_year: int | None


Resolve = Callable[[re.Match[str], _Setting], str | None]


def find_dates(text: str, published: date | None, known_year: int | None = None) -> list[Dated]:
    """Every date that a plain text of a sentence's length states, in order.

    `published` is the article's day (None: relative words say nothing); `known_year` what "that year" means at its start.
    """
    found: list[Dated] = []
    year = known_year
    for match, resolve in _matches(text):
        value = resolve(match, _Setting(published, _looks_ahead(match.string, match.start()), year))
        if value is not None and _is_in_bounds(value, published):
            follows = match.groupdict().get("back") in ("after", "since")
            found.append(Dated(match.start(), match.end(), value, follows))
            year = int(value[:4])
    return found


def _matches(text: str) -> list[tuple[re.Match[str], Resolve]]:
    """The words that state dates, in order, each read by the first form that fits them."""
    lowered = lower(text)
    taken = bytearray(len(text))
    chosen: list[tuple[re.Match[str], Resolve]] = []
    for pattern, resolve in _FORMS:
        for match in pattern.finditer(lowered):
            start, end = match.span()
            if not any(taken[start:end]) and not _is_no_month(match, text):
                taken[start:end] = b"\1" * (end - start)
                chosen.append((match, resolve))
    return sorted(chosen, key=lambda pair: pair[0].start())


def _is_no_month(match: re.Match[str], text: str) -> bool:
    """Whether "may", "march" or "mar" is a verb or a name here: a month has a capital, and those two a word that leads in."""
    month = match.groupdict().get("month")
    if month is None:
        return False
    at = match.start("month")
    if not text[at].isupper():
        return True
    is_alone = not any(match.groupdict().get(group) for group in ("day", "year", "which", "of", "that"))
    return is_alone and month in ("may", "march") and not _LEADS_TO_MONTH.search(text[max(0, at - 16) : at])


def _looks_ahead(text: str, at: int) -> bool:
    """Whether the words before a date speak of the future: of all signs of tense the last counts, save that "by" undoes no past."""
    before = re.split(r"[;.:]\s", text[max(0, at - 90) : at])[-1]
    ahead = max((match.start() for match in _AHEAD.finditer(before)), default=-1)
    done = max((match.start() for match in _DONE.finditer(before) if not _AHEAD.match(match[0])), default=-1)
    if ahead >= 0 and before[ahead:].startswith(("by", "before", "until")):
        ahead = max((match.start() for match in _AHEAD.finditer(before, 0, ahead)), default=ahead if done < 0 else -1)
    return ahead > done


def _is_in_bounds(value: str, published: date | None) -> bool:
    last = published.year + YEARS_AHEAD if published else LAST_YEAR_WITHOUT_PUBLICATION
    return FIRST_YEAR <= int(value[:4]) <= last


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


def _full_day(match: re.Match[str], setting: _Setting) -> str | None:
    return _iso(_day(int(match["year"]), _month_number(match), int(match["day"])))


def _figures(match: re.Match[str], setting: _Setting) -> str | None:
    return _iso(_day(int(match["year"]), int(match["number"]), int(match["day"])))


def _day_and_month(match: re.Match[str], setting: _Setting) -> str | None:
    month, day = _month_number(match), int(match["day"])
    if match["that"]:
        return _iso(_day(setting.known_year, month, day)) if setting.known_year else None
    if setting.today is None:
        return None
    this_year = _day(setting.today.year, month, day)
    if this_year is None:
        return None
    return _iso(_turned(this_year, setting))


def _turned(day: date, setting: _Setting) -> date | None:
    """The day a year on where the words look ahead to one that is past; a year back where they look back to one to come."""
    today = setting.today
    if today is None or (setting.is_ahead and day >= today) or (not setting.is_ahead and day <= today):
        return day
    return _day(day.year + (1 if setting.is_ahead else -1), day.month, day.day)


def _full_month(match: re.Match[str], setting: _Setting) -> str | None:
    return f"{match['year']}-{_month_number(match):02d}"


def _bare_month(match: re.Match[str], setting: _Setting) -> str | None:
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


def _season(match: re.Match[str], setting: _Setting) -> str | None:
    season, which = match["season"], match["which"]
    if match["year"]:
        return f"{match['year']}-{season}"
    if which == "that":
        return f"{setting.known_year}-{season}" if setting.known_year else None
    if setting.today is None:
        return None
    year, now, starts = setting.today.year, setting.today.month, _SEASONS[season]
    if match["of"]:
        year += {"last": -1, "this": 0, "next": 1}[match["of"]]
    elif which == "next" or (which in (None, "the") and setting.is_ahead):
        year += starts <= now and not (season == "winter" and now == 12)
    elif which == "last":
        year -= now < starts + 3 if season != "winter" else 1
    elif which != "this" or season == "winter":
        year -= now < starts
    return f"{year}-{season}"


def _money_year(match: re.Match[str], setting: _Setting) -> str | None:
    first, second = int(match["first"]), int(match["second"]) % 100
    return f"{first}-{second:02d}" if (first + 1) % 100 == second else None


def _relative_money_year(match: re.Match[str], setting: _Setting) -> str | None:
    if setting.today is None:
        return None
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    starts = 4 if match["sort"] in ("financial", "fiscal", "budget", "tax") else 9
    if match["start"]:
        return _month_value(setting.today.year - (setting.today.month < starts) + step, starts)
    return financial_year(setting.today.year + step, setting.today.month + 4 - starts)


def _near_day(match: re.Match[str], setting: _Setting) -> str | None:
    if setting.today is None:
        return None
    step = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(match[0], 0)
    return _iso(setting.today + timedelta(days=step))


def _weekday(match: re.Match[str], setting: _Setting) -> str | None:
    if setting.today is None:
        return None
    back = (setting.today.weekday() - _WEEKDAYS[match["weekday"]]) % 7
    if match["which"] == "last":
        return _iso(setting.today - timedelta(days=back or 7))
    if match["which"] == "next" or setting.is_ahead:
        return _iso(setting.today + timedelta(days=(7 - back) if back else 7 * (match["which"] == "next")))
    return _iso(setting.today - timedelta(days=back))


def _near_span(match: re.Match[str], setting: _Setting) -> str | None:
    today = setting.today
    if today is None:
        return None
    step = {"last": -1, "next": 1, "previous": -1}.get(match["which"], 0)
    if match["unit"] == "week":
        return (today + timedelta(days=7 * step)).isoformat()[:7]
    if match["unit"] == "month":
        return _month_value(today.year, today.month + step)
    return str(today.year + step)


def _year_before_last(match: re.Match[str], setting: _Setting) -> str | None:
    return str(setting.today.year - 2) if setting.today else None


def _ago(match: re.Match[str], setting: _Setting) -> str | None:
    """ "Two years ago"; "four years after" as well, which dates what comes behind it, seen from now."""
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


def _feast(match: re.Match[str], setting: _Setting) -> str | None:
    if setting.today is None:
        return None
    year = setting.today.year
    return f"{year if setting.is_ahead or setting.today.month == 12 else year - 1}-12"


def _known_year(match: re.Match[str], setting: _Setting) -> str | None:
    if setting.known_year is None:
        return None
    return str(setting.known_year + (0 if match["which"] in ("that", "the same") else 1))


def _plain_year(match: re.Match[str], setting: _Setting) -> str | None:
    return match["year"]


_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_THAT_YEAR = r"(?P<that> (?:of )?(?:that|the same) year)?"


def _forms(*forms: tuple[str, Resolve]) -> Iterator[tuple[re.Pattern[str], Resolve]]:
    return ((re.compile(pattern), resolve) for pattern, resolve in forms)


# The first form that matches keeps its words, so a fuller form stands before one that is part of it.
_FORMS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    _forms(
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b", _figures),
        (r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>20\d\d)\b", _figures),
        (rf"\b{_ORDINAL} (?:of )?{_MONTH},? {_YEAR}", _full_day),
        (rf"\b{_MONTH} {_ORDINAL},? {_YEAR}", _full_day),
        (rf"\b{_ORDINAL} (?:of )?{_MONTH}(?![a-z]){_THAT_YEAR}", _day_and_month),
        (rf"\b{_MONTH} {_ORDINAL}(?![\d-]|[a-z]){_THAT_YEAR}", _day_and_month),
        (r"\b(?P<first>20\d\d) ?[-/] ?(?P<second>(?:20)?\d\d)(?![\d-])", _money_year),
        (rf"\b{_MONTH},? (?:of )?{_YEAR}", _full_month),
        (
            r"\b(?P<start>(?:start|beginning) of )?(?:the |its )?(?P<which>last|this|next|previous|current|past|coming)? ?"
            r"(?P<sort>financial|fiscal|budget|school|academic) year\b(?!s)",
            _relative_money_year,
        ),
        (
            rf"\b(?:(?P<which>last|this|next|that|the) )?(?:early |late )?{_SEASON}"
            rf"(?: (?:of )?(?:{_YEAR}|(?P<of>last|this|next) year))?(?! (?:term|budget|statement|holiday|school|break|seminar))\b",
            _season,
        ),
        (
            rf"\b(?:(?P<which>last|this|next|that) )?{_MONTH}(?![a-z])"
            r"(?: (?:of )?(?:(?P<of>last|this|next) year|(?P<that>that year|the same year)))?(?! \d)",
            _bare_month,
        ),
        (r"\bthe year before last\b", _year_before_last),
        (
            rf"\b(?:(?P<fortnight>a fortnight)|(?:(?:just |almost |nearly |over |some |about |more than )?{_COUNT} "
            r"(?P<unit>day|week|month|year|fortnight)s?)) (?P<back>ago|after|on from|into|since)\b",
            _ago,
        ),
        (r"\b(?P<which>that|the same|the following|the next) year\b", _known_year),
        (r"\b(?P<which>last|this|next|previous) (?P<unit>week|month|year)\b(?! (?:before|end))", _near_span),
        (r"\b(?:yesterday|tomorrow|today|tonight|this (?:morning|afternoon|evening)|last night)\b", _near_day),
        (rf"\b(?:(?P<which>last|next|this) )?{_WEEKDAY}\b", _weekday),
        (r"\b(?:before|at|over|since|after) christmas\b", _feast),
        (rf"(?<![£\d.,\[-])(?<!act )(?<!regulations )(?<!code )\b{_YEAR}(?!\] (?:ewhc|ewca|uksc)|\w)", _plain_year),
    )
)
