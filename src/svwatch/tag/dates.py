"""Dates as the press states them, at their own precision, with relative words resolved against the day of publication.

A date is ``2024-05-10``, ``2024-05``, ``2024``, ``2023-24`` (a financial or school year) or ``2024-spring``; a winter bears
the year of its December. What cannot be resolved is left out, and so is a year outside 2005 to ten years ahead.
"""

import re
from dataclasses import dataclass
from datetime import date

from svwatch.tag.date_forms import FORMS, SEASONS, Resolve, Setting
from svwatch.tag.modality import lower

FIRST_YEAR = 2005
YEARS_AHEAD = 10
LAST_YEAR_WITHOUT_PUBLICATION = 2050

_AHEAD = re.compile(
    r"\b(?:will|would|shall|to be|(?<!was )(?<!were )due|expect\w*|forecast\w*|predict\w*|project\w*|set to|"
    r"on course|heading|estimat\w*|by|until|"
    r"before|next|likely|could|(?<!in )may|should|plans to|planned|planning|scheduled|listed)\b"
)
_DONE = re.compile(
    r"\b(?:was|were|had|been|did|said|told|\w{3,}ed|made|struck|came|went|took|won|lost|got|gave|found|since)\b"
)
_LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|since|by|of|until|till|from|during|late|early|mid|before|after|to|and|end|for|this|back in|around|"
    r"on)[ -]|[(/-] ?)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+|20")


@dataclass(frozen=True, slots=True)
class Dated:
    """Words at ``[start, end)`` that state a date, and the date.

    `is_for_what_follows`: "four years after ..." dates what is said behind it, never the clause before.
    """

    start: int
    end: int
    value: str
    is_for_what_follows: bool = False


def find_dates(text: str, published: date | None, known_year: int | None = None) -> list[Dated]:
    """Every date that a plain text of a sentence's length states, in order.

    `published` is the article's day (None: relative words say nothing); `known_year` what "that year" means at its start.
    """
    today = published if published and FIRST_YEAR <= published.year <= LAST_YEAR_WITHOUT_PUBLICATION else None
    found: list[Dated] = []
    year = known_year
    for match, resolve in _matches(text):
        value = resolve(match, Setting(today, _looks_ahead(match.string, match.start()), year))
        if value is not None and _is_in_bounds(value, today):
            follows = match.groupdict().get("back") in ("after", "since")
            found.append(Dated(match.start(), match.end(), value, follows))
            year = int(value[:4])
    return found


def _matches(text: str) -> list[tuple[re.Match[str], Resolve]]:
    """The words that state dates, in order, each read by the first form that fits them."""
    lowered = lower(text)
    taken = bytearray(len(text))
    chosen: list[tuple[re.Match[str], Resolve]] = []
    said = set(_WORD.findall(lowered))
    for needs, pattern, resolve in FORMS:
        if said.isdisjoint(needs):
            continue
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


def first_month(value: str) -> str:
    """The month in which a stated date begins, as ``2024-04``: to compare dates of unlike precision."""
    year, _, rest = value.partition("-")
    if rest in SEASONS:
        return f"{year}-{SEASONS[rest]:02d}"
    is_money_year = len(value) == 7 and int(rest) == (int(year) + 1) % 100 and int(rest) > 12
    return f"{year}-04" if is_money_year else value[:7] if rest else f"{year}-01"
