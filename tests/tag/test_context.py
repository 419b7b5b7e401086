"""The surroundings of a name as features: what stands beside it, and what the whole article says."""

import subprocess
import sys

import pytest

from svwatch.records import Article
from svwatch.tag.councils import candidates
from svwatch.tag.mentions import MentionFinder

from .work import events_of


def features(finder: MentionFinder, text: str, title: str = "") -> set[str]:
    """The features of the last mention of a text."""
    return set(candidates(Article("", title, text), finder)[-1].features)


TELL = """
from svwatch.gazetteer import load_councils
from svwatch.records import Article
from svwatch.tag.councils import candidates
from svwatch.tag.mentions import MentionFinder

text = "Kent signed some kind of safety valve deal about deficits, Bury and Bolton councils said."
for found in candidates(Article("", "", text), MentionFinder(list(load_councils().values()))):
    print(*found.features, sep="\\n")
"""


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        pytest.param("He cheered Bury FC on.", "R1~club", id="a club behind the name"),
        pytest.param("At the University of Kent.", "L2~school", id="a university before the name"),
        pytest.param("The Reading Chronicle said.", "R1~press", id="a newspaper"),
        pytest.param("Mrs Lincoln and Mr Kent spoke.", "L1~title", id="a person's title"),
        pytest.param("The Duke of Kent came.", "L2~title", id="a nobleman"),
        pytest.param("The MP for Bolton spoke.", "L2~seat", id="a constituency"),
        pytest.param("In South Kent it rained.", "L1^compass", id="a compass point"),
        pytest.param("Mr Clark Kent spoke.", "L1^capital", id="a given name"),
        pytest.param("Kent Police came.", "R1~police", id="police"),
        pytest.param("Kent's schools closed.", "'s~school", id="what it possesses"),
        pytest.param("A Kent-based firm.", "hyphen=based", id="a hyphen"),
        pytest.param("Bury and Bolton councils met.", "list=2", id="a list"),
        pytest.param("Bury and Bolton councils met.", "listR1=councils", id="the noun behind a list"),
        pytest.param("Kent and Medway NHS Trust paid.", "list~health", id="the body behind a list"),
        pytest.param("Bury University Hospitals Trust paid.", "run~health", id="the head noun of a long name"),
        pytest.param("KENT SIGNS DEAL", "capitals", id="capitals"),
        pytest.param("Bury", "alone", id="alone"),
        pytest.param("Bath council spoke.", "rank=council", id="a loose name with council"),
        pytest.param("Kent has a SEND deficit.", "matter=2", id="our matter in the sentence"),
        pytest.param("Kent Council spoke. Kent grew.", "in-full-before", id="named in full before"),
        pytest.param("Bolton Council spoke. Kent grew.", "others-in-full", id="others named in full"),
        pytest.param("It is near Stoke. Newcastle fell.", "rival", id="another place of that name"),
        pytest.param("On page 12 Kent rose.", "L1=0", id="a number stands as one sign"),
    ],
)
def test_surroundings_are_told_by_name(finder: MentionFinder, text: str, feature: str) -> None:
    assert feature in features(finder, text)


def test_the_title_counts_as_surroundings_of_the_text(finder: MentionFinder) -> None:
    assert "in-full-before" in features(finder, "Kent grew.", title="Kent County Council")


def test_each_feature_counts_once(finder: MentionFinder) -> None:
    text = "deficit deficit deficit in Kent, deficit"
    assert set(candidates(Article("", "", text), finder)[0].features.values()) == {1}


def test_features_come_in_the_same_order_under_any_hash_seed() -> None:
    """Sums of floats hang on their order: another one would give other bytes of a model, and other scores."""
    told = {
        subprocess.run(
            [sys.executable, "-c", TELL], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_work_on_one_sentence_grows_no_faster_than_its_names(finder: MentionFinder) -> None:
    """A hostile line of thousands of names must not hold a worker for minutes."""

    def work(names: int) -> int:
        return events_of(lambda: candidates(Article("", "", "Kent, Bury, " * (names // 2)), finder))

    assert work(80) < 2.6 * work(40)


def test_work_on_an_article_grows_no_faster_than_its_sentences(finder: MentionFinder) -> None:
    def work(sentences: int) -> int:
        return events_of(lambda: candidates(Article("", "", "Kent has a deficit. " * sentences), finder))

    assert work(80) < 2.6 * work(40)
