"""The 153 English councils with education duties, read from `data/councils.csv`."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process

from svwatch.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Council:
    """One authority. `aliases` are other names the press uses; `ambiguity` says in words what they are mistaken for.

    `valid_from` and `valid_to` (ISO dates, None: always) say when the authority exists; before or after, its name means
    another body or nothing.
    `programme` is ``safety_valve``, ``dbv`` or ``none``; `sv_amount_pounds` and `sv_end_year` are None where unknown.
    """

    slug: str
    name: str
    official_name: str
    gss_code: str
    region: str
    type: str
    aliases: tuple[str, ...]
    ambiguity: str
    valid_from: str | None
    valid_to: str | None
    programme: str
    sv_round: str | None
    sv_amount_pounds: int | None
    sv_end_year: str | None
    website_domain: str


def parse_councils(text: str) -> tuple[Council, ...]:
    """Read the gazetteer file (CSV with a header row; aliases split on ``;``)."""
    return tuple(_council(row) for row in csv.DictReader(io.StringIO(text)))


def _council(row: Mapping[str, str]) -> Council:
    return Council(
        slug=row["slug"],
        name=row["name"],
        official_name=row["official_name"],
        gss_code=row["gss_code"],
        region=row["region"],
        type=row["type"],
        aliases=tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip()),
        ambiguity=row["ambiguity"],
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        programme=row["programme"],
        sv_round=row["sv_round"] or None,
        sv_amount_pounds=int(row["sv_amount_gbp"]) if row["sv_amount_gbp"] else None,
        sv_end_year=row["sv_end_year"] or None,
        website_domain=row["website_domain"],
    )


@cache
def load_councils() -> Mapping[str, Council]:
    """The councils this package carries, by slug, in the file's order."""
    text = files("svwatch.data").joinpath("councils.csv").read_text(encoding="utf-8")
    return {council.slug: council for council in parse_councils(text)}


def find_slug(name: str, councils: Mapping[str, Council]) -> str:
    """The slug a person means by a slug, a name or an alias, in any case.

    Raises:
        ConfigError: no council is called so; the message names the nearest ones.
    """
    known = {key.casefold(): council.slug for council in councils.values() for key in _names(council)}
    try:
        return known[name.strip().casefold()]
    except KeyError:
        near = process.extract(name.casefold(), known.keys(), limit=3)
        raise ConfigError(
            f'there is no council "{name}"; the nearest are {_listed(dict.fromkeys(known[match[0]] for match in near))}'
        ) from None


def _names(council: Council) -> Iterable[str]:
    return (council.slug, council.name, council.official_name, *council.aliases)


def _listed(slugs: Iterable[str]) -> str:
    return ", ".join(f'"{slug}"' for slug in slugs)
