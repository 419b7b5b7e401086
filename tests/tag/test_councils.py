"""The guide's council rules with the live model: which of the 153 a text names, and where."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import TagCouncils

BCP, BANES = "bournemouth-christchurch-and-poole", "bath-and-north-east-somerset"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param(
            "Bournemouth, Christchurch and Poole has a SEND deficit of \u00a3165m.",
            [(BCP, "Bournemouth, Christchurch and Poole")],
            id="one authority of three towns",
        ),
        pytest.param("BCP has a SEND deficit of \u00a3165m.", [(BCP, "BCP")], id="its short name"),
        pytest.param(
            "Bournemouth Christchurch and Poole Council signed a safety valve deal.",
            [(BCP, "Bournemouth Christchurch and Poole Council")],
            id="without its comma",
        ),
        pytest.param(
            "Bath and North East Somerset Council has a high-needs deficit.",
            [(BANES, "Bath and North East Somerset Council")],
            id="neither Somerset nor North Somerset",
        ),
        pytest.param("B&NES has a high-needs deficit of \u00a320m.", [(BANES, "B&NES")], id="its short name too"),
        pytest.param(
            "North Northamptonshire Council was told of systemic failings in SEND.",
            [("north-northamptonshire", "North Northamptonshire Council")],
            id="North Northamptonshire",
        ),
        pytest.param(
            "North and West Northamptonshire were told of systemic failings in SEND.",
            [("north-northamptonshire", "North"), ("west-northamptonshire", "West Northamptonshire")],
            id="a coordinated short form",
        ),
        pytest.param(
            "Cheshire East and West councils face SEND deficits.",
            [("cheshire-east", "Cheshire East"), ("cheshire-west-and-chester", "West")],
            id="coordinated by its head",
        ),
        pytest.param(
            "Safety valve deals were signed by Bury, Salford, Torbay, Kirklees and Merton.",
            [(name.lower(), name) for name in ("Bury", "Salford", "Torbay", "Kirklees", "Merton")],
            id="a list of bare names",
        ),
        pytest.param("Bury's SEND services got the lowest rating.", [("bury", "Bury")], id="possessive"),
        pytest.param("Bury\u2019s SEND services got the lowest rating.", [("bury", "Bury")], id="curly possessive"),
        pytest.param("KENT COUNTY COUNCIL SIGNS DEAL", [("kent", "KENT COUNTY COUNCIL")], id="capitals"),
        pytest.param(
            "Stoke\u2011on\u2011Trent signed a safety valve deal.",
            [("stoke-on-trent", "Stoke\u2011on\u2011Trent")],
            id="hyphens",
        ),
        pytest.param(
            "St.\u00a0Helens Council has a SEND deficit.", [("st-helens", "St.\u00a0Helens Council")], id="saint"
        ),
        pytest.param("B\uff06NES has a SEND deficit.", [(BANES, "B\uff06NES")], id="full-width ampersand"),
        pytest.param(
            "Telford & Wrekin Council met.", [("telford-and-wrekin", "Telford & Wrekin Council")], id="ampersand"
        ),
        pytest.param(
            "Kingston upon Hull has a SEND deficit.", [("kingston-upon-hull", "Kingston upon Hull")], id="Hull"
        ),
        pytest.param(
            "Kingston upon Thames has a SEND deficit.",
            [("kingston-upon-thames", "Kingston upon Thames")],
            id="not Hull",
        ),
        pytest.param(
            "Central Bedfordshire has a SEND deficit.",
            [("central-bedfordshire", "Central Bedfordshire")],
            id="not Bedford",
        ),
        pytest.param(
            "Kent County Council\ud800 has a SEND deficit.",
            [("kent", "Kent County Council")],
            id="beside a lone surrogate",
        ),
        pytest.param(
            "Isle \u200b of Wight Council has a SEND deficit.",
            [("isle-of-wight", "Isle \u200b of Wight Council")],
            id="a zero-width space between two spaces",
        ),
        pytest.param("", [], id="empty"),
    ],
)
def test_a_council_is_tagged_where_its_name_stands(
    councils_in: "TagCouncils", text: str, named: list[tuple[str, str]]
) -> None:
    found = councils_in(text)
    assert [(mention.slug, mention.span.text) for mention in found] == named
    assert all(text[mention.span.start : mention.span.end] == mention.span.text for mention in found)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        pytest.param("Cambridge City Council met about SEND.", [], id="a district is not its county"),
        pytest.param("Northampton Borough Council met about SEND.", [], id="an abolished borough"),
        pytest.param("Newcastle-under-Lyme Borough Council has a deficit.", [], id="another Newcastle"),
        pytest.param("Dorchester Town Council met about SEND.", [], id="a town of no authority"),
        pytest.param("Bedford Town Council met about SEND.", [], id="a town council"),
        pytest.param("Windsor Parish Council met about SEND.", [], id="a parish council"),
        pytest.param("Kent County Council met.", ["kent"], id="a county"),
        pytest.param("Durham County Council met.", ["county-durham"], id="a county by its loose name"),
        pytest.param("Leicester City Council met.", ["leicester"], id="a city"),
        pytest.param("Leicestershire County Council met.", ["leicestershire"], id="the county around it"),
        pytest.param("Hull City Council met.", ["kingston-upon-hull"], id="a city's short name"),
        pytest.param("London Borough of Bexley met.", ["bexley"], id="a London borough"),
        pytest.param("Royal Borough of Greenwich met.", ["greenwich"], id="a royal borough"),
        pytest.param("City of York Council met.", ["york"], id="city of"),
    ],
)
def test_the_rank_decides_which_body_is_meant(councils_in: "TagCouncils", text: str, slugs: list[str]) -> None:
    assert [mention.slug for mention in councils_in(text)] == slugs


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("He cheered Bury FC on from the stand.", id="club"),
        pytest.param("She studies law at the University of Kent.", id="university"),
        pytest.param("The Reading Chronicle sold out.", id="newspaper"),
        pytest.param("Clark Kent took off his glasses.", id="person"),
        pytest.param("Kent and Medway NHS Trust hired nurses.", id="health body"),
        pytest.param("The MP for Bolton North East spoke of trains.", id="constituency"),
        pytest.param("They plan to bury the cable.", id="verb"),
    ],
)
def test_what_only_looks_like_a_council_is_not_tagged(councils_in: "TagCouncils", text: str) -> None:
    assert councils_in(text) == []


@pytest.mark.parametrize(
    ("text", "day", "slugs"),
    [
        pytest.param("BCP Council met.", "2019-03-31", [], id="the day before BCP"),
        pytest.param("BCP Council met.", "2019-04-01", [BCP], id="the first day of BCP"),
        pytest.param("BCP Council met.", None, [BCP], id="a day unknown"),
        pytest.param("North Northamptonshire Council met.", "2020-06-01", [], id="before 2021"),
        pytest.param("North Northamptonshire Council met.", "2021-04-01", ["north-northamptonshire"], id="from 2021"),
        pytest.param("Cumberland Council met.", "2023-03-31", [], id="before 2023"),
        pytest.param("Westmorland and Furness Council met.", "2023-04-01", ["westmorland-and-furness"], id="from 2023"),
        pytest.param("Surrey County Council met.", "2027-03-31", ["surrey"], id="the last day of Surrey"),
        pytest.param("Surrey County Council met.", "2027-04-01", [], id="after its last day"),
    ],
)
def test_a_council_is_tagged_only_while_it_exists(
    councils_in: "TagCouncils", text: str, day: str | None, slugs: list[str]
) -> None:
    assert [mention.slug for mention in councils_in(text, day=day)] == slugs


def test_mentions_of_the_title_come_first_and_are_marked(councils_in: "TagCouncils") -> None:
    found = councils_in("Bolton Council said no.", title="Kent County Council signs deal")
    assert [(mention.slug, mention.span.in_title) for mention in found] == [("kent", True), ("bolton", False)]


@pytest.mark.parametrize(
    ("text", "score", "why"),
    [
        pytest.param("Kent County Council met.", 1.0, "named with the rank it bears", id="by its name"),
        pytest.param("Kent signed a safety valve deal.", None, "surroundings (", id="by its surroundings"),
    ],
)
def test_a_mention_says_why(councils_in: "TagCouncils", text: str, score: float | None, why: str) -> None:
    [mention] = councils_in(text)
    assert mention.why.startswith(why)
    assert mention.score == score or score is None
