"""The keyword filter of a source."""

import pytest

from svwatch.crawl.filters import matches
from svwatch.records import Entry


def entry(title: str, summary: str = "", tags: tuple[str, ...] = ()) -> Entry:
    return Entry("a", "https://example.org/1", title, summary=summary, tags=tags)


@pytest.mark.parametrize(
    ("title", "term", "is_hit"),
    [
        pytest.param("SEND reform at last", "=SEND", True, id="whole word"),
        pytest.param("Councils send bills", "=SEND", False, id="the verb is no hit"),
        pytest.param("SENDIASS opens", "=SEND", False, id="part of a word is no hit"),
        pytest.param("More EHC Plans issued", "EHC plan", True, id="any case, the last word may go on"),
        pytest.param("The safety-valve deal", "safety valve", True, id="hyphen for space"),
        pytest.param("Safety\u00a0valve deal", "safety valve", True, id="no-break space"),
        pytest.param("An unsafety valve", "safety valve", False, id="not inside a word"),
        pytest.param("the council’s deficit", "council's deficit", True, id="curly apostrophe"),
        pytest.param("Kent deficit and SEND", "=SEND AND deficit", True, id="both sides"),
        pytest.param("Kent deficit", "=SEND AND deficit", False, id="one side is not enough"),
        pytest.param("Dogs and cats (again)", "cats (again)", True, id="a term is no pattern"),
    ],
)
def test_terms_hit_titles(title: str, term: str, *, is_hit: bool) -> None:
    assert matches(entry(title), [term]) is is_hit


def test_summary_and_tags_count_as_well() -> None:
    assert matches(entry("News", "About EHCPs"), ["EHCP"])
    assert matches(entry("News", tags=("High needs",)), ["nothing", "high needs"])


@pytest.mark.parametrize("terms", [(), ("",), (" ", "=")])
def test_no_terms_mean_that_everything_is_on_topic(terms: tuple[str, ...]) -> None:
    assert matches(entry("Anything"), terms)
