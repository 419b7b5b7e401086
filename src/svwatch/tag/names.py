"""Every way the press writes each council's name, as phrases to look for; built from the gazetteer alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from svwatch.gazetteer import Council


class NameKind(StrEnum):
    """How sure a name is by itself, from `FULL` (an authority and nothing else) to `LOOSE` (a town, or a word)."""

    FULL = "full"
    MULTI = "multi"
    ABBREVIATION = "abbreviation"
    BARE = "bare"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Name:
    """One phrase that may stand for councils. A phrase with several slugs names each, each at its part of the phrase."""

    phrase: str
    kind: NameKind
    slugs: tuple[str, ...]
    parts: tuple[tuple[int, int], ...] = ()


_SHARED_TAILS = (
    ("Northamptonshire", {"North": "north-northamptonshire", "West": "west-northamptonshire"}),
    ("Northants", {"North": "north-northamptonshire", "West": "west-northamptonshire"}),
    ("Sussex", {"East": "east-sussex", "West": "west-sussex"}),
    ("Tyneside", {"North": "north-tyneside", "South": "south-tyneside"}),
    ("Lincolnshire", {"North": "north-lincolnshire", "North East": "north-east-lincolnshire"}),
    ("Yorkshire", {"North": "north-yorkshire", "East Riding of": "east-riding-of-yorkshire"}),
)
_SHARED_HEADS = (("Cheshire", {"East": "cheshire-east", "West": "cheshire-west-and-chester"}),)


def all_names(councils: Iterable[Council]) -> list[Name]:
    """Every name of every council, each phrase once, in title case as the press prints it."""
    listed = list(councils)
    found: dict[str, Name] = {}
    for name in (*shared_names(), *(name for council in listed for name in council_names(council))):
        for phrase in spellings(name.phrase) if not name.parts else (name.phrase,):
            found.setdefault(phrase, Name(phrase, name.kind, name.slugs, name.parts))
    return list(found.values())


def council_names(council: Council) -> Iterator[Name]:
    """The official, short and press names of one council with how sure each is."""
    slugs = (council.slug,)
    yield Name(council.official_name, NameKind.FULL, slugs)
    if council.type == "london borough":
        yield Name(f"London Borough of {council.name}", NameKind.FULL, slugs)
    yield Name(council.name, _name_kind(council.name), slugs)
    for alias in council.aliases:
        yield Name(alias, alias_kind(alias, council), slugs)


def alias_kind(alias: str, council: Council) -> NameKind:
    """How sure an alias of the gazetteer is; one plain word ("Bath", "Stoke") is the least sure."""
    if " " not in alias and (alias.isupper() or re.search(r"[a-z][A-Z]|[A-Z]{2}|&", alias)):
        return NameKind.ABBREVIATION
    if alias.endswith(("Council", "Corporation", "Children", "Children First", "Trust")) or alias.startswith(
        ("City of", "Royal")
    ):
        return NameKind.FULL
    is_half = alias.endswith((" City", " County", " Borough"))
    return NameKind.LOOSE if is_half or alias in council.name.split() else _name_kind(alias, NameKind.LOOSE)


def _name_kind(name: str, single: NameKind = NameKind.BARE) -> NameKind:
    return NameKind.MULTI if re.search(r"\w[ -]\w", name) else single


def spellings(phrase: str) -> Iterator[str]:
    """A name with "and" or "&", hyphens or spaces, "St" or "St."."""
    forms = {phrase}
    forms |= {form.replace(" and ", " & ") for form in forms} | {form.replace(" & ", " and ") for form in forms}
    if re.search(r"[-\s](?:upon|on|under|with|of|in)[-\s]", phrase):
        forms |= {
            re.sub(r"(?<=\w)[- ](upon|on|with|in)[- ](?=\w)", rf"{dash}\1{dash}", form)
            for form in forms
            for dash in "- "
        }
    forms |= {re.sub(r"\bNorth East\b", "North-East", form) for form in forms}
    if phrase.startswith("St "):
        forms |= {"St. " + form[3:] for form in forms if form.startswith("St ")}
    yield from sorted(forms)


def shared_names() -> Iterator[Name]:
    """Coordinated short forms: "North and West Northamptonshire", "Cheshire East and West"."""
    for tail, firsts in _SHARED_TAILS:
        for a, b in permutations(firsts, 2):
            for joint in (" and ", " & "):
                yield _pair(a, joint, f"{b} {tail}", (firsts[a], firsts[b]))
    for head, lasts in _SHARED_HEADS:
        for a, b in permutations(lasts, 2):
            for joint in (" and ", " & "):
                yield _pair(f"{head} {a}", joint, b, (lasts[a], lasts[b]))


def _pair(first: str, joint: str, second: str, slugs: tuple[str, str]) -> Name:
    start = len(first) + len(joint)
    return Name(first + joint + second, NameKind.MULTI, slugs, ((0, len(first)), (start, start + len(second))))
