"""The keyword filter of a source: is an entry worth fetching? A hit never means "relevant"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from svwatch.records import Entry

_APOSTROPHES = str.maketrans("‘’‛ʼ´`", "''''''")


def matches(entry: Entry, terms: Sequence[str]) -> bool:
    """Whether an entry's title, summary or tags hold one of the terms; no terms means that everything is on topic.

    A term starting ``=`` is a case-sensitive whole word (``=SEND`` avoids the verb); the rest are phrases in any
    case, whose last word may go on ("EHC plan" finds "EHC plans"); ``a AND b`` needs both sides.
    """
    wanted = [term for term in terms if term.strip(" =")]
    if not wanted:
        return True
    text = _plain("\n".join((entry.title, entry.summary, *entry.tags)))
    return any(_holds(text, term) for term in wanted)


def _holds(text: str, term: str) -> bool:
    return all(_pattern(side.strip()).search(text) for side in term.split(" AND "))


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    """Words of a phrase may be joined by spaces or hyphens: "safety-valve" is "safety valve"."""
    words = r"[\s‐-–-]+".join(re.escape(word) for word in re.split(r"[\s-]+", _plain(term).lstrip("=").strip()))
    if term.startswith("="):
        return re.compile(rf"(?<!\w){words}(?!\w)")
    return re.compile(rf"(?<!\w){words}", re.IGNORECASE)


def _plain(text: str) -> str:
    return text.translate(_APOSTROPHES)
