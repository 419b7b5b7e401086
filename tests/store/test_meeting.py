"""Which entries of a feed are still to be read."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from svwatch.records import Entry, FeedState
from svwatch.report import Ingested, Outcome

from .parts import GAZETTE, MERCURY, NOW, ended, entry, read

if TYPE_CHECKING:
    from svwatch.store.store import Store


def test_entries_never_met_are_unfinished(store: "Store") -> None:
    met = store.meet(GAZETTE, [entry(1), entry(2)], NOW)
    assert (met.unfinished, met.known) == ([entry(1), entry(2)], 0)


def test_entries_that_were_read_are_known(store: "Store") -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    met = store.meet(GAZETTE, [entry(1), entry(2)], NOW)
    assert (met.unfinished, met.known) == ([entry(2)], 1)


def test_an_entry_that_stands_twice_in_a_feed_is_met_once(store: "Store") -> None:
    met = store.meet(GAZETTE, [entry(1), entry(1, guid="another")], NOW)
    assert (met.unfinished, met.known) == ([entry(1)], 1)


def test_entries_left_waiting_come_back_with_all_the_feed_gave(store: "Store") -> None:
    left = entry(1, author="A. Writer", summary="In short", content_html="<p>At length</p>", tags=("SEND", "Bury"))
    store.meet(GAZETTE, [left], NOW)
    assert store.meet(GAZETTE, [], NOW).unfinished == [left]


def test_entries_left_waiting_stay_with_their_source(store: "Store") -> None:
    store.meet(GAZETTE, [entry(1)], NOW)
    assert store.meet(MERCURY, [], NOW).unfinished == []


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(entry(1, guid="changed"), id="GUID changed"),
        pytest.param(entry(1, guid=None), id="GUID gone"),
        pytest.param(entry(1, url=entry(1).url.replace("https://", "http://www.")), id="http for https, with www"),
        pytest.param(entry(1, url=entry(1).url + "/?utm_source=rss#top"), id="tracking query added"),
        pytest.param(entry(1, published_at=NOW + timedelta(days=1)), id="new date"),
        pytest.param(entry(1, url="https://gazette.example/moved/elsewhere"), id="moved, with its GUID and headline"),
    ],
)
def test_r25_the_same_article_under_another_name_is_known(store: "Store", same: Entry) -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    assert store.meet(GAZETTE, [same], NOW).known == 1


def test_r25_a_new_name_is_remembered_for_later(store: "Store") -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    moved = entry(1, url="https://gazette.example/moved/elsewhere")
    store.meet(GAZETTE, [moved], NOW)
    store.keep(GAZETTE, [read(replace(moved, title="New headline", guid="changed"))], NOW)
    assert [stored.versions for stored in store.articles()] == [2]


def test_r25_an_edited_headline_is_read_again_and_kept_as_a_new_version(store: "Store") -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    edited = entry(1, title="Headline one, corrected")
    assert store.meet(GAZETTE, [edited], NOW).unfinished == [edited]
    assert store.keep(GAZETTE, [read(edited)], NOW) == [Outcome.NEW_VERSION]
    assert store.meet(GAZETTE, [edited], NOW).known == 1


@pytest.mark.parametrize("guid", ["guid 1", None])
def test_r26_two_articles_that_share_a_guid_or_have_none_are_both_kept(store: "Store", guid: str | None) -> None:
    pair = [entry(1, guid=guid), entry(2, guid=guid)]
    assert store.meet(GAZETTE, pair, NOW).unfinished == pair
    store.keep(GAZETTE, [read(one) for one in pair], NOW)
    assert [stored.article.title for stored in store.articles()] == ["Headline 1", "Headline 2"]
    assert store.meet(GAZETTE, pair, NOW).known == 2


def test_an_article_that_another_source_gave_is_known(store: "Store") -> None:
    store.keep(GAZETTE, [read(entry(1))], NOW)
    assert store.meet(MERCURY, [replace(entry(1), source_id=MERCURY.id)], NOW).known == 1


def failed_at_first(store: "Store", times: int) -> list[Outcome]:
    store.meet(GAZETTE, [entry(1)], NOW)
    return [store.keep(GAZETTE, [ended(entry(1), Outcome.FAILED)], NOW)[0] for _ in range(times)]


@pytest.mark.parametrize(
    ("attempts", "minutes", "is_due"),
    [
        pytest.param(1, 14, False, id="not before a quarter of an hour"),
        pytest.param(1, 15, True, id="after a quarter of an hour"),
        pytest.param(2, 29, False, id="the second pause is longer"),
        pytest.param(2, 30, True, id="twice as long"),
        pytest.param(3, 60, True, id="and twice again"),
    ],
)
def test_a_failed_entry_is_tried_again_after_a_growing_pause(
    store: "Store", attempts: int, minutes: int, *, is_due: bool
) -> None:
    assert failed_at_first(store, attempts) == [Outcome.FAILED] * attempts
    met = store.meet(GAZETTE, [entry(1)], NOW + timedelta(minutes=minutes))
    assert (met.unfinished, met.known) == (([entry(1)], 0) if is_due else ([], 1))


def test_a_failed_entry_comes_back_although_the_feed_has_dropped_it(store: "Store") -> None:
    failed_at_first(store, 1)
    assert store.meet(GAZETTE, [], NOW + timedelta(hours=1)).unfinished == [entry(1)]


def test_after_four_failures_the_summary_is_kept_instead(store: "Store") -> None:
    assert failed_at_first(store, 4)[-1] is Outcome.SUMMARY_ONLY
    (stored,) = store.articles()
    assert (stored.article.is_summary, stored.article.note) == (True, "the site did not answer")
    assert store.meet(GAZETTE, [entry(1)], NOW + timedelta(days=2)).known == 1


@pytest.mark.parametrize("outcome", [Outcome.SUMMARY_ONLY, Outcome.NOT_READ])
def test_a_page_without_text_is_kept_as_a_summary(store: "Store", outcome: Outcome) -> None:
    assert store.keep(GAZETTE, [ended(entry(1), outcome)], NOW) == [outcome]
    assert [stored.article.is_summary for stored in store.articles()] == [True]
    assert store.meet(GAZETTE, [entry(1)], NOW).known == 1


def test_of_a_filtered_entry_nothing_is_stored(store: "Store") -> None:
    assert store.keep(GAZETTE, [Ingested(entry(1), Outcome.FILTERED)], NOW) == [Outcome.FILTERED]
    assert list(store.articles()) == []
    assert store.meet(GAZETTE, [entry(1)], NOW).known == 1


def test_lone_surrogates_from_a_hostile_feed_are_stored_and_met_again(store: "Store") -> None:
    hostile = entry(1, url="no address", guid="\ud800", title="\udfffA", summary="\ud800", tags=("\ud800",))
    assert len(store.meet(GAZETTE, [hostile], NOW).unfinished) == 1
    store.keep(GAZETTE, [read(hostile, "Text \ud800.")], NOW)
    assert store.meet(GAZETTE, [hostile], NOW).known == 1


def test_five_hundred_entries_are_met_and_known(store: "Store") -> None:
    feed = [entry(number) for number in range(500)]
    assert len(store.meet(GAZETTE, feed, NOW).unfinished) == 500
    store.keep(GAZETTE, [Ingested(one, Outcome.FILTERED) for one in feed], NOW)
    assert store.meet(GAZETTE, feed, NOW).known == 500


class TestFeeds:
    """What is remembered of a feed."""

    def test_a_source_never_read_is_due_and_has_no_validators(self, store: "Store") -> None:
        assert store.due([GAZETTE], NOW) == [GAZETTE]
        assert store.feed_state(GAZETTE) == FeedState()

    @pytest.mark.parametrize(
        ("minutes", "is_due"),
        [
            pytest.param(30, False, id="within the hour"),
            pytest.param(60, True, id="after an hour"),
            pytest.param(-120, True, id="the clock was set back"),
        ],
    )
    def test_a_source_is_due_when_its_interval_has_passed(self, store: "Store", minutes: int, *, is_due: bool) -> None:
        store.feed_read(GAZETTE, FeedState(), NOW, is_changed=True)
        assert store.due([GAZETTE], NOW + timedelta(minutes=minutes)) == ([GAZETTE] if is_due else [])

    def test_a_source_that_is_off_is_never_due(self, store: "Store") -> None:
        assert store.due([replace(GAZETTE, enabled=False, reason="asked to")], NOW) == []

    def test_all_that_is_remembered_of_a_feed_comes_back_byte_for_byte(self, store: "Store") -> None:
        state = FeedState(
            etag='W/"a \\"b\\""',
            last_modified="Mon, 02 Nov 2026 07:00:00 GMT",
            body_sha256="0f",
            moved_to="https://gazette.example/new",
            moved_times=2,
            read_at=NOW,
            next_at=NOW + timedelta(hours=3),
            gap_seconds=7200,
            remark="the feed has no entries",
        )
        store.feed_read(GAZETTE, state, NOW, is_changed=True)
        assert store.feed_state(GAZETTE) == state

    def test_a_feed_is_not_asked_before_its_time_though_its_interval_has_passed(self, store: "Store") -> None:
        store.feed_read(GAZETTE, FeedState(next_at=NOW + timedelta(hours=5)), NOW, is_changed=True)
        assert store.due([GAZETTE], NOW + timedelta(hours=4)) == []
        assert store.due([GAZETTE], NOW + timedelta(hours=5)) == [GAZETTE]

    def test_a_feed_that_svwatch_gave_up_is_not_asked_until_a_person_says_so(self, store: "Store") -> None:
        store.feed_failed(GAZETTE, FeedState(stopped="gone"), "gone", NOW)
        assert store.due([GAZETTE], NOW + timedelta(days=99)) == []
        store.resume("gazette")
        assert store.due([GAZETTE], NOW + timedelta(minutes=1)) == [GAZETTE]

    def test_another_address_in_the_configuration_makes_a_feed_new(self, store: "Store") -> None:
        store.feed_failed(GAZETTE, FeedState(etag='"a"', stopped="gone"), "gone", NOW)
        moved = replace(GAZETTE, url="https://gazette.example/elsewhere")
        assert store.due([moved], NOW) == [moved]
        assert store.feed_state(moved) == FeedState()

    def test_r32_a_failure_of_our_own_network_is_forgotten(self, store: "Store") -> None:
        state = FeedState(failures_in_a_row=3, next_at=NOW + timedelta(hours=20))
        store.feed_failed(GAZETTE, state, "no network", NOW)
        store.excuse(["gazette"], NOW)
        assert store.feed_state(GAZETTE).failures_in_a_row == 2
        assert store.due([GAZETTE], NOW + timedelta(minutes=15)) == [GAZETTE]

    def test_health_tells_failures_in_a_row_and_the_last_success(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1))], NOW)
        store.feed_read(GAZETTE, FeedState(), NOW, is_changed=True)
        for hours in (1, 2):
            state = FeedState(read_at=NOW, failures_in_a_row=hours)
            store.feed_failed(GAZETTE, state, "no answer", NOW + timedelta(hours=hours))
        (health,) = store.source_health()
        assert (health.state, health.failure, health.failures_in_a_row) == ("failed", "no answer", 2)
        assert (health.read_at, health.failed_at, health.last_article_at) == (NOW, NOW + timedelta(hours=2), NOW)

    def test_a_success_ends_the_row_of_failures(self, store: "Store") -> None:
        store.feed_failed(GAZETTE, FeedState(failures_in_a_row=1), "no answer", NOW)
        store.feed_read(GAZETTE, FeedState(), NOW, is_changed=False)
        (health,) = store.source_health()
        assert (health.state, health.failures_in_a_row, health.failure) == ("unchanged", 0, "no answer")
