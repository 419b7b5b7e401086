"""A sentence as terms: stems, signs for numbers, and the groups of like phrases it holds."""

import tracemalloc
from importlib.resources import files

import pytest
import yaml

from svwatch.tag.terms import article_setting, groups_in, nearness, sentence_terms, stem, tokens_of

PHRASES = yaml.safe_load(files("svwatch.data").joinpath("phrases.yaml").read_text(encoding="utf-8"))
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("sentence", "stems"),
    [
        pytest.param("Councils planned cuts", ["council", "plann", "cut"], id="endings go"),
        pytest.param("Bury's plans", ["bury", "plan"], id="possessive goes"),
        pytest.param("A \u00a31.5m gap, \u00a3 20 million", ["a", "<money>", "gap", "<money>"], id="sums of money"),
        pytest.param("90 per cent or 4.5%", ["<share>", "or", "<share>"], id="shares"),
        pytest.param("In 2024 and 1999", ["in", "<year>", "and", "<number>"], id="years of our time"),
        pytest.param("1,200 on 3/4", ["<number>", "on", "<number>"], id="numbers"),
        pytest.param("is as was", ["is", "as", "was"], id="short words keep their ends"),
        pytest.param("the high-needs block", ["the", "high-need", "block"], id="hyphens join"),
        pytest.param("?! \U0001f600 \ud800", [], id="no letters"),
        pytest.param("", [], id="empty"),
    ],
)
def test_words_lose_their_endings_and_numbers_their_value(sentence: str, stems: list[str]) -> None:
    assert [stem(token) for token in tokens_of(sentence)] == stems


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        pytest.param("A SEND deficit", {"matter", "deficit"}, id="words in any case"),
        pytest.param("The safety valve deal", {"deal"}, id="a phrase of two words"),
        pytest.param("A sender", set(), id="whole words only"),
        pytest.param("Autistic people", {"matter"}, id="a beginning of a word"),
        pytest.param("", set(), id="empty"),
    ],
)
def test_the_groups_of_like_phrases_are_found(sentence: str, groups: set[str]) -> None:
    assert groups_in(tokens_of(sentence)) >= groups
    assert groups or not groups_in(tokens_of(sentence))


@pytest.mark.parametrize(
    ("group", "phrase"), [(group, str(phrase)) for group, phrases in PHRASES.items() for phrase in phrases]
)
def test_every_phrase_of_the_file_can_be_found(group: str, phrase: str) -> None:
    assert group in groups_in(tokens_of(f"They said that {phrase.replace('*', '')} was there."))


def test_one_endless_word_takes_memory_in_proportion() -> None:
    """A hostile page may hold half a megabyte without a space."""
    tracemalloc.start()
    try:
        groups_in(tokens_of("autis" + "x" * 20_000))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_sentence_gives_its_words_pairs_groups_and_setting() -> None:
    counts = sentence_terms(["court", "court"], frozenset({"b", "a"}), frozenset({"c"}), ("m1",))
    assert counts == {
        "court": 2,
        "court court": 1,
        "#a": 1,
        "#a+b": 1,
        "#a@m1": 1,
        "#b": 1,
        "#b@m1": 1,
        "<c": 1,
    }


@pytest.mark.parametrize(
    ("about", "setting"),
    [
        pytest.param([], "m0", id="no sentence"),
        pytest.param([False] * 9, "m0", id="none"),
        pytest.param([True, *[False] * 9], "m1", id="one in ten"),
        pytest.param([True, *[False] * 4], "m2", id="one in five"),
        pytest.param([True, False], "m3", id="half"),
    ],
)
def test_the_setting_tells_how_much_of_an_article_is_on_our_matter(about: list[bool], setting: str) -> None:
    groups = [frozenset({"matter"}) if is_about else NONE for is_about in about]
    assert article_setting([], groups) == (setting,)


def test_the_setting_tells_the_groups_of_the_headline() -> None:
    assert "t:deficit" in article_setting(tokens_of("Deficit grows"), [])


@pytest.mark.parametrize(
    ("named", "near"),
    [
        pytest.param([], [], id="no sentence"),
        pytest.param([0, 0], ["n0", "n0"], id="nowhere"),
        pytest.param([1, 0], ["n2", "n1"], id="here and beside"),
        pytest.param([0, 0, 0, 0, 0, 0, 0, 0, 1], ["n0", "n1", "n2"], id="not near, near, here"),
    ],
)
def test_each_sentence_tells_how_near_our_matter_is_named(named: list[int], near: list[str]) -> None:
    groups = [frozenset({"matter"}) if is_named else NONE for is_named in named]
    told = list(nearness(groups))
    assert [now for now, before in zip(told, [None, *told], strict=False) if now != before or len(named) < 3] == near
