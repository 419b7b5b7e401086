"""Precision, recall and F1 worked by hand, and an interval that holds the figure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svwatch.learn.scores import FEWEST, Counts, Score, compare, score

COUNTS = st.builds(Counts, st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))


@pytest.mark.parametrize(
    ("said", "true", "counts"),
    [
        pytest.param({"a", "b"}, {"b", "c"}, Counts(1, 1, 1), id="one each"),
        pytest.param(set(), {"a"}, Counts(0, 0, 1), id="missed"),
        pytest.param({"a"}, set(), Counts(0, 1, 0), id="wrong"),
        pytest.param(set(), set(), Counts(0, 0, 0), id="nothing to find"),
    ],
)
def test_answers_are_counted_against_the_gold(said: set[object], true: set[object], counts: Counts) -> None:
    assert compare(said, true) == counts


@pytest.mark.parametrize(
    ("counts", "n", "precision", "recall", "f1"),
    [
        pytest.param([Counts(3, 1, 2)], 5, 0.75, 0.6, 2 / 3, id="one article"),
        pytest.param([Counts(1, 0, 0), Counts(0, 1, 1)], 2, 0.5, 0.5, 0.5, id="summed, not averaged"),
        pytest.param([Counts(4, 0, 0)], 4, 1.0, 1.0, 1.0, id="all right"),
        pytest.param([Counts(0, 2, 3)], 3, 0.0, 0.0, 0.0, id="all wrong"),
        pytest.param([Counts(0, 0, 0)], 0, 0.0, 0.0, 1.0, id="nothing to find and nothing found"),
        pytest.param([], 0, 0.0, 0.0, 1.0, id="no article"),
    ],
)
def test_a_score_worked_by_hand(counts: list[Counts], n: int, precision: float, recall: float, f1: float) -> None:
    row = score("x", counts, [str(i) for i in range(len(counts))])
    assert row.n == n
    assert (row.precision, row.recall, row.f1) == pytest.approx((precision, recall, f1))


@settings(max_examples=60)
@given(st.lists(COUNTS, min_size=1, max_size=40))
def test_the_interval_holds_the_figure(counts: list[Counts]) -> None:
    row = score("x", counts, [str(i // 2) for i in range(len(counts))])
    assert row.low <= row.f1 <= row.high


def test_one_happening_alone_tells_nothing_of_chance() -> None:
    row = score("x", [Counts(1, 1, 0), Counts(0, 0, 1)], ["h", "h"])
    assert (row.low, row.high) == (row.f1, row.f1)


def test_articles_on_one_happening_are_drawn_together() -> None:
    counts = [Counts(1, 0, 0), Counts(1, 0, 0), Counts(0, 1, 1), Counts(0, 1, 1)] * 5
    alone = score("x", counts, [str(i) for i in range(20)])
    paired = score("x", counts, [str(i // 2) for i in range(20)])
    assert paired.high - paired.low > alone.high - alone.low


def test_the_same_counts_give_the_same_interval() -> None:
    counts, groups = [Counts(2, 1, 1), Counts(0, 1, 0), Counts(3, 0, 2)], ["a", "b", "c"]
    assert score("x", counts, groups) == score("x", counts, groups)


def test_counts_and_groups_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError):
        score("x", [Counts()], [])


@pytest.mark.parametrize(
    ("n", "ends"),
    [pytest.param(FEWEST - 1, "(too few to say)", id="too few"), pytest.param(FEWEST, "0.900", id="enough")],
)
def test_a_row_says_when_it_rests_on_too_few(n: int, ends: str) -> None:
    cells = Score("x", n, 0.5, 0.25, 1 / 3, 0.1, 0.9).cells()
    assert cells[:5] == ("x", str(n), "0.500", "0.250", "0.333")
    assert cells[5].endswith(ends)


def test_a_row_for_programs_holds_four_decimals() -> None:
    assert Score("x", 3, 0.5, 0.25, 1 / 3, 0.1, 0.9).to_json() == {
        "what": "x",
        "n": 3,
        "precision": 0.5,
        "recall": 0.25,
        "f1": 0.3333,
        "low": 0.1,
        "high": 0.9,
    }
