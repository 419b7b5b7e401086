"""What a sentence states as fact, foretells, supposes or denies."""

import pytest

from svwatch.tag.modality import Modality, clauses, lower, modality, quotations


@pytest.mark.parametrize(
    ("text", "word", "how"),
    [
        pytest.param("payments were suspended in march", "suspended", Modality.STATED, id="past"),
        pytest.param("payments could be withheld", "withheld", Modality.SUPPOSED, id="could"),
        pytest.param("if the plan is rejected, schools lose", "rejected", Modality.SUPPOSED, id="if"),
        pytest.param("parents fear the deal was extended", "extended", Modality.SUPPOSED, id="fear"),
        pytest.param("the deal will be extended", "extended", Modality.FORETOLD, id="will"),
        pytest.param("the deal was not extended", "extended", Modality.DENIED, id="not"),
        pytest.param("ministers denied that money was withheld", "withheld", Modality.DENIED, id="denied"),
        pytest.param("in may the plan was rejected", "rejected", Modality.STATED, id="the month of May"),
        pytest.param("it could not cope, and payments were stopped", "stopped", Modality.STATED, id="another clause"),
    ],
)
def test_the_clause_before_a_word_says_how_it_is_put(text: str, word: str, how: Modality) -> None:
    """Only what stands before it in its own clause counts."""
    at = text.index(word)
    clause = next(part for part in clauses(text) if part[0] <= at < part[1])
    assert modality(text, clause, at) is how


def test_only_long_quotations_are_quoted() -> None:
    """A phrase in quotation marks is the writer's own statement."""
    text = 'It found "systemic failings".\n"We have been let down by this council for more than ten years," she said.'
    ((start, end),) = quotations(text)
    assert text[start:end].startswith('"We have')


@pytest.mark.parametrize("text", ["İstanbul KENT", "ǅ KENT", "KENT ẞ"])
def test_small_letters_keep_their_offsets(text: str) -> None:
    """Even where a capital has two small letters."""
    assert len(lower(text)) == len(text)
    assert lower(text).index("kent") == text.index("KENT")
