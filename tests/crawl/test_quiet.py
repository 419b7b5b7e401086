"""Whether a source has fallen silent, judged by its own longest silence."""

from datetime import UTC, datetime, timedelta

import pytest

from svwatch.crawl.quiet import quiet_since

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
DAY = timedelta(days=1)


def weekdays(until: datetime, weeks: int = 8) -> list[datetime]:
    """An entry at nine every working day."""
    days = [until.replace(hour=9) - n * DAY for n in range(7 * weeks)]
    return sorted(day for day in days if day.weekday() < 5 and day <= until)


@pytest.mark.parametrize("hours", range(0, 24 * 56, 6))
def test_R42_eight_ordinary_weeks_raise_no_alarm(hours: int) -> None:
    now = NOW + timedelta(hours=hours)
    assert quiet_since(weekdays(now), now, None) is None


def test_R42_a_feed_that_stops_is_told_within_two_days_of_its_usual_gap() -> None:
    times = weekdays(NOW)
    usual = 3 * DAY
    assert quiet_since(times, times[-1] + usual, None) is None
    assert quiet_since(times, times[-1] + usual + 2 * DAY, None) == times[-1]


@pytest.mark.parametrize(
    ("days", "expect", "is_quiet"),
    [
        pytest.param(20, (1.0, 5.0), False, id="within three expected gaps"),
        pytest.param(23, (1.0, 5.0), True, id="longer than three expected gaps"),
        pytest.param(40, None, False, id="nothing expected, too little known"),
        pytest.param(40, (0.0, 5.0), False, id="nothing expected of it"),
    ],
)
def test_a_source_of_few_entries_is_judged_by_what_is_expected(
    days: int, expect: tuple[float, float] | None, *, is_quiet: bool
) -> None:
    assert (quiet_since([NOW - days * DAY], NOW, expect) is not None) is is_quiet


def test_a_source_that_never_gave_an_entry_is_not_called_quiet() -> None:
    assert quiet_since([], NOW, (5.0, 9.0)) is None


def test_R20_an_entry_dated_ahead_counts_as_now() -> None:
    assert quiet_since([*weekdays(NOW), NOW + 9 * DAY], NOW, None) is None
