"""Text in one spelling and cut into sentences: what is read differs, offsets stay those of the original."""

from itertools import chain, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svwatch.tag.text import plain, sentence_at, sentences

from .work import events_of

ODD = "\u2018\u2019\u201c\u201d\u2013\u2014\u00a0\u2003\u200b\u200d\u00ad\u202e\u2066\u0301\ufe0f\ufeff\u2028\x85\r\n\t\ud800"
WORDS = (
    "Kent",
    ". ",
    " ",
    "  ",
    "SEND",
    "'s",
    '"',
    "?",
    "!",
    "(",
    ")",
    "\u00a31.5m",
    "e.g.",
    "Mr.",
    "10%",
    "\U0001f600",
)
HOSTILE = st.lists(st.one_of(st.sampled_from(ODD), st.sampled_from(WORDS), st.characters()), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Bury\u2019s \u2018deal\u2019", "Bury's 'deal'", id="curly single quotes"),
        pytest.param("\u201cNo\u201d \u00abno\u00bb", '"No" "no"', id="curly and angled double quotes"),
        pytest.param("Stoke\u2010on\u2011Trent", "Stoke-on-Trent", id="hyphens that look alike"),
        pytest.param("2023\u201324 \u2014 \u2212\u00a35m", "2023-24 - -\u00a35m", id="dashes and minus"),
        pytest.param("\u00a35\u00a0million", "\u00a35 million", id="no-break space"),
        pytest.param("a\u2003b\u202fc\td", "a b c d", id="wide and narrow spaces, tab"),
        pytest.param("B\uff06NES", "B&NES", id="full-width ampersand"),
        pytest.param("a\u2028b\x85c\rd", "a\nb\nc\nd", id="other line breaks"),
        pytest.param("Ke\u200bnt\ufeff", "Kent", id="zero-width"),
        pytest.param("Hill\u00adingdon", "Hillingdon", id="soft hyphen"),
        pytest.param("\u202eKent\u202c \u2066x\u2069", "Kent x", id="bidi overrides and isolates"),
        pytest.param("cafe\u0301 caf\u00e9", "cafe caf\u00e9", id="combining marks go, a precomposed letter stays"),
        pytest.param("a    b  c", "a b c", id="repeated spaces"),
        pytest.param("Isle \u200b of Wight", "Isle of Wight", id="spaces repeated around a zero-width one"),
        pytest.param("", "", id="empty"),
        pytest.param("\u200b\u202e\u0301", "", id="nothing to see"),
        pytest.param("\ud800 Kent", "\ufffd Kent", id="lone surrogate"),
    ],
)
def test_look_alike_characters_are_read_in_one_spelling(text: str, shown: str) -> None:
    assert ascii(plain(text).text) == ascii(shown)


@pytest.mark.parametrize(
    ("text", "shown", "original"),
    [
        pytest.param("\u201cBury\u2019s deal\u201d", "Bury's deal", "Bury\u2019s deal", id="quotes"),
        pytest.param("In K\u200be\u0301nt now", "Kent", "K\u200be\u0301nt", id="zero-width and combining inside"),
        pytest.param("In \u202eKent\u202c now", "Kent", "Kent", id="bidi outside"),
        pytest.param("In  East   Sussex  now", "East Sussex", "East   Sussex", id="repeated spaces inside"),
        pytest.param("\ud800 In Kent", "Kent", "Kent", id="after a lone surrogate"),
        pytest.param("\U0001f600\u200b Kent", "Kent", "Kent", id="after a character beyond the first plane"),
        pytest.param("In Kent\n", "Kent", "Kent", id="nothing changed"),
    ],
)
def test_a_found_phrase_leads_back_to_the_original_words(text: str, shown: str, original: str) -> None:
    read = plain(text)
    at = read.text.index(shown)
    start, end = read.original(at, at + len(shown))
    assert text[start:end] == original


@given(HOSTILE)
def test_every_character_read_stands_at_its_offset_of_the_original(text: str) -> None:
    read = plain(text)
    for at, char in enumerate(read.text):
        start, end = read.original(at, at + 1)
        assert (end - start, plain(text[start:end]).text) == (1, char)


