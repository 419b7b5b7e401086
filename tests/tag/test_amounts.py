"""Sums of money and lengths in years as the press writes them."""

import pytest

from svwatch.tag.amounts import find_amounts, find_lengths, whole_number

from .work import events_of


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        pytest.param("a deal of £18 million", [18_000_000], id="million in full"),
        pytest.param("£18m", [18_000_000], id="m"),
        pytest.param("£1.2bn", [1_200_000_000], id="bn with a fraction"),
        pytest.param("£53k for a study", [53_000], id="k"),
        pytest.param("£989,000", [989_000], id="commas"),
        pytest.param("£1,150,000 expected", [1_150_000], id="two commas"),
        pytest.param("£ 18 Million and £6million", [18_000_000, 6_000_000], id="spaces and case"),
        pytest.param("eighteen million pounds", [18_000_000], id="words"),
        pytest.param("seventy million pounds over six years", [70_000_000], id="tens"),
        pytest.param("four hundred and sixty thousand pounds", [460_000], id="hundreds"),
        pytest.param("fifty-one million, nine hundred thousand pounds", [51_900_000], id="million and thousand"),
        pytest.param("two and a half million pounds", [2_500_000], id="half behind"),
        pytest.param("half a million pounds", [500_000], id="half before"),
        pytest.param("closer to six million.", [6_000_000], id="no pounds said"),
        pytest.param("six million children", [], id="a count of people"),
        pytest.param("18 million pounds", [18_000_000], id="figure and words"),
        pytest.param("Kent pays £82m and Bury £20m", [82_000_000, 20_000_000], id="two sums"),
        pytest.param("rose from £24.9m to £31.4m", [24_900_000, 31_400_000], id="a change is no range"),
        pytest.param("£0", [], id="nothing"),
        pytest.param("24 pupils in 2024", [], id="bare numbers"),
    ],
)
def test_a_sum_is_read_in_pounds(text: str, pounds: list[int]) -> None:
    """Figures, words and scales give whole pounds."""
    assert [amount.pounds for amount in find_amounts(text)] == pounds


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        pytest.param("£4.3bn to £4.6bn", 4_300_000_000, 4_600_000_000, id="to"),
        pytest.param("£63-64m", 63_000_000, 64_000_000, id="dash, one scale"),
        pytest.param("between £4m and £5m", 4_000_000, 5_000_000, id="between"),
    ],
)
def test_a_range_keeps_both_ends(text: str, least: int, most: int) -> None:
    """`pounds` is the upper end."""
    (amount,) = find_amounts(text)
    assert (amount.least_pounds, amount.pounds) == (least, most)


def test_a_sum_knows_where_it_stands() -> None:
    """The span holds the sum and nothing else."""
    text = "It owes £57.6m, officers said."
    (amount,) = find_amounts(text)
    assert text[amount.start : amount.end] == "£57.6m"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        pytest.param("a 15-year plan", [15], id="hyphen"),
        pytest.param("over nine years", [9], id="word"),
        pytest.param("a two-and-a-half-year deal", [2.5], id="half"),
        pytest.param("two extra years", [2], id="extra"),
        pytest.param("a 15-year-old boy", [], id="an age"),
        pytest.param("three years ago", [], id="a date"),
        pytest.param("four years after the report", [], id="a distance"),
    ],
)
def test_a_length_is_read_in_years(text: str, years: list[float]) -> None:
    """Ages and dates are no lengths."""
    assert [length.years for length in find_lengths(text)] == years


@pytest.mark.parametrize(
    ("words", "number"), [("55", 55), ("fifty-five", 55), ("a", 1), ("councils", None), ("9" * 40, None)]
)
def test_a_count_in_figures_or_words(words: str, number: int | None) -> None:
    """None where the words say no number."""
    assert whole_number(words) == number


@pytest.mark.parametrize("unit", ["£1m ", "one hundred and ", "1,", "£", "million ", "£1m to "])
def test_work_grows_with_the_text_alone(unit: str) -> None:
    """Twice the text costs at most a little over twice the work."""
    half, whole = f"£{unit * 1_500}", f"£{unit * 3_000}"
    assert events_of(lambda: find_amounts(whole)) <= 2.2 * events_of(lambda: find_amounts(half)) + 100
