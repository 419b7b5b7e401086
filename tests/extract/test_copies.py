"""One council story under many mastheads is one; two stories that share a quotation are two."""

import os
import subprocess
import sys

import pytest

from svwatch.extract.copies import bands_of, fingerprint, is_copy

from .made import BODY, article

TEXT = "\n".join(BODY) + (
    "\nA spokesman for the department said that every bid would be judged on its merits and that no promise had been made."
    "\nThe market has stood empty since 2011, when the last auction was held there, and has been used as a car park since."
    "\nA report to the cabinet puts the cost of the building at fourteen million pounds, of which four have been found."
)
QUOTE = "“Every child deserves a place close to home, and we are working night and day with our partners to provide it,” he said."
OTHER = (
    "A family from Saltby has won an apology after their son spent fourteen months without a teacher of any kind.\n"
    "The ombudsman found that officers had lost his papers twice and had then told his mother that none had been sent.\n"
    f"{QUOTE}\n"
    "He has since started at a small unit beside the river, where there are six other pupils and, on Fridays, a dog.\n"
    "The council must pay the family £4,200 and show by March that it has found every other child it left out."
)


def reworded(text: str) -> str:
    """As a second newsroom would touch it up: a few words changed, one sentence gone."""
    lines = text.replace("Councillors in Dunmere", "Borough councillors").replace(
        "about two million pounds", "some £2m"
    )
    return "\n".join(line for line in lines.split("\n") if not line.startswith("At present"))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(TEXT, id="the same"),
        pytest.param(TEXT.upper().replace("’", "'").replace("\n", "  "), id="other case, quotes and spaces"),
        pytest.param("\n".join(TEXT.split("\n")[:4]), id="cut after four paragraphs"),
        pytest.param(reworded(TEXT), id="lightly reworded"),
        pytest.param(f"{TEXT}\n{OTHER}", id="with more added"),
    ],
)
def test_republication_is_a_copy(other: str) -> None:
    """Under another headline, whichever way round the two are given."""
    assert is_copy(article(TEXT), article(other, "A new school for the market"))
    assert is_copy(article(other, "A new school for the market"), article(TEXT))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(TEXT, OTHER, id="nothing shared"),
        pytest.param(f"{TEXT}\n{QUOTE}", OTHER, id="one quotation shared"),
        pytest.param(f"{TEXT}\n{QUOTE}", f"{OTHER}\n{BODY[3]}", id="quotation and paragraph shared"),
        pytest.param("Plan backed.", "Plan dropped.", id="two short texts"),
        pytest.param("", "", id="no text"),
    ],
)
def test_different_stories_are_not_copies_even_under_one_headline(one: str, other: str) -> None:
    """A headline may support; it never decides."""
    assert not is_copy(article(one), article(other))


def test_short_texts_are_copies_only_word_for_word() -> None:
    """Under forty words a few shared ones say nothing."""
    assert is_copy(article("The council has backed the plan."), article("THE COUNCIL has backed the plan"))
    assert not is_copy(article("The council has backed the plan."), article("The council has backed the plan at last."))


def test_fingerprint_is_512_bytes_or_none() -> None:
    """128 values of four bytes; a text under twenty words has no fingerprint and no bands."""
    assert len(fingerprint(TEXT)) == 512
    assert fingerprint("Nineteen words " * 9) == b"" and bands_of(b"") == ()


def test_fingerprint_is_the_same_in_another_process() -> None:
    """Whatever the hash seed: it is stored and compared for years."""
    program = f"from svwatch.extract.copies import fingerprint; print(fingerprint({TEXT!r}).hex())"
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == fingerprint(TEXT).hex()


def test_copies_share_a_band_and_strangers_do_not() -> None:
    """Bands find the candidates that `is_copy` then judges."""
    bands = set(bands_of(fingerprint(TEXT)))
    assert len(bands) == 42
    assert bands & set(bands_of(fingerprint(reworded(TEXT))))
    assert not bands & set(bands_of(fingerprint(OTHER)))


def test_bands_find_nearly_every_pair_that_shares_half_its_shingles() -> None:
    """Pairs of made-up texts of Jaccard similarity about 0.5."""
    found = 0
    for start in range(60):
        words = [f"w{start}x{number}" for number in range(300)]
        one, other = " ".join(words[:225]), " ".join(words[75:])
        found += bool(set(bands_of(fingerprint(one))) & set(bands_of(fingerprint(other))))
    assert found >= 58
