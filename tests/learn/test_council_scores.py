"""How council recognition is scored: matching of spans, shares with their intervals, and the page of errors."""

from pathlib import Path

import pytest

from svwatch.learn.council_scores import CouncilEvaluation, errors_page, evaluate_councils, share, unmatched
from svwatch.learn.gold import load_gold
from svwatch.records import Span
from svwatch.tag.model import load_tagger

KENT, LATER = Span(0, 4, "Kent"), Span(9, 13, "Kent")


@pytest.fixture(scope="module")
def result(small_gold: Path, trained: Path) -> CouncilEvaluation:
    """The scores of a model of few articles: enough to have errors."""
    return evaluate_councils(load_gold(small_gold, "test"), load_tagger(trained))


@pytest.mark.parametrize(
    ("others", "left"),
    [
        pytest.param([("kent", KENT)], [], id="the same span"),
        pytest.param([("kent", Span(2, 19, "nt County Council"))], [], id="an overlap"),
        pytest.param([("kent", LATER)], [("kent", KENT)], id="elsewhere"),
        pytest.param([("medway", KENT)], [("kent", KENT)], id="another council"),
        pytest.param([("kent", Span(0, 4, "Kent", in_title=True))], [("kent", KENT)], id="in the title"),
        pytest.param([], [("kent", KENT)], id="nothing"),
    ],
)
def test_a_mention_is_met_by_an_overlap_of_the_same_council(
    others: list[tuple[str, Span]], left: list[tuple[str, Span]]
) -> None:
    assert unmatched([("kent", KENT)], others) == left


def test_a_share_counts_every_item_of_every_happening() -> None:
    row = share("roles", [(3, 4), (1, 1), (0, 0)], ["a", "b", "c"])
    assert (row.n, row.share) == (5, 0.8)
    assert 0.75 <= row.low <= row.share <= row.high <= 1.0


def test_a_share_of_nothing_is_whole_and_says_that_it_is_of_nothing() -> None:
    row = share("roles", [(0, 0)], ["a"])
    assert (row.n, row.share) == (0, 1.0)


def test_mentions_by_kind_of_name_add_up_to_all_mentions(result: CouncilEvaluation) -> None:
    by_kind = [row.n for row in result.scores if row.what.startswith("mentions by")]
    [every] = [row.n for row in result.scores if row.what == "mentions"]
    assert sum(by_kind) == every > 0


def test_traps_by_kind_add_up_to_all_traps(result: CouncilEvaluation) -> None:
    by_kind = [row.n for row in result.shares if row.what.startswith("traps left alone,")]
    [every] = [row.n for row in result.shares if row.what == "traps left alone"]
    assert sum(by_kind) == every > 0


def test_the_page_of_errors_has_a_line_for_each_error(result: CouncilEvaluation) -> None:
    page = errors_page(result, "small", "test")
    assert result.errors
    assert page.startswith("# Council errors of small on the test split\n")
    assert sum(line.startswith("- ") for line in page.splitlines()) == len(result.errors)
    assert all(f"**{error.span.text}**" in page for error in result.errors if "\n" not in error.span.text)
