"""The 153 councils: the file's integrity, and finding one by what people call it."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from svwatch.errors import ConfigError
from svwatch.gazetteer import Council, find_slug, load_councils, parse_councils

COUNCILS = list(load_councils().values())
DECLARED_SHARED: frozenset[str] = frozenset()
"""Aliases that two councils may share, in small letters; there is none today."""

HEADER = (
    "slug,name,official_name,gss_code,region,type,aliases,ambiguity,valid_from,valid_to,programme,sv_round,"
    "sv_amount_gbp,sv_end_year,website_domain\n"
)


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def test_there_are_153_councils() -> None:
    assert len(COUNCILS) == 153


@pytest.mark.parametrize("field", ["slug", "name", "official_name", "gss_code", "website_domain"])
def test_no_two_councils_share_what_identifies_them(field: str) -> None:
    assert repeated(getattr(council, field) for council in COUNCILS) == []


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        pytest.param("slug", r"[a-z]+(-[a-z]+)*", id="slug"),
        pytest.param("gss_code", r"E(06|08|09|10)0000\d\d", id="GSS code"),
        pytest.param("website_domain", r"[a-z-]+(\.[a-z-]+)*\.gov\.uk", id="web site"),
        pytest.param("type", "county|unitary|metropolitan borough|london borough|sui generis", id="type"),
        pytest.param("programme", "safety_valve|delivering_better_value|none", id="programme"),
    ],
)
def test_each_field_has_its_form(field: str, pattern: str) -> None:
    assert [council.slug for council in COUNCILS if not re.fullmatch(pattern, getattr(council, field))] == []


def test_no_name_or_alias_stands_for_two_councils() -> None:
    owners: dict[str, set[str]] = {}
    for council in COUNCILS:
        for name in (council.slug, council.name, council.official_name, *council.aliases):
            owners.setdefault(name.casefold(), set()).add(council.slug)
    assert {name for name, slugs in owners.items() if len(slugs) > 1} == DECLARED_SHARED


def test_no_alias_is_written_with_space_around_it_or_empty() -> None:
    assert [alias for council in COUNCILS for alias in council.aliases if alias != alias.strip() or not alias] == []


def test_safety_valve_deals_by_round() -> None:
    rounds = Counter(council.sv_round for council in COUNCILS if council.programme == "safety_valve")
    assert rounds == {"2020-21": 5, "2021-22": 9, "2022-23": 20, "2023-24": 4}


def test_only_safety_valve_councils_have_a_round_or_a_sum() -> None:
    others = [council for council in COUNCILS if council.programme != "safety_valve"]
    assert [c.slug for c in others if (c.sv_round, c.sv_amount_pounds, c.sv_end_year) != (None, None, None)] == []


def test_councils_by_type() -> None:
    kinds = Counter(council.type for council in COUNCILS)
    assert kinds == {
        "unitary": 62,
        "metropolitan borough": 36,
        "london borough": 32,
        "county": 21,
        "sui generis": 2,
    }


@pytest.mark.parametrize(
    ("slug", "valid_from"),
    [
        pytest.param("bournemouth-christchurch-and-poole", "2019-04-01", id="BCP"),
        pytest.param("dorset", "2019-04-01", id="Dorset"),
        pytest.param("north-northamptonshire", "2021-04-01", id="North Northamptonshire"),
        pytest.param("west-northamptonshire", "2021-04-01", id="West Northamptonshire"),
        pytest.param("cumberland", "2023-04-01", id="Cumberland"),
        pytest.param("westmorland-and-furness", "2023-04-01", id="Westmorland and Furness"),
        pytest.param("kent", None, id="Kent, as long as the press is watched"),
    ],
)
def test_a_young_authority_has_its_first_day(slug: str, valid_from: str | None) -> None:
    assert load_councils()[slug].valid_from == valid_from


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        pytest.param("kent", "kent", id="slug"),
        pytest.param("Kent County Council", "kent", id="official name"),
        pytest.param("  BCP ", "bournemouth-christchurch-and-poole", id="alias with space around it"),
        pytest.param("b&nes", "bath-and-north-east-somerset", id="any case"),
        pytest.param("Hull", "kingston-upon-hull", id="short name"),
    ],
)
def test_a_council_is_found_by_what_people_call_it(name: str, slug: str) -> None:
    assert find_slug(name, load_councils()) == slug


@pytest.mark.parametrize(
    ("name", "near"),
    [
        pytest.param("Kirkless", "kirklees", id="a slip"),
        pytest.param("cumbria", "cumberland", id="an abolished county"),
    ],
)
def test_an_unknown_council_is_refused_with_the_nearest_names(name: str, near: str) -> None:
    with pytest.raises(ConfigError, match=f'there is no council "{name}"; the nearest are .*"{near}"'):
        find_slug(name, load_councils())


def test_a_row_says_none_where_its_cells_are_empty() -> None:
    row = "x,X,X Council,E06000001,London,unitary,Ex; The X ;,a word,,,none,,,,x.gov.uk\n"
    [council] = parse_councils(HEADER + row)
    assert council == Council(
        slug="x",
        name="X",
        official_name="X Council",
        gss_code="E06000001",
        region="London",
        type="unitary",
        aliases=("Ex", "The X"),
        ambiguity="a word",
        valid_from=None,
        valid_to=None,
        programme="none",
        sv_round=None,
        sv_amount_pounds=None,
        sv_end_year=None,
        website_domain="x.gov.uk",
    )
