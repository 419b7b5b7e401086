"""What readers ask of the store: selections and full-text search."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from svwatch.store.records import Moment, Selection

from .parts import GAZETTE, MERCURY, NOW, annotation, entry, read

if TYPE_CHECKING:
    from svwatch.store.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def shelf(store: "Store") -> "Store":
    """Four articles, each seen a day after the one before and published a week before it was seen."""
    said = [
        annotation("bury", topics=("rating",)),
        annotation("bury", "kent", topics=("deficit", "rating")),
        annotation(relevant=False),
        None,
    ]
    for number, one in enumerate(said):
        seen_at = NOW + number * DAY
        fresh = entry(number, published_at=seen_at - 7 * DAY)
        store.keep(GAZETTE, [read(fresh, f"Number{number} has a text of its own.", one)], seen_at)
    return store


@pytest.mark.parametrize(
    ("selection", "numbers"),
    [
        pytest.param(Selection(), [0, 1, 2, 3], id="all"),
        pytest.param(
            Selection(since=NOW + DAY, until=NOW + 3 * DAY), [1, 2], id="seen from one time until before another"
        ),
        pytest.param(Selection(until=NOW - 5 * DAY, by=Moment.PUBLISHED), [0, 1], id="by the date of publication"),
        pytest.param(Selection(councils=("kent",)), [1], id="a council"),
        pytest.param(Selection(councils=("kent", "bury")), [0, 1], id="either of two councils, each article once"),
        pytest.param(Selection(topics=("deficit",)), [1], id="a topic"),
        pytest.param(Selection(kinds=("rating",)), [0, 1], id="a kind of event"),
        pytest.param(Selection(councils=("bury",), topics=("deficit",)), [1], id="a council and a topic"),
        pytest.param(Selection(relevant=True), [0, 1], id="relevant"),
        pytest.param(Selection(relevant=False), [2], id="not relevant, which an untagged one is not"),
        pytest.param(Selection(councils=("bury' OR 1=1 --",)), [], id="SQL is no council"),
    ],
)
def test_a_selection_leaves_out_what_was_not_asked_for(
    shelf: "Store", selection: Selection, numbers: list[int]
) -> None:
    assert [stored.article.title for stored in shelf.articles(selection)] == [
        f"Headline {number}" for number in numbers
    ]


def test_more_articles_than_a_page_come_in_the_order_they_were_stored(store: "Store") -> None:
    store.keep(GAZETTE, [read(entry(number), f"Number{number}.") for number in range(450)], NOW)
    assert [stored.article.title for stored in store.articles()] == [f"Headline {number}" for number in range(450)]


def test_articles_may_be_stored_while_others_are_being_read(shelf: "Store") -> None:
    reading = shelf.articles()
    next(reading)
    shelf.keep(MERCURY, [read(entry(9, MERCURY), "Something else.")], NOW)
    assert len(list(reading)) == 3


@pytest.fixture
def library(store: "Store") -> "Store":
    texts = {
        1: "Bury's deal: a £9m gap, and no SEND places in the café.",
        2: "Kent pauses. The deal with Kent is off.",
        3: "Nothing here of interest.",
    }
    store.keep(GAZETTE, [read(entry(number), text) for number, text in texts.items()], NOW)
    store.keep(GAZETTE, [read(entry(4, title="A deal at last"), "Elsewhere, talks go on.")], NOW)
    return store


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("kent", ["Headline 2"], id="a word in any case"),
        pytest.param("kent pauses", ["Headline 2"], id="every word"),
        pytest.param("kent bury", [], id="no article holds both"),
        pytest.param("deal", ["A deal at last", "Headline 2", "Headline 1"], id="headlines count for more"),
        pytest.param("cafe", ["Headline 1"], id="accents do not matter"),
        pytest.param("£9m", ["Headline 1"], id="signs beside a word do not matter"),
        pytest.param("", [], id="nothing"),
        pytest.param("!? -- ''", [], id="signs alone"),
    ],
)
def test_search_finds_articles_that_hold_every_word(library: "Store", query: str, titles: list[str]) -> None:
    assert [found.article.title for found in library.search(query)] == titles


@pytest.mark.parametrize(
    "query",
    [
        "kent OR",
        "NOT kent",
        "kent AND",
        "NEAR(kent, 2)",
        "title: kent",
        '"kent',
        "kent*",
        "^kent",
        "(kent",
        "{title text}: kent",
        "kent'; DROP TABLE store_articlerow; --",
        "kent\x00\ud800",
        "%s %(a)s kent",
        "_ __ kent",
        "kent " * 10_000,
        " ".join(f"word{number}" for number in range(10_000)),
        "('" * 5_000,
    ],
)
def test_s34_operators_quotes_and_long_queries_are_only_words(library: "Store", query: str) -> None:
    library.search(query)
    assert [found.article.title for found in library.search("kent")] == ["Headline 2"]


def test_s34_a_word_that_is_an_operator_is_searched_for_as_a_word(library: "Store") -> None:
    assert library.search("pauses OR bury") == []


def test_search_follows_a_new_version(library: "Store") -> None:
    library.keep(GAZETTE, [read(entry(2), "Corrected: Medway pauses.")], NOW)
    assert [len(library.search(word)) for word in ("kent", "medway")] == [0, 1]


def test_search_keeps_to_a_selection_and_can_be_paged(library: "Store") -> None:
    assert library.search("deal", Selection(since=NOW + DAY)) == []
    assert [found.article.title for found in library.search("deal", limit=1, offset=1)] == ["Headline 2"]
