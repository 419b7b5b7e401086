"""Where a text may name a council: the longest phrase of the gazetteer, and the rank that stands behind it."""

import pytest

from svwatch.gazetteer import load_councils
from svwatch.tag.mentions import Mention, MentionFinder, is_rank_of
from svwatch.tag.text import sentences

BCP, BANES = "bournemouth-christchurch-and-poole", "bath-and-north-east-somerset"


def find(finder: MentionFinder, text: str) -> list[Mention]:
    return finder.find(text, sentences(text))


def named(finder: MentionFinder, text: str) -> list[tuple[str, str]]:
    return [(mention.slug, text[mention.start : mention.end]) for mention in find(finder, text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        pytest.param("In Kent.", [("kent", "Kent")], id="one word"),
        pytest.param("Bournemouth, Christchurch and Poole", [(BCP, "Bournemouth, Christchurch and Poole")], id="BCP"),
        pytest.param("Bath and North East Somerset", [(BANES, "Bath and North East Somerset")], id="not Somerset"),
        pytest.param("North Somerset", [("north-somerset", "North Somerset")], id="North Somerset is not Somerset"),
        pytest.param("North East Lincolnshire", [("north-east-lincolnshire", "North East Lincolnshire")], id="not NL"),
        pytest.param(
            "Cheshire West and Chester", [("cheshire-west-and-chester", "Cheshire West and Chester")], id="CWaC"
        ),
        pytest.param("Kingston upon Hull", [("kingston-upon-hull", "Kingston upon Hull")], id="not Kingston"),
        pytest.param(
            "North and West Northamptonshire",
            [("north-northamptonshire", "North"), ("west-northamptonshire", "West Northamptonshire")],
            id="both of a coordinated form",
        ),
        pytest.param("Kent/Medway", [("kent", "Kent"), ("medway", "Medway")], id="a slash parts names"),
        pytest.param("Kent County Council's", [("kent", "Kent County Council")], id="possessive left out"),
        pytest.param("Kent council", [("kent", "Kent council")], id="the word council belongs to the name"),
        pytest.param("Bury Council and Bolton", [("bury", "Bury Council"), ("bolton", "Bolton")], id="in order"),
        pytest.param("Kentish Town, Readings, Bolton's", [("bolton", "Bolton")], id="whole words only"),
        pytest.param("KENT AND BURY", [("kent", "KENT"), ("bury", "BURY")], id="capitals"),
        pytest.param("Bath And North East Somerset", [(BANES, "Bath And North East Somerset")], id="headline capitals"),
        pytest.param("reading and bury", [], id="small letters are words"),
        pytest.param("", [], id="empty"),
    ],
)
def test_the_longest_name_is_found_where_it_stands(
    finder: MentionFinder, text: str, mentions: list[tuple[str, str]]
) -> None:
    assert named(finder, text) == mentions


def test_a_mention_knows_its_sentence(finder: MentionFinder) -> None:
    [first, second] = find(finder, "Bury fell. It rained. Kent rose.")
    assert (first.sentence, second.sentence) == (0, 2)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        pytest.param("Kent said", None, id="nothing"),
        pytest.param("Kent council", "", id="plain council"),
        pytest.param("Kent COUNCIL", "", id="in capitals"),
        pytest.param("Bury local authority", "", id="authority"),
        pytest.param("Bedford Town Council", "town", id="town"),
        pytest.param("Windsor Parish Council", "parish", id="parish"),
        pytest.param("Rochdale metropolitan borough council", "metropolitan borough", id="two words"),
        pytest.param("Kent councillors", None, id="a longer word is no council"),
        pytest.param("Kent County Cricket Club", None, id="county of another body"),
    ],
)
def test_the_rank_behind_a_name_is_read(finder: MentionFinder, text: str, rank: str | None) -> None:
    [mention] = find(finder, text)
    assert mention.rank == rank


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Kent County Council", True, id="official name"),
        pytest.param("Kent council", True, id="own name and council"),
        pytest.param("Salford City Council", True, id="a city's own rank"),
        pytest.param("Kent", None, id="no rank"),
        pytest.param("Bath council", None, id="a loose name with a plain council stays open"),
        pytest.param("Cambridge City Council", False, id="a city is not its county"),
        pytest.param("Leicester County Council", False, id="a county is not its city"),
        pytest.param("Bedford Town Council", False, id="town"),
        pytest.param("Reading Parish Council", False, id="parish"),
        pytest.param("Northampton Borough Council", False, id="an abolished borough"),
        pytest.param("Kent Borough Council", False, id="a county has no borough council"),
    ],
)
def test_a_rank_settles_whether_the_authority_is_meant(
    finder: MentionFinder, text: str, *, verdict: bool | None
) -> None:
    [mention] = find(finder, text)
    assert is_rank_of(mention, load_councils()[mention.slug]) is verdict


@pytest.mark.parametrize("slug", load_councils())
def test_every_official_name_is_found_as_its_council_beyond_doubt(finder: MentionFinder, slug: str) -> None:
    council = load_councils()[slug]
    [mention] = find(finder, f"Officers of {council.official_name} spoke.")
    assert (mention.slug, is_rank_of(mention, council)) == (slug, True)
