"""Councils in text that is odd, hostile or endless: always an answer, offsets exact, time in step with length."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svwatch.tag.mentions import MentionFinder, tokens_of
from svwatch.tag.setting import speaks_of_councils
from svwatch.tag.text import sentences

from .work import events_of

if TYPE_CHECKING:
    from .conftest import TagCouncils


@given(st.text(alphabet=st.sampled_from(" '\"&-./Kent's\n\t\u2019\u00e9\ud800\u200b()"), max_size=60))
def test_tokens_spell_the_text_they_were_read_from(text: str) -> None:
    words, spaces = tokens_of(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Bury's B&NES", ["Bury", "'s", "B&NES"], id="possessive and ampersand"),
        pytest.param("don't O'Brien's", ["don't", "O'Brien", "'s"], id="other apostrophes stay in their word"),
        pytest.param("Stoke-on-Trent", ["Stoke", "-", "on", "-", "Trent"], id="hyphens part"),
        pytest.param("Kent/Medway", ["Kent", "/", "Medway"], id="slashes part"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words_and_signs_are_parted(text: str, words: list[str]) -> None:
    assert tokens_of(text)[0] == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kent County Council " + "x" * 50_000, id="one endless word"),
        pytest.param("(" * 50_000 + " Kent County Council", id="brackets"),
        pytest.param("Kent County Council, " * 3_000, id="one endless list"),
        pytest.param("\u202eKent\u202c County\u200b Council met.", id="bidi and zero width"),
        pytest.param("Ke\u0301nt. Kent County Cou\u0301ncil.", id="combining"),
        pytest.param("\ud800Kent County Council\udfff", id="lone surrogates"),
        pytest.param("council \u00a0\u2003\x1c\x85 Kent County Council", id="odd spaces"),
    ],
)
def test_every_span_of_odd_text_is_where_it_says(councils_in: "TagCouncils", text: str) -> None:
    found = councils_in(text)
    assert found
    assert all(text[one.span.start : one.span.end] == one.span.text for one in found)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "1234 5678", "....", "\ud800"])
def test_text_without_names_has_no_councils(councils_in: "TagCouncils", text: str) -> None:
    assert councils_in(text) == []


def test_work_on_one_endless_sentence_grows_with_its_length(finder: MentionFinder) -> None:
    def work(names: int) -> int:
        text = "Kent and " * names
        return events_of(lambda: finder.find(text, sentences(text)))

    assert work(6_000) < 2.6 * work(3_000)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        pytest.param("The council met.", True, id="council"),
        pytest.param("SEND funding is short.", True, id="SEND"),
        pytest.param("Send families wait.", True, id="as the Guardian writes it"),
        pytest.param("Inspectors called at a school.", True, id="inspectors"),
        pytest.param("They sen\u200bd it back.", False, id="the verb"),
        pytest.param("Bolton want \u00a36m for their captain.", False, id="football"),
        pytest.param("Middlesbrough and Peterborough drew.", False, id="a borough inside a name"),
        pytest.param("", False, id="empty"),
    ],
)
def test_an_article_speaks_of_councils_or_not(text: str, *, is_told: bool) -> None:
    assert speaks_of_councils(text) is is_told
