"""By what an entry is known."""

from dataclasses import replace

import pytest

from svwatch.crawl.urls import canonical_key
from svwatch.store.identity import entry_digest, entry_key, storable

from .parts import NOW, entry


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        pytest.param(
            {"url": "http://www.a.example/x?utm_source=rss"}, "https://a.example/x", id="its canonical address"
        ),
        pytest.param({"url": "no address"}, "guid:gazette:guid 1", id="else its GUID"),
        pytest.param(
            {"url": "no address", "guid": None}, "title:gazette:2026-11-02:headline 1", id="else its title and day"
        ),
        pytest.param(
            {"url": "", "guid": None, "published_at": None}, "title:gazette:undated:headline 1", id="even without a day"
        ),
    ],
)
def test_an_entry_is_known_by_the_surest_name_it_has(fields: dict[str, str], key: str) -> None:
    assert entry_key(replace(entry(1), **fields), canonical_key) == key


@pytest.mark.parametrize(
    ("fields", "is_changed"),
    [
        pytest.param({"title": "Another headline"}, True, id="headline"),
        pytest.param({"updated_at": NOW}, True, id="time of the last change"),
        pytest.param({"summary": "More is known"}, True, id="summary"),
        pytest.param({"guid": "other"}, False, id="GUID"),
        pytest.param({"published_at": None}, False, id="publication date"),
    ],
)
def test_what_makes_an_entry_be_read_again(fields: dict[str, str], *, is_changed: bool) -> None:
    assert (entry_digest(replace(entry(1), **fields)) != entry_digest(entry(1))) is is_changed


def test_lone_surrogates_become_question_marks_of_the_same_length() -> None:
    assert storable("a\ud800b £") == "a?b £"
