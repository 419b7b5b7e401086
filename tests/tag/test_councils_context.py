"""Everyday sentences with the live model: where a bare name is a council, and where it is a town, a club or a person."""

from typing import TYPE_CHECKING

import pytest

from svwatch.tag.councils import joint_score

if TYPE_CHECKING:
    from .conftest import TagCouncils


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Bolton boss Ian Hale has signed a defender. Blackburn want \u00a36m for another.", id="transfers"
        ),
        pytest.param("The party will meet in Blackpool. Bournemouth and Brighton lost out.", id="conference"),
        pytest.param("Stores in Croydon, Sutton and Bromley will close with the loss of 600 jobs.", id="shops"),
        pytest.param("Keith Hale, 51, of Wigan, was jailed at Bolton Crown Court.", id="crime"),
        pytest.param("The band will play Sheffield, Leeds and Newcastle in November.", id="music"),
    ],
)
def test_general_news_names_no_council(councils_in: "TagCouncils", text: str) -> None:
    assert councils_in(text) == []


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        pytest.param(
            "Payments to Dorset, Hillingdon and Norfolk under their safety valve deals are on hold.",
            {"dorset", "hillingdon", "norfolk"},
            id="a list of deals",
        ),
        pytest.param(
            "Kingston upon Thames signed a safety valve deal. Kingston is on track with its SEND deficit.",
            {"kingston-upon-thames"},
            id="short after the full name",
        ),
        pytest.param(
            "A mother from Bexley has spent three years challenging Kent County Council over her son's SEND support.",
            {"kent"},
            id="where a mother lives",
        ),
        pytest.param(
            "A judge sitting in Leeds quashed the SEND cuts of North Yorkshire Council.",
            {"north-yorkshire"},
            id="a court",
        ),
    ],
)
def test_an_article_on_send_names_its_councils(councils_in: "TagCouncils", text: str, slugs: set[str]) -> None:
    assert {mention.slug for mention in councils_in(text)} == slugs


@pytest.mark.parametrize(
    ("scores", "joint"),
    [
        pytest.param([0.7], 0.7, id="alone"),
        pytest.param([0.9, 0.9], 0.9, id="agreed"),
        pytest.param([0.9, 0.1], 0.5, id="even"),
        pytest.param([0.0, 1.0], 0.5, id="certain both ways"),
    ],
)
def test_names_of_one_list_share_the_mean_of_their_log_odds(scores: list[float], joint: float) -> None:
    assert joint_score(scores) == pytest.approx(joint)
