"""Every way the press writes a council's name, and how sure each is."""

from collections import Counter

import pytest

from svwatch.gazetteer import Council, load_councils
from svwatch.tag.names import NameKind, all_names, council_names, shared_names, spellings

COUNCILS = load_councils()


def kind_of(slug: str, phrase: str) -> NameKind | None:
    return next((name.kind for name in council_names(COUNCILS[slug]) if name.phrase == phrase), None)


@pytest.mark.parametrize(
    ("slug", "phrase", "kind"),
    [
        pytest.param("kent", "Kent County Council", NameKind.FULL, id="official name"),
        pytest.param("bexley", "London Borough of Bexley", NameKind.FULL, id="London borough"),
        pytest.param("bournemouth-christchurch-and-poole", "BCP Council", NameKind.FULL, id="press name with council"),
        pytest.param("greenwich", "Royal Greenwich", NameKind.FULL, id="royal"),
        pytest.param("york", "City of York", NameKind.FULL, id="city of"),
        pytest.param("slough", "Slough Children First", NameKind.FULL, id="children's company"),
        pytest.param("sunderland", "Together for Children", NameKind.FULL, id="children's company by another name"),
        pytest.param("bournemouth-christchurch-and-poole", "BCP", NameKind.ABBREVIATION, id="capitals"),
        pytest.param("bath-and-north-east-somerset", "B&NES", NameKind.ABBREVIATION, id="ampersand"),
        pytest.param("richmond-upon-thames", "LBRuT", NameKind.ABBREVIATION, id="mixed capitals"),
        pytest.param("barking-and-dagenham", "Barking and Dagenham", NameKind.MULTI, id="several words"),
        pytest.param("stoke-on-trent", "Stoke-on-Trent", NameKind.MULTI, id="hyphens part words"),
        pytest.param("kent", "Kent", NameKind.BARE, id="one word"),
        pytest.param("stoke-on-trent", "Stoke", NameKind.LOOSE, id="short for a longer name"),
        pytest.param("cambridgeshire", "Cambridge", NameKind.LOOSE, id="a town of the county"),
        pytest.param("leicester", "Leicester City", NameKind.LOOSE, id="half of a name, or a club"),
        pytest.param("reading", "Reading Borough", NameKind.LOOSE, id="half of a name"),
    ],
)
def test_a_name_is_as_sure_as_its_form(slug: str, phrase: str, kind: NameKind) -> None:
    assert kind_of(slug, phrase) is kind


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        pytest.param("Kent", {"Kent"}, id="one word"),
        pytest.param("B&NES", {"B&NES"}, id="an abbreviation stays"),
        pytest.param("Barking and Dagenham", {"Barking and Dagenham", "Barking & Dagenham"}, id="and or ampersand"),
        pytest.param("Stoke-on-Trent", {"Stoke-on-Trent", "Stoke on Trent"}, id="hyphens or spaces"),
        pytest.param("St Helens", {"St Helens", "St. Helens"}, id="saint"),
        pytest.param("Isle of Wight", {"Isle of Wight"}, id="of never takes hyphens"),
    ],
)
def test_a_name_is_spelt_as_the_press_spells_it(phrase: str, forms: set[str]) -> None:
    assert set(spellings(phrase)) == forms


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        pytest.param(
            "North and West Northamptonshire",
            [("north-northamptonshire", "North"), ("west-northamptonshire", "West Northamptonshire")],
            id="shared tail",
        ),
        pytest.param(
            "West & North Northants",
            [("west-northamptonshire", "West"), ("north-northamptonshire", "North Northants")],
            id="the other way round, short, with an ampersand",
        ),
        pytest.param(
            "North and East Riding of Yorkshire",
            [("north-yorkshire", "North"), ("east-riding-of-yorkshire", "East Riding of Yorkshire")],
            id="a longer second part",
        ),
        pytest.param(
            "Cheshire East and West",
            [("cheshire-east", "Cheshire East"), ("cheshire-west-and-chester", "West")],
            id="shared head",
        ),
    ],
)
def test_a_coordinated_short_form_names_each_council_at_its_part(phrase: str, named: list[tuple[str, str]]) -> None:
    [name] = [name for name in shared_names() if name.phrase == phrase]
    parts = [phrase[start:end] for start, end in name.parts]
    assert list(zip(name.slugs, parts, strict=True)) == named


def test_every_council_of_a_coordinated_form_is_in_the_gazetteer() -> None:
    assert {slug for name in shared_names() for slug in name.slugs} <= set(COUNCILS)


def test_no_phrase_stands_twice() -> None:
    phrases = Counter(name.phrase for name in all_names(COUNCILS.values()))
    assert [phrase for phrase, times in phrases.items() if times > 1] == []


@pytest.mark.parametrize("council", COUNCILS.values(), ids=lambda council: council.slug)
def test_every_council_has_its_official_and_short_name(council: Council) -> None:
    phrases = {name.phrase for name in council_names(council)}
    assert {council.name, council.official_name, *council.aliases} <= phrases
