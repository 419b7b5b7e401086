"""When a feed is asked again, and how: decisions on what is remembered of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from svwatch.crawl import polling
from svwatch.crawl.feeds import Feed
from svwatch.errors import FeedEnded, FeedError, FetchError, SourceError
from svwatch.records import Entry, FeedState, Page, Source

NOW = datetime(2026, 11, 2, 7, tzinfo=UTC)
SOURCE = Source("gazette", "The Gazette", "https://gazette.example/feed")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def page(body: bytes = b"<rss/>", **fields: object) -> Page:
    return replace(Page(SOURCE.url, body), **fields)  # type: ignore[arg-type]


def feed(*hours_ago: float, **fields: object) -> Feed:
    dates = [NOW - hours * HOUR for hours in hours_ago]
    entries = tuple(Entry("gazette", f"https://gazette.example/{n}", "T", published_at=d) for n, d in enumerate(dates))
    return replace(Feed("The Gazette", entries), **fields)  # type: ignore[arg-type]


def read(state: FeedState, *hours_ago: float, at: datetime = NOW, chance: float = 0.0, **fields: object) -> FeedState:
    return polling.after_change(state, page(**fields), feed(*hours_ago), SOURCE, at, chance)


def fail(state: FeedState, error: SourceError, at: datetime = NOW, chance: float = 1.0) -> FeedState:
    return polling.after_failure(state, error, at, chance)


def refused(status: int, **fields: object) -> FetchError:
    is_temporary = status >= 500 or status == 429
    return FetchError("no", status=status, is_temporary=is_temporary, **fields)  # type: ignore[arg-type]


# --- failures -----------------------------------------------------------------------------------


def test_back_off_doubles_from_a_quarter_of_an_hour_to_a_day() -> None:
    state, pauses = FeedState(), []
    for _ in range(9):
        state = fail(state, FetchError("no answer"))
        assert state.next_at is not None
        pauses.append((state.next_at - NOW) // MINUTE)
    assert pauses == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]


@pytest.mark.parametrize(("chance", "minutes"), [(0.0, 1), (0.5, 60), (1.0, 120)])
def test_back_off_is_spread_over_all_of_its_time(chance: float, minutes: int) -> None:
    state = fail(FeedState(failures_in_a_row=3), FeedError("a maintenance page"), chance=chance)
    assert state.next_at == NOW + minutes * MINUTE


@pytest.mark.parametrize("status", [401, 403, 404, 451])
def test_a_refusal_is_tried_after_a_day_and_then_weekly(status: int) -> None:
    first = fail(FeedState(), refused(status))
    second = fail(first, refused(status), NOW + timedelta(days=1))
    assert first.next_at == NOW + timedelta(days=1)
    assert second.next_at == NOW + timedelta(days=8)
    assert second.stopped is None


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        pytest.param(7200.0, 7200, id="as long as asked"),
        pytest.param(86400.0, 86400, id="a day at most: answers cut what is longer"),
        pytest.param(0.0, 900, id="asked for nothing, or for the past: as usual"),
        pytest.param(None, 900, id="not asked: as usual"),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_R23_a_busy_site_is_left_alone_as_long_as_it_asks(status: int, asked: float | None, seconds: int) -> None:
    state = fail(FeedState(), refused(status, retry_after_seconds=asked))
    assert state.next_at == NOW + timedelta(seconds=seconds)


def test_R30_a_feed_that_is_gone_for_good_is_given_up_at_once() -> None:
    assert fail(FeedState(), FetchError("410 Gone", status=410, is_temporary=False)).stopped == "410 Gone"


def test_a_feed_that_its_publisher_has_ended_is_given_up_at_once() -> None:
    assert fail(FeedState(), FeedEnded("it has ended")).stopped == "it has ended"


def test_a_feed_that_is_not_found_for_a_fortnight_is_given_up() -> None:
    states = [FeedState()]
    for day in (0, 1, 8, 15):
        states.append(fail(states[-1], refused(404), NOW + timedelta(days=day)))
    assert [state.stopped is None for state in states] == [True, True, True, True, False]
    assert "since 02 November 2026" in (states[-1].stopped or "")


def test_a_fortnight_of_not_found_is_counted_without_a_break() -> None:
    state = fail(fail(FeedState(), refused(404)), refused(500), NOW + timedelta(days=13))
    assert fail(state, refused(404), NOW + timedelta(days=15)).stopped is None


def test_a_success_forgets_every_failure() -> None:
    state = read(FeedState(failures_in_a_row=4, gone_since=NOW, stopped="gone"), 1)
    assert (state.failures_in_a_row, state.gone_since, state.stopped) == (0, None, None)


# --- pace ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours_ago", "answer", "ttl", "hours"),
    [
        pytest.param((1, 2, 3), {}, None, 1, id="a busy feed: as often as its operator says"),
        pytest.param((0, 12, 24, 36), {}, None, 3, id="an entry twice a day: a quarter of that"),
        pytest.param((0, 720, 1440), {}, None, 6, id="a monthly feed: no less than every six hours"),
        pytest.param((0, 300), {}, None, 1, id="too few dates to know its pace"),
        pytest.param((1, 2, 3), {"max_age_seconds": 4 * 3600}, None, 4, id="Cache-Control"),
        pytest.param((1, 2, 3), {}, 5 * 3600, 5, id="ttl"),
        pytest.param((1, 2, 3), {"max_age_seconds": 10**9}, None, 24, id="an absurd max-age"),
    ],
)
def test_the_next_poll_keeps_to_the_latest_of_all_wishes(
    hours_ago: tuple[int, ...], answer: dict[str, int], ttl: int | None, hours: int
) -> None:
    said = feed(*hours_ago, ttl_seconds=ttl)
    state = polling.after_change(FeedState(), page(**answer), said, SOURCE, NOW, 0.0)
    assert state.next_at == NOW + hours * HOUR


def test_polls_are_spread_by_up_to_a_tenth() -> None:
    assert read(FeedState(), 1, chance=1.0).next_at == NOW + 66 * MINUTE


def test_the_pace_of_a_feed_outlives_an_answer_without_a_document() -> None:
    state = polling.after_unchanged(read(FeedState(), 0, 12, 24, 36), None, SOURCE, NOW + 3 * HOUR, 0.0)
    assert state.next_at == NOW + 6 * HOUR


def test_a_window_without_a_known_entry_is_a_gap_and_ends_the_unhurried_pace() -> None:
    state = polling.after_change(
        read(FeedState(), 0, 12, 24, 36), page(), feed(0, 12, 24), SOURCE, NOW, 0.0, has_gap=True
    )
    assert state.remark == polling.GAP
    assert state.next_at == NOW + HOUR


# --- validators ---------------------------------------------------------------------------------

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("state", "is_plain"),
    [
        pytest.param(FeedState(changed_at=NOW - WEEK, plain_at=NOW - WEEK, gap_seconds=3600), True, id="a busy source"),
        pytest.param(FeedState(changed_at=NOW - WEEK, plain_at=NOW - WEEK), False, id="a source of unknown pace"),
        pytest.param(
            FeedState(changed_at=NOW - WEEK, plain_at=NOW - WEEK, gap_seconds=30 * 86400), False, id="a monthly source"
        ),
        pytest.param(
            FeedState(changed_at=NOW - WEEK, plain_at=NOW - HOUR, gap_seconds=3600), False, id="asked plainly already"
        ),
        pytest.param(FeedState(changed_at=NOW - HOUR, plain_at=NOW - WEEK, gap_seconds=3600), False, id="it changed"),
        pytest.param(FeedState(moved_to="https://x.example/", moved_times=1), True, id="it is on the move"),
        pytest.param(FeedState(empty_in_a_row=1), True, id="it was empty"),
    ],
)
def test_stuck_validators_are_left_out_once_a_week(state: FeedState, *, is_plain: bool) -> None:
    assert (polling.validators_for(state, NOW) is None) is is_plain


def test_a_plain_answer_of_the_same_bytes_counts_as_asked_plainly() -> None:
    old = read(FeedState(), 1, at=NOW - WEEK)
    assert polling.is_unchanged(old, page())
    state = polling.after_unchanged(old, page(), SOURCE, NOW, 0.0)
    assert (state.changed_at, state.plain_at) == (NOW - WEEK, NOW)


# --- moves --------------------------------------------------------------------------------------

NEW = "https://gazette.example/new"


def test_R30_the_stored_address_changes_after_three_equal_answers() -> None:
    states = [FeedState()]
    for _ in range(3):
        states.append(read(states[-1], 1, permanent_url=NEW))
    assert [state.url for state in states] == [None, None, None, NEW]
    assert states[-1].moved_to is None


@pytest.mark.parametrize("between", [None, "https://parked.example/"])
def test_R30_another_answer_in_between_starts_the_count_anew(between: str | None) -> None:
    state = FeedState()
    for to in (NEW, NEW, between, NEW, NEW):
        state = read(state, 1, permanent_url=to)
    assert state.url is None
    assert (state.moved_to, state.moved_times) == (NEW, 2)


# --- empty feeds --------------------------------------------------------------------------------


def test_R24_a_feed_without_entries_is_wrong_the_third_time_in_a_row() -> None:
    states = [FeedState()]
    for _ in range(3):
        states.append(read(states[-1]))
    assert [polling.is_empty_too_often(state) for state in states] == [False, False, False, True]
    assert states[1].empty_in_a_row == 1


def test_R24_an_unchanged_answer_goes_on_being_empty() -> None:
    state = polling.after_unchanged(FeedState(empty_in_a_row=2), None, SOURCE, NOW, 0.0)
    assert polling.is_empty_too_often(state)


def test_R24_one_entry_ends_the_row() -> None:
    assert read(FeedState(empty_in_a_row=2), 1).empty_in_a_row == 0
