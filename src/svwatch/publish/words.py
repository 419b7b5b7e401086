"""Times, sums and lists as a reader would say them: British English, London time."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_SCALES = ((1_000_000_000, " billion"), (1_000_000, " million"))


def london_date(moment: datetime) -> date:
    """The date in London at an aware time."""
    return moment.astimezone(LONDON).date()


def day_in_words(day: date) -> str:
    """``Friday 15 May 2026``."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(moment: datetime) -> str:
    """The London day of an aware time: ``Friday 15 May 2026``."""
    return day_in_words(london_date(moment))


def moment_in_words(moment: datetime) -> str:
    """``7.30am on Friday 15 May 2026``, in London time."""
    return f"{_time_in_words(moment.astimezone(LONDON))} on {date_in_words(moment)}"


def _time_in_words(moment: datetime) -> str:
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    minutes = f".{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def pounds_in_words(pounds: float) -> str:
    """``£17.7 million``, ``£1.2 billion``, ``£53,000``; never rounded to fewer than three figures."""
    for size, name in _SCALES:
        if abs(pounds) >= size:
            return f"£{f'{pounds / size:.2f}'.rstrip('0').rstrip('.')}{name}"
    return f"£{pounds:,.0f}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 article``, ``12 articles``, ``1,200 articles``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(names: Sequence[str]) -> str:
    """``Bury, Kent and Norfolk``; the empty string for none."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def one_line(text: str) -> str:
    """Text on one line, without characters that are not seen: controls, direction marks, broken halves of pairs."""
    return " ".join("".join(c if c.isspace() or unicodedata.category(c) not in _UNSEEN else "" for c in text).split())


def shortened(text: str, limit: int) -> str:
    """Text of at most `limit` characters, cut at a word and ended with an ellipsis where it is longer."""
    if len(text) <= limit:
        return text
    whole_words = text[:limit].rpartition(" ")[0] or text[: limit - 1]
    return whole_words.rstrip(" ,;:.-\u2013") + "…"
