"""Re-issued feeds, back numbers, second looks, headlines that only point the way, and the history of feeds."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from svwatch.records import Entry, FeedState
from svwatch.report import Outcome
from svwatch.store.records import MadeDigest

from .parts import GAZETTE, MERCURY, NOW, annotation, ended, entry, read

if TYPE_CHECKING:
    from svwatch.store.store import Store

DAY = timedelta(days=1)
TEXT = "Council and ministers have agreed a plan that runs for five years and asks for savings from everyone."


def reissued(number: int, **fields: Any) -> Entry:
    """The same entry after its site has moved: another address and another GUID."""
    fields = {"url": f"https://gazette.example/?p={number}00", "guid": f"new {number}"} | fields
    return entry(number, **fields)


class TestReissuedFeeds:
    """A site that moves gives its whole feed again under new names."""

    def test_r25_articles_under_new_names_are_known_by_day_headline_and_text(self, store: "Store") -> None:
        old = [read(entry(n, published_at=NOW - 60 * DAY), f"{n} {TEXT}") for n in range(5)]
        store.keep(GAZETTE, old, NOW)
        new = [read(reissued(n, published_at=NOW - 60 * DAY), f"{n} {TEXT}") for n in range(5)]
        assert store.keep(GAZETTE, new, NOW + 30 * DAY) == [Outcome.KNOWN] * 5
        assert len(list(store.articles())) == 5

    @pytest.mark.parametrize(
        ("fields", "text"),
        [
            pytest.param({"title": "Another headline"}, TEXT, id="another headline"),
            pytest.param({"published_at": NOW - 3 * DAY}, TEXT, id="another day"),
            pytest.param({}, "Nothing of this is the same as what stood there before it moved.", id="another text"),
        ],
    )
    def test_r26_what_only_resembles_an_article_is_kept_apart(
        self, store: "Store", fields: dict[str, Any], text: str
    ) -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        store.keep(GAZETTE, [read(reissued(1, **fields), text)], NOW)
        assert len(list(store.articles())) == 2

    def test_r25_govuk_names_one_document_by_two_ids(self, store: "Store") -> None:
        url = "https://www.gov.uk/government/publications/safety-valve"
        updated = entry(1, url=url, guid=f"{url}#2026-11-01", updated_at=NOW - DAY)
        again = replace(updated, guid=f"{url}#2026-11-02", updated_at=NOW)
        found = replace(updated, source_id=MERCURY.id, guid="tag:www.gov.uk,2005:/government/publications/safety-valve")
        store.keep(GAZETTE, [read(updated, TEXT)], NOW)
        assert store.keep(GAZETTE, [read(again, TEXT)], NOW) == [Outcome.KNOWN]
        assert store.meet(MERCURY, [found], NOW).known == 1
        assert len(list(store.articles())) == 1


class TestNews:
    """What is old when first met is stored, but no news."""

    @pytest.mark.parametrize(("days", "is_old"), [(1, False), (6, False), (8, True), (400, True)])
    def test_r34_back_numbers_of_a_new_source_are_no_news(self, store: "Store", days: int, *, is_old: bool) -> None:
        store.keep(GAZETTE, [read(entry(1, published_at=NOW - days * DAY))], NOW)
        (stored,) = store.articles()
        assert stored.is_old is is_old

    @pytest.mark.parametrize(("days", "is_old"), [(25, False), (28, True)])
    def test_r34_a_slow_source_is_measured_by_its_own_newest_entry(
        self, store: "Store", days: int, *, is_old: bool
    ) -> None:
        store.feed_read(GAZETTE, FeedState(read_at=NOW, newest_at=NOW - 20 * DAY), NOW, is_changed=True)
        store.keep(GAZETTE, [read(entry(1, published_at=NOW - days * DAY))], NOW)
        (stored,) = store.articles()
        assert stored.is_old is is_old

    def test_an_article_without_a_date_is_news(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1, published_at=None))], NOW)
        (stored,) = store.articles()
        assert not stored.is_old

    def test_r27_a_date_that_is_not_certain_says_why(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1, published_note="the feed's date lay ahead"))], NOW)
        (stored,) = store.articles()
        assert stored.published_note == "the feed's date lay ahead"


class TestSecondLooks:
    """The page of a relevant article is looked at again after six hours, two days and a fortnight."""

    def test_a_relevant_article_is_looked_at_three_times_more(self, store: "Store") -> None:
        one = entry(1, content_html="<p>At length</p>")
        store.keep(GAZETTE, [read(one, TEXT, annotation("bury"))], NOW)
        looked = []
        for hours in range(0, 24 * 20, 3):
            later = NOW + timedelta(hours=hours)
            if store.meet(GAZETTE, [], later).unfinished == [one]:
                looked.append(hours)
                store.keep(GAZETTE, [read(one, TEXT, annotation("bury"))], later)
        assert looked == [6, 48, 336]

    def test_a_correction_found_then_is_a_new_version(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT, annotation("bury"))], NOW)
        corrected = read(entry(1), f"{TEXT} A correction.", annotation("bury"))
        assert store.keep(GAZETTE, [corrected], NOW + DAY) == [Outcome.NEW_VERSION]

    def test_a_page_that_has_gone_by_then_takes_nothing_away(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT, annotation("bury"))], NOW)
        assert store.keep(GAZETTE, [ended(entry(1), Outcome.SUMMARY_ONLY)], NOW + DAY) == [Outcome.KNOWN]
        (stored,) = store.articles()
        assert (stored.article.text, stored.annotation) == (TEXT, annotation("bury"))

    def test_other_articles_are_not_looked_at_again(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT, annotation("bury", relevant=False))], NOW)
        assert store.meet(GAZETTE, [], NOW + 30 * DAY).unfinished == []


class TestHeadlines:
    """A news search gives a headline; the publisher's own feed gives the article."""

    title = "Bury signs a safety valve deal"

    @pytest.mark.parametrize("is_pointer_first", [True, False])
    def test_a_headline_is_folded_under_the_article_of_that_headline(
        self, store: "Store", *, is_pointer_first: bool
    ) -> None:
        pointer = (MERCURY, ended(entry(1, MERCURY, title=self.title), Outcome.SUMMARY_ONLY, "found by a search"))
        article = (GAZETTE, read(entry(2, title=self.title), TEXT))
        for source, one in (pointer, article) if is_pointer_first else (article, pointer):
            store.keep(source, [one], NOW)
        (stored,) = store.articles()
        assert (stored.article.source_id, stored.copies) == (GAZETTE.id, (pointer[1].entry.url,))

    def test_a_short_headline_may_well_be_given_twice(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1, title="School news"), TEXT)], NOW)
        store.keep(MERCURY, [ended(entry(1, MERCURY, title="School news"), Outcome.SUMMARY_ONLY)], NOW)
        assert len(list(store.articles())) == 2


