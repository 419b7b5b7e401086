"""Dates as real feeds write them."""

from datetime import UTC, datetime

import pytest

from svwatch.crawl.dates import AHEAD, IMPOSSIBLE, UNDATED, UNREADABLE, Dated, read_date

FETCHED_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        pytest.param("Fri, 10 May 2024 07:00:00 +0000", "2024-05-10T07:00", id="RFC 822"),
        pytest.param("Fri, 10 May 2024 07:00:00 GMT", "2024-05-10T07:00", id="GMT is taken at its word"),
        pytest.param("Fri, 10 May 2024 07:00:00 BST", "2024-05-10T06:00", id="BST is an hour ahead"),
        pytest.param("Fri, 10 May 2024 07:00:00", "2024-05-10T06:00", id="no zone in summer: London"),
        pytest.param("Wed, 10 Jan 2024 07:00:00", "2024-01-10T07:00", id="no zone in winter: London"),
        pytest.param("Fri, 10 May 2024 07:00:00 XYZ", "2024-05-10T06:00", id="unknown zone: London"),
        pytest.param("Fri, 10 May 2024 07:00 EST", "2024-05-10T12:00", id="no seconds, American"),
        pytest.param("10 May 24 07:00:00 Z", "2024-05-10T07:00", id="two-digit year"),
        pytest.param("Fri, 10 May 2024 24:00:00 +0000", "2024-05-11T00:00", id="24:00 is the next midnight"),
        pytest.param("Fri, 10 May 2024 23:59:60 +0000", "2024-05-10T23:59:59", id="leap second"),
        pytest.param("2024-05-10T07:00:00Z", "2024-05-10T07:00", id="ISO"),
        pytest.param("2024-05-10T07:00:00.123+01:00", "2024-05-10T06:00", id="ISO with offset"),
        pytest.param("2024-05-10 07:00:00 +0100", "2024-05-10T06:00", id="ISO with spaces"),
        pytest.param("2024-05-10T07:00", "2024-05-10T06:00", id="ISO without zone"),
        pytest.param("2024-05-10", "2024-05-09T23:00", id="a London day"),
        pytest.param("20240510T070000Z", "2024-05-10T07:00", id="basic ISO"),
        pytest.param("12/07/2024", "2024-07-11T23:00", id="day first"),
        pytest.param("12/07/2024 09:30", "2024-07-12T08:30", id="day first with time"),
        pytest.param("Friday 10th May 2024 at 07:00", "2024-05-10T06:00", id="words"),
        pytest.param("May 10, 2024 7:05 pm", "2024-05-10T18:05", id="American words"),
        pytest.param("Fri May 10 07:00:00 2024", "2024-05-10T06:00", id="asctime"),
        pytest.param("Fri, 10 May 2024 07:00:00 +0000 (UTC)", "2024-05-10T07:00", id="comment"),
        pytest.param("1715324400", "2024-05-10T07:00", id="Unix seconds"),
        pytest.param("1715324400000", "2024-05-10T07:00", id="Unix milliseconds"),
    ],
)
def test_R27_dates_are_read_as_london_reads_them(raw: str, moment: str) -> None:
    assert read_date(raw, FETCHED_AT) == Dated(datetime.fromisoformat(moment).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "yesterday",
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "2099-01-01",
        "10 May 54 07:00:00 GMT",
        "31/02/2024",
        "2024-13-01",
        "2024-05-10T25:00:00Z",
        "2024-05-10T07:00:00+99:99",
        "5",
        "9" * 5000,
        "Fri, " * 5000,
        "2024-05-10" + " " * 5000 + "x",
        "٢٠٢٤-٠٥-١٠",
        "\x00",
    ],
)
def test_R27_dates_that_cannot_be_trusted_are_none(raw: str | None) -> None:
    date = read_date(raw, FETCHED_AT)
    assert date.at is None
    assert date.note in (UNDATED, UNREADABLE, IMPOSSIBLE)


def test_R27_a_moment_still_to_come_becomes_the_moment_of_fetching_and_says_so() -> None:
    assert read_date("2027-03-01T00:00:00Z", FETCHED_AT) == Dated(FETCHED_AT, AHEAD)


@pytest.mark.parametrize(
    ("raw", "note"), [(None, UNDATED), (" ", UNDATED), ("yesterday", UNREADABLE), ("2099-01-01", IMPOSSIBLE)]
)
def test_R27_what_is_wrong_with_a_date_is_said(raw: str | None, note: str) -> None:
    assert read_date(raw, FETCHED_AT).note == note
