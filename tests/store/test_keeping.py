"""Readings become articles, versions and copies."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from svwatch.errors import StoreError
from svwatch.records import Entry, Reading
from svwatch.report import Ingested, Outcome

from .parts import GAZETTE, MERCURY, NOW, annotation, ended, entry, read

if TYPE_CHECKING:
    from svwatch.store.store import Store

TEXT = "Bury signs a deal with the department."
HERALD = replace(MERCURY, id="herald")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(annotation("bury"), Outcome.RELEVANT, id="about SEND"),
        pytest.param(annotation(relevant=False), Outcome.NOT_RELEVANT, id="off topic"),
        pytest.param(None, Outcome.UNTAGGED, id="no model"),
    ],
)
def test_a_new_article_keeps_the_outcome_of_its_reading(store: "Store", said: object, outcome: Outcome) -> None:
    assert store.keep(GAZETTE, [read(entry(1), TEXT, said)], NOW) == [outcome]


def test_an_article_comes_back_as_it_was_stored(store: "Store") -> None:
    one = read(
        entry(1), TEXT, annotation("bury", topics=("rating",)), author="A. Writer", language="en", updated_at=NOW
    )
    store.keep(GAZETTE, [one], NOW)
    (stored,) = store.articles()
    assert one.reading is not None
    assert replace(stored.article, id=None) == one.reading.article
    assert stored.annotation == one.reading.annotation
    assert (stored.first_seen_at, stored.copies, stored.versions) == (NOW, (), 1)


class TestVersions:
    """An article that is read again."""

    def test_the_same_text_again_is_known(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        assert store.keep(GAZETTE, [read(entry(1), TEXT)], NOW) == [Outcome.KNOWN]

    def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(self, store: "Store") -> None:
        later = NOW + timedelta(hours=1)
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        assert store.keep(GAZETTE, [read(entry(1), "Corrected.")], later) == [Outcome.NEW_VERSION]
        (stored,) = store.articles()
        history = [(version.number, version.text, version.seen_at) for version in store.versions(stored.article)]
        assert history == [(1, TEXT, NOW), (2, "Corrected.", later)]

    def test_only_the_last_thirty_earlier_versions_are_kept(self, store: "Store") -> None:
        for number in range(40):
            store.keep(GAZETTE, [read(entry(1), f"Live at {number}.")], NOW)
        (stored,) = store.articles()
        history = store.versions(stored.article)
        assert (stored.versions, len(history), history[0].text) == (40, 31, "Live at 9.")

    @pytest.mark.parametrize("said", [annotation("kent"), None], ids=["tagged anew", "left untagged"])
    def test_what_was_said_of_the_old_text_is_not_said_of_the_new(self, store: "Store", said: object) -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT, annotation("bury"))], NOW)
        store.keep(GAZETTE, [read(entry(1), "Corrected.", said)], NOW)
        assert [stored.annotation for stored in store.articles()] == [said]

    @pytest.mark.parametrize("outcome", [Outcome.SUMMARY_ONLY, Outcome.NOT_READ])
    def test_a_summary_never_replaces_a_whole_text(self, store: "Store", outcome: Outcome) -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        assert store.keep(GAZETTE, [ended(entry(1), outcome)], NOW) == [Outcome.KNOWN]
        assert [stored.article.text for stored in store.articles()] == [TEXT]

    def test_a_whole_text_replaces_a_summary(self, store: "Store") -> None:
        store.keep(GAZETTE, [ended(entry(1), Outcome.SUMMARY_ONLY)], NOW)
        assert store.keep(GAZETTE, [read(entry(1), TEXT)], NOW) == [Outcome.NEW_VERSION]
        assert [stored.article.is_summary for stored in store.articles()] == [False]

    def test_two_entries_that_lead_to_one_page_with_one_title_are_one_article(self, store: "Store") -> None:
        page = "https://gazette.example/the/page"
        pair = [entry(number, title="One title", guid=None) for number in (1, 2)]
        outcomes = store.keep(GAZETTE, [read(one, TEXT, url=page) for one in pair], NOW)
        assert outcomes == [Outcome.UNTAGGED, Outcome.KNOWN]

    def test_articles_that_all_lead_to_a_consent_wall_stay_apart(self, store: "Store") -> None:
        wall = "https://gazette.example/consent"
        store.keep(GAZETTE, [read(entry(number), TEXT, url=wall, title="Your choice") for number in (1, 2)], NOW)
        assert len(list(store.articles())) == 2

    def test_versions_of_an_article_that_is_not_stored_are_none(self, store: "Store") -> None:
        assert store.versions(replace(read(entry(1)).reading.article, id="7")) == ()  # type: ignore[union-attr]


class TestCopies:
    """One text under several mastheads."""

    def test_a_copy_is_folded_under_the_article_published_first(self, store: "Store") -> None:
        later = entry(1, MERCURY, published_at=NOW + timedelta(hours=2))
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        assert store.keep(MERCURY, [read(later, TEXT + " End")], NOW) == [Outcome.COPY]
        (stored,) = store.articles()
        assert (stored.article.url, stored.copies) == (entry(1).url, (later.url,))

    def test_an_article_published_earlier_takes_over_but_is_no_news(self, store: "Store") -> None:
        later, met_at = entry(1, MERCURY, published_at=NOW + timedelta(hours=2)), NOW + timedelta(days=1)
        store.keep(MERCURY, [read(later, TEXT)], NOW)
        assert store.keep(GAZETTE, [read(entry(1), TEXT)], met_at) == [Outcome.COPY]
        (stored,) = store.articles()
        assert (stored.article.url, stored.copies, stored.first_seen_at) == (entry(1).url, (later.url,), NOW)

    def test_a_copy_of_a_copy_is_folded_under_the_original(self, store: "Store") -> None:
        for hours, source in enumerate((GAZETTE, MERCURY, HERALD)):
            store.keep(source, [read(entry(1, source, published_at=NOW + timedelta(hours=hours)), TEXT)], NOW)
        (stored,) = store.articles()
        assert stored.copies == (entry(1, MERCURY).url, entry(1, HERALD).url)

    def test_a_copy_keeps_its_own_annotation(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT, annotation("bury"))], NOW)
        store.keep(MERCURY, [read(entry(1, MERCURY), TEXT, annotation("bury"))], NOW)
        assert store.untagged() == []

    @pytest.mark.parametrize(
        ("source", "other", "text", "days"),
        [
            pytest.param(GAZETTE, entry(2), TEXT, 0, id="both of one source"),
            pytest.param(MERCURY, entry(1, MERCURY), "Bury falls out with it.", 0, id="alike at the start only"),
            pytest.param(MERCURY, entry(1, MERCURY), TEXT, 15, id="more than a fortnight later"),
        ],
    )
    def test_what_is_no_copy(self, store: "Store", source: object, other: Entry, text: str, days: int) -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        assert store.keep(source, [read(other, text)], NOW + timedelta(days=days)) == [Outcome.UNTAGGED]

    def test_summaries_are_no_copies_of_each_other(self, store: "Store") -> None:
        pairs = [(GAZETTE, entry(1)), (MERCURY, entry(1, MERCURY))]
        outcomes = [store.keep(source, [ended(one, Outcome.SUMMARY_ONLY)], NOW)[0] for source, one in pairs]
        assert outcomes == [Outcome.SUMMARY_ONLY] * 2


class TestUntagged:
    """Articles that a run without a model had to leave."""

    def test_whole_articles_without_an_annotation_are_untagged(self, store: "Store") -> None:
        batch = [read(entry(1), TEXT), read(entry(2), TEXT, annotation()), ended(entry(3), Outcome.SUMMARY_ONLY)]
        store.keep(GAZETTE, batch, NOW)
        assert [article.title for article in store.untagged()] == ["Headline 1"]

    def test_an_annotation_made_later_is_stored(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        (article,) = store.untagged()
        store.annotate(Reading(article, b"", annotation("bury")))
        assert store.untagged() == []
        assert [stored.annotation for stored in store.articles()] == [annotation("bury")]

    def test_an_annotation_of_a_text_that_has_changed_since_is_passed_over(self, store: "Store") -> None:
        store.keep(GAZETTE, [read(entry(1), TEXT)], NOW)
        (article,) = store.untagged()
        store.keep(GAZETTE, [read(entry(1), "Corrected.")], NOW)
        store.annotate(Reading(article, b"", annotation("bury")))
        assert [found.text for found in store.untagged()] == ["Corrected."]

    def test_an_annotation_of_an_article_that_is_not_stored_is_refused(self, store: "Store") -> None:
        with pytest.raises(StoreError, match="no article 7"):
            store.annotate(Reading(replace(read(entry(1)).reading.article, id="7"), b""))  # type: ignore[union-attr]


def test_a_batch_is_stored_whole_or_not_at_all(store: "Store") -> None:
    broken = Ingested(entry(2), Outcome.RELEVANT, Reading(None, b""))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.keep(GAZETTE, [read(entry(1), TEXT), broken], NOW)
    assert list(store.articles()) == []