class TestHistory:
    """How asking each feed has gone."""

    def test_the_last_polls_come_newest_first_with_their_reasons(self, store: "Store") -> None:
        store.feed_read(GAZETTE, FeedState(), NOW, is_changed=True)
        store.feed_failed(GAZETTE, FeedState(), "no answer", NOW + DAY)
        polls = store.history("gazette")
        assert [(poll.at, poll.state, poll.reason) for poll in polls] == [
            (NOW + DAY, "failed", "no answer"),
            (NOW, "read", None),
        ]

    def test_health_counts_the_entries_of_the_last_week(self, store: "Store") -> None:
        store.feed_read(GAZETTE, FeedState(), NOW, is_changed=True)
        store.meet(GAZETTE, [entry(n, published_at=NOW - n * 2 * DAY) for n in range(6)], NOW)
        (health,) = store.source_health(NOW)
        assert health.entries_last_week == 4

    def test_entry_times_reach_back_from_the_newest_entry_however_old(self, store: "Store") -> None:
        store.meet(GAZETTE, [entry(n, published_at=NOW - n * 100 * DAY) for n in (3, 4, 5)], NOW)
        assert store.entry_times("gazette", 100 * DAY) == [NOW - 400 * DAY, NOW - 300 * DAY]

    def test_servers_that_want_rest_are_remembered_until_it_is_over(self, store: "Store") -> None:
        store.let_rest({"a.example": NOW + DAY, "b.example": NOW + 2 * DAY})
        store.let_rest({"a.example": NOW + 3 * DAY})
        assert store.resting(NOW + 2 * DAY) == {"a.example": NOW + 3 * DAY}

    def test_r19_a_london_day_has_one_digest(self, store: "Store") -> None:
        first = MadeDigest(NOW.date(), NOW - DAY, NOW)
        assert store.made_digest(first)
        assert not store.made_digest(replace(first, until=NOW + DAY))
        assert store.last_digest() == first
