"""Dates at the precision the press states, relative words resolved against the day of publication."""

from datetime import date

import pytest

from svwatch.tag.date_forms import financial_year
from svwatch.tag.dates import find_dates, first_month

from .work import events_of


def _values(text: str, published: str | None, known_year: int | None = None) -> list[str]:
    day = date.fromisoformat(published) if published else None
    return [dated.value for dated in find_dates(text, day, known_year)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("on 10 April 2025", "2025-04-10", id="day first"),
        pytest.param("on April 10, 2025", "2025-04-10", id="month first"),
        pytest.param("on the 3rd of June 2025", "2025-06-03", id="ordinal"),
        pytest.param("dated 10.04.2024", "2024-04-10", id="figures"),
        pytest.param("dated 2024-05-10", "2024-05-10", id="year first"),
        pytest.param("in May 2024", "2024-05", id="month"),
        pytest.param("in spring 2026", "2026-spring", id="season"),
        pytest.param("in the autumn of 2018", "2018-autumn", id="season of a year"),
        pytest.param("at the end of 2024-25", "2024-25", id="money year"),
        pytest.param("in 2023/24", "2023-24", id="money year with a stroke"),
        pytest.param("in 2021", "2021", id="year"),
    ],
)
def test_a_full_date_keeps_its_precision(text: str, value: str) -> None:
    """Nothing is added to what is stated, with or without a day of publication."""
    assert _values(text, "2026-01-14") == _values(text, None) == [value]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        pytest.param("2024-05-10", "Bury was judged last month", "2024-04", id="last month"),
        pytest.param("2024-01-10", "It was judged last month", "2023-12", id="last month over the new year"),
        pytest.param("2025-03-14", "handed in a plan in November", "2024-11", id="month gone by"),
        pytest.param("2024-09-19", "will be £12m overdrawn by March", "2025-03", id="month to come"),
        pytest.param("2025-06-18", "forecast to reach £146m by next March", "2026-03", id="next March"),
        pytest.param("2025-01-15", "was £19m short last March", "2024-03", id="last March"),
        pytest.param("2025-02-14", "closed in February last year", "2024-02", id="month of last year"),
        pytest.param("2024-03-25", "heard the news on Thursday", "2024-03-21", id="weekday gone by"),
        pytest.param("2023-02-09", "sealed last Friday", "2023-02-03", id="last weekday"),
        pytest.param("2025-05-28", "the hearing is due on Tuesday", "2025-06-03", id="weekday to come"),
        pytest.param("2025-02-14", "they heard yesterday", "2025-02-13", id="yesterday"),
        pytest.param("2024-05-24", "earlier this week", "2024-05", id="this week"),
        pytest.param("2025-03-04", "last week", "2025-02", id="last week in another month"),
        pytest.param("2024-03-28", "two years ago", "2022", id="years ago"),
        pytest.param("2025-01-14", "came five weeks ago", "2024-12", id="weeks ago"),
        pytest.param("2023-12-15", "nine months into the deal", "2023-03", id="months into"),
        pytest.param("2022-09-07", "four years after the last inspection", "2018", id="years after"),
        pytest.param("2024-07-03", "since last autumn", "2023-autumn", id="last autumn"),
        pytest.param("2024-10-24", "was agreed in the spring", "2024-spring", id="season gone by"),
        pytest.param("2024-02-01", "last winter", "2023-winter", id="a winter bears its December's year"),
        pytest.param("2024-01-19", "at the end of this financial year", "2023-24", id="this financial year"),
        pytest.param("2024-01-30", "At the end of last financial year", "2022-23", id="last financial year"),
        pytest.param("2024-10-02", "this school year", "2024-25", id="school year"),
        pytest.param("2025-10-16", "the year before last", "2023", id="the year before last"),
        pytest.param("2025-06-13", "wrote just before Christmas", "2024-12", id="Christmas"),
    ],
)
def test_a_relative_date_resolves_by_tense(published: str, text: str, value: str) -> None:
    """Towards the past or the future, as the words before it say."""
    assert _values(text, published) == [value]


def test_that_year_is_the_year_said_last() -> None:
    """In the same words, or told by the caller."""
    assert _values("found in February 2024; a notice followed on 1 May that year", "2025-10-16") == [
        "2024-02",
        "2024-05-01",
    ]
    assert _values("A notice followed that May.", "2025-10-24", known_year=2024) == ["2024-05"]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        pytest.param("last month, on Tuesday, in March", None, id="nothing to resolve against"),
        pytest.param("in 1999 and in 2004", "2024-05-10", id="before 2005"),
        pytest.param("by 2035", "2024-05-10", id="more than ten years ahead"),
        pytest.param("on 31 February 2024-13-45", None, id="no such day"),
        pytest.param("it may march on", "2024-05-10", id="verbs"),
        pytest.param("said Paul May", "2024-05-10", id="a name"),
        pytest.param("the Children and Families Act 2014", "2024-05-10", id="an act's year"),
        pytest.param("[2025] EWHC 893 (Admin)", "2025-05-10", id="a citation's year"),
        pytest.param("on Tuesday, a year ago", "0001-01-01", id="published in year 1"),
    ],
)
def test_what_states_no_date_gives_none(text: str, published: str | None) -> None:
    """None rather than a guess."""
    assert _values(text, published) == []


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("2024-05-10", "2024-05"),
        ("2023-24", "2023-04"),
        ("2024", "2024-01"),
        ("2024-autumn", "2024-09"),
        ("2010-11", "2010-11"),
    ],
)
def test_dates_of_unlike_precision_compare_by_their_first_month(value: str, month: str) -> None:
    """A money year begins in April."""
    assert first_month(value) == month


@pytest.mark.parametrize(
    ("year", "month", "value"), [(2024, 3, "2023-24"), (2024, 4, "2024-25"), (2099, 12, "2099-00")]
)
def test_a_money_year_runs_from_april(year: int, month: int, value: str) -> None:
    """March still belongs to the year before."""
    assert financial_year(year, month) == value


@pytest.mark.parametrize("unit", ["10 May ", "in last year ", "five ", "2023-24-", "may "])
def test_work_grows_with_the_text_alone(unit: str) -> None:
    """Twice the text costs at most a little over twice the work."""
    day = date(2024, 5, 10)
    half, whole = unit * 300, unit * 600
    assert events_of(lambda: find_dates(whole, day)) <= 2.2 * events_of(lambda: find_dates(half, day)) + 100
