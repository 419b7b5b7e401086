"""Words that belong together: a verb with its noun near by, a sum with the council it is the sum of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from svwatch.tag.amounts import Amount
from svwatch.tag.events.reading import Named

_OPEN, _CLOSE = r"(?<!\w)(?:", r")(?!\w)"
_LEADING_GROUP = re.compile(r"\(\?:([a-z|' -]+)\)(?!\?)")
_LITERAL_START = re.compile(r"[a-z]{3}(?!\?)|[a-z]{1,2}(?=[ -]|$)")


def words(listed: str) -> re.Pattern[str]:
    """A pattern of whole words in small letters, listed with semicolons; each may be a pattern itself."""
    alternatives = (" ".join(alternative.split()) for alternative in listed.split(";"))
    return re.compile(_OPEN + "|".join(alternative for alternative in alternatives if alternative) + _CLOSE)


def word_set(listed: str) -> frozenset[str]:
    """Words listed with spaces, to hold against the words of a sentence before it is searched."""
    return frozenset(listed.split())


def first_letters(pattern: re.Pattern[str]) -> frozenset[str]:
    """The first three letters (fewer of a shorter word) one of which every match of a `words` pattern begins with.

    Empty where an alternative begins otherwise, so that nothing can be told.
    """
    found: set[str] = set()
    for alternative in _split(pattern.pattern.removeprefix(_OPEN).removesuffix(_CLOSE)):
        group = _LEADING_GROUP.match(alternative)
        for start in group[1].split("|") if group else (alternative,):
            letters = _LITERAL_START.match(start)
            if letters is None:
                return frozenset()
            found.add(letters[0].rstrip(" ")[:3])
    return frozenset(found)


def _split(alternatives: str) -> Iterator[str]:
    """Cut at the bars that stand outside brackets."""
    depth = start = 0
    for at, sign in enumerate(alternatives):
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            yield alternatives[start:at]
            start = at + 1
    yield alternatives[start:]


@dataclass(frozen=True, slots=True)
class Rule:
    """A value, the words that say it, and the noun that must stand near: up to `before` characters ahead or `after` behind.

    `nouns` None: the words say it alone. `is_plain`: they do so too in a sentence known to be on the matter.
    """

    value: str
    verbs: re.Pattern[str]
    nouns: re.Pattern[str] | None = None
    before: int = 80
    after: int = 80
    is_plain: bool = False
    starts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", first_letters(self.verbs))

    def hits(self, lowered: str, starts: frozenset[str], is_on_the_matter: bool) -> Iterator[re.Match[str]]:
        """The words of this rule in a sentence in small letters, in order; `starts`: how the sentence's words begin."""
        if self.starts and self.starts.isdisjoint(starts):
            return iter(())
        if self.nouns is None or (self.is_plain and is_on_the_matter):
            return self.verbs.finditer(lowered)
        return linked(lowered, self.verbs, self.nouns, self.before, self.after)


def linked(
    text: str, verbs: re.Pattern[str], nouns: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """Each verb that has a noun ending within `before` characters ahead of it, or starting within `after` behind it."""
    found = list(verbs.finditer(text))
    places = [noun.span() for noun in nouns.finditer(text)] if found else []
    return (verb for verb in found if any(_is_near(verb.span(), place, before, after) for place in places))


def _is_near(verb: tuple[int, int], noun: tuple[int, int], before: int, after: int) -> bool:
    if noun[1] <= verb[0]:
        return verb[0] - noun[1] <= before
    return 0 <= noun[0] - verb[1] <= after


def nearest(at: int, amounts: Iterable[Amount]) -> Amount | None:
    """The sum whose words stand nearest to an offset."""
    return min(amounts, key=lambda amount: min(abs(amount.start - at), abs(amount.end - at)), default=None)


def paired(groups: Sequence[tuple[Named, ...]], amounts: Sequence[Amount]) -> dict[Amount, tuple[str, ...]]:
    """Which council each sum is of, where a sentence holds several of both: by turns, or one list after the other.

    Empty where neither order fits.
    """
    named = [council for group in groups for council in group]
    if len(named) < 2 or len(named) != len(amounts):
        return {}
    marks = "".join(kind for _, kind in sorted([(n.start, "c") for n in named] + [(a.start, "a") for a in amounts]))
    count = len(named)
    if marks in ("ca" * count, "ac" * count, "c" * count + "a" * count, "a" * count + "c" * count):
        return {amount: (council.slug,) for council, amount in zip(named, amounts, strict=True)}
    return {}
