"""What a person would find in each article."""

import re
from importlib.resources import files

import pytest

from svwatch.sample.expected import Expected, expected
from svwatch.sample.press import Edition, Press
from svwatch.sample.sites import SITES

BASES = {site_id: f"http://{site_id}.test" for site_id in SITES}


@pytest.fixture(scope="module")
def wanted(press: Press) -> dict[str, Expected]:
    return expected(press, BASES, Edition.FIRST)


def test_councils_are_those_of_the_marks(wanted: dict[str, Expected]) -> None:
    """Read again straight from the files, for every article that has a text of its own."""
    folder = files("svwatch.sample").joinpath("articles")
    for path in folder.iterdir():
        for marked in path.read_text(encoding="utf-8").split("=== ")[1:]:
            article_id = marked.split("\n", 1)[0]
            if article_id in wanted and "copy_of:" not in marked:
                assert wanted[article_id].councils == set(re.findall(r"\[\[([^|]+)\|", marked)), article_id


@pytest.mark.parametrize(
    ("article_id", "councils", "subjects", "topics"),
    [
        pytest.param(
            "sa-c05",
            {"lincolnshire", "north-lincolnshire", "north-east-lincolnshire"},
            {"lincolnshire"},
            {"cuts", "campaign", "deficit"},
            id="neighbours of much the same name",
        ),
        pytest.param("sa-c26", set(), set(), set(), id="football clubs are no councils"),
        pytest.param("sb-k01", {"north-somerset"}, {"north-somerset"}, {"deficit", "agreement"}, id="a copy, cut"),
    ],
)
def test_labels(
    wanted: dict[str, Expected], article_id: str, councils: set[str], subjects: set[str], topics: set[str]
) -> None:
    """Three articles, in full."""
    article = wanted[article_id]
    assert (set(article.councils), set(article.subjects), set(article.topics)) == (councils, subjects, topics)


def test_a_copy_points_to_its_original(wanted: dict[str, Expected]) -> None:
    """By address."""
    assert wanted["sb-k02"].copy_of == wanted["sb-s03"].url
    assert wanted["sb-s03"].copy_of is None


def test_traps_are_listed_with_their_kind(wanted: dict[str, Expected]) -> None:
    """The words that look like a council and are none."""
    assert {(trap.kind, trap.span.text) for trap in wanted["sa-c09"].traps} >= {("person", "Martin Kent")}


def test_furniture_leaves_out_the_articles_own_headline(wanted: dict[str, Expected]) -> None:
    """A text that opens with its headline is not at fault; one with another's is."""
    article, other = wanted["sa-c05"], wanted["sa-c06"]
    assert article.title not in article.furniture
    assert other.title in article.furniture
    assert not [line for line in article.furniture if line in article.text]