@given(HOSTILE)
def test_offsets_grow_from_left_to_right(text: str) -> None:
    read = plain(text)
    offsets = [read.original(at, at + 1)[0] for at in range(len(read.text))]
    assert offsets == sorted(set(offsets))


@given(HOSTILE)
@example(" \u200b ")
def test_text_in_one_spelling_is_left_as_it_is(text: str) -> None:
    once = plain(text).text
    assert ascii(plain(once).text) == ascii(once)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("One. Two! Three?", ["One.", "Two!", "Three?"], id="three marks"),
        pytest.param("One.\nTwo", ["One.", "Two"], id="no mark at the end"),
        pytest.param("Kent signs deal\nThe council said", ["Kent signs deal", "The council said"], id="line break"),
        pytest.param("One.\n\n\n  Two.", ["One.", "Two."], id="blank lines"),
        pytest.param('"No." He left.', ['"No."', "He left."], id="a quotation mark goes with its sentence"),
        pytest.param("Well... It grew.", ["Well...", "It grew."], id="three dots before a capital"),
        pytest.param("It grew\u2026 and grew.", ["It grew\u2026 and grew."], id="an ellipsis in mid-sentence"),
        pytest.param('"Why?" asked Mr. Hale.', ['"Why?" asked Mr. Hale.'], id="a question inside a sentence"),
        pytest.param("Cllr. Jo Roe spoke.", ["Cllr. Jo Roe spoke."], id="a title"),
        pytest.param("J. K. Roe spoke.", ["J. K. Roe spoke."], id="initials"),
        pytest.param("It met at 9 a.m. The vote fell.", ["It met at 9 a.m.", "The vote fell."], id="a.m. can end"),
        pytest.param("It met at 9 a.m. on Monday.", ["It met at 9 a.m. on Monday."], id="a.m. can stand inside"),
        pytest.param("Roe Ltd. The firm", ["Roe Ltd.", "The firm"], id="Ltd. can end"),
        pytest.param("A gap of \u00a31.5m grew.", ["A gap of \u00a31.5m grew."], id="a decimal point"),
        pytest.param("See gov.uk for more.", ["See gov.uk for more."], id="an address"),
        pytest.param("R v. Kent was heard.", ["R v. Kent was heard."], id="a case name"),
        pytest.param("", [], id="empty"),
        pytest.param(" \n \n", [], id="white space only"),
        pytest.param("?!", ["?!"], id="no letters"),
        pytest.param("\ud800. Kent.", ["\ud800.", "Kent."], id="lone surrogate"),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(HOSTILE)
def test_sentences_are_trimmed_and_in_order_and_leave_nothing_out(text: str) -> None:
    cuts = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in cuts)
    assert all(before[1] <= after[0] for before, after in pairwise(cuts))
    kept = list(chain.from_iterable(text[start:end].split() for start, end in cuts))
    assert kept == text.split()


@pytest.mark.parametrize(
    ("offset", "number"),
    [
        pytest.param(0, 0, id="first character"),
        pytest.param(4, 0, id="the gap belongs to the one before"),
        pytest.param(5, 1, id="second sentence"),
        pytest.param(99, 1, id="beyond the end"),
    ],
)
def test_an_offset_is_in_the_sentence_that_holds_it_or_the_one_before(offset: int, number: int) -> None:
    assert sentence_at(sentences("One. Two."), offset) == number


@pytest.mark.timeout(10)
@pytest.mark.parametrize("char", ["x", "'", ".", " ", "\u200b", " .", "a.", "A. ", ' " ', "\n", "\u0301 ", "Mr. "])
def test_half_a_megabyte_in_one_line_is_read_in_full(char: str) -> None:
    text = char * (500_000 // len(char)) + "Kent."
    shown = plain(text)
    start, end = sentences(shown.text)[-1]
    assert text[slice(*shown.original(end - 5, end))] == "Kent."
    assert start < end


@pytest.mark.parametrize("char", ["x ", "' ", "A. ", "\u200b ", "One. "])
def test_work_grows_no_faster_than_the_text(char: str) -> None:
    def work(times: int) -> int:
        return events_of(lambda: sentences(plain(char * times).text))

    assert work(2000) < 2.5 * work(1000) + 1000
