"""Times, sums and lists as readers see them."""

from datetime import UTC, date, datetime

import pytest

from svwatch.publish.event_dates import event_date_in_words, last_day
from svwatch.publish.words import (
    counted,
    date_in_words,
    listed,
    london_date,
    moment_in_words,
    one_line,
    pounds_in_words,
    shortened,
)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        pytest.param(datetime(2026, 5, 15, 6, 0, tzinfo=UTC), "7am on Friday 15 May 2026", id="summer time"),
        pytest.param(datetime(2026, 1, 15, 7, 5, tzinfo=UTC), "7.05am on Thursday 15 January 2026", id="winter time"),
        pytest.param(datetime(2026, 5, 14, 23, 0, tzinfo=UTC), "midnight on Friday 15 May 2026", id="midnight"),
        pytest.param(datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "midday on Thursday 1 January 2026", id="midday"),
        pytest.param(
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1.30am on Sunday 25 October 2026", id="clocks go back"
        ),
        pytest.param(datetime(2026, 1, 1, 15, 30, tzinfo=UTC), "3.30pm on Thursday 1 January 2026", id="afternoon"),
    ],
)
def test_moments_are_told_in_london_time(moment: datetime, words: str) -> None:
    """A reader in London never has to add the hour of summer time."""
    assert moment_in_words(moment) == words


def test_a_late_evening_in_utc_is_the_next_day_in_london() -> None:
    """The date is London's too."""
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert (london_date(late), date_in_words(late)) == (date(2026, 7, 1), "Wednesday 1 July 2026")


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (53_000, "£53,000"),
        (17_700_000, "£17.7 million"),
        (1_200_000_000, "£1.2 billion"),
        (6e6, "£6 million"),
        (183_100_000, "£183.1 million"),
        (950, "£950"),
        (999_999, "£999,999"),
    ],
)
def test_sums_are_short(pounds: float, words: str) -> None:
    """Millions and billions are named, smaller sums written out."""
    assert pounds_in_words(pounds) == words


@pytest.mark.parametrize(
    ("names", "words"), [((), ""), (("Bury",), "Bury"), (("Bury", "Kent", "York"), "Bury, Kent and York")]
)
def test_lists_end_in_and(names: tuple[str, ...], words: str) -> None:
    """As people write them."""
    assert listed(names) == words


def test_counts_agree_with_their_noun() -> None:
    """One article, several articles, and a comma in thousands."""
    assert [counted(n, "article") for n in (0, 1, 1200)] == ["0 articles", "1 article", "1,200 articles"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\r\nBcc: x\u2028y", "a Bcc: x y", id="line ends"),
        pytest.param("safe\u202egnp.exe", "safegnp.exe", id="direction override"),
        pytest.param("a\x00b\x1bc", "abc", id="controls"),
        pytest.param("half \ud83d pair", "half pair", id="lone surrogate"),
    ],
)
def test_unseen_characters_are_dropped(text: str, shown: str) -> None:
    """Nothing invisible can break a line, a subject or an encoding."""
    assert one_line(text) == shown


def test_long_text_is_cut_at_a_word() -> None:
    """The ellipsis counts toward the limit."""
    assert shortened("one two, three four", 10) == "one two…"


@pytest.mark.parametrize("text", ["x" * 400, "word " * 90, "a b"])
def test_shortened_text_never_exceeds_its_limit(text: str) -> None:
    """Not even where there is no space to cut at."""
    assert len(shortened(text, 300)) <= 300


@pytest.mark.parametrize(
    ("stated", "words", "last"),
    [
        ("2024-05-10", "10 May 2024", date(2024, 5, 10)),
        ("2024-02", "February 2024", date(2024, 2, 29)),
        ("2024", "2024", date(2024, 12, 31)),
        ("2023-24", "2023-24", date(2024, 8, 31)),
        ("2024-spring", "spring 2024", date(2024, 5, 31)),
        ("2024-winter", "winter 2024", date(2025, 2, 28)),
        ("last week", "last week", None),
        ("2024-02-31", "31 February 2024", None),
    ],
)
def test_dates_of_events_keep_their_precision(stated: str, words: str, last: date | None) -> None:
    """Said as precisely as the article does, and no more."""
    assert (event_date_in_words(stated), last_day(stated)) == (words, last)
