"""Training: the same gold gives the same bytes, and nothing of the test split gets in."""

from pathlib import Path

import numpy as np
import pytest

from svwatch.errors import GoldError
from svwatch.learn.gold import gold_digest, load_gold
from svwatch.learn.train import train
from svwatch.tag.model import load_tagger, load_trained, save_model
from svwatch.taxonomy import load_taxonomy

from .conftest import Change, Raw, changed_gold, digests, start_training

CANARY = "quidnunckery"


def without_test(raw: Raw) -> Raw | None:
    return None if raw["split"] == "test" else raw


def with_altered_test(raw: Raw) -> Raw:
    """Every test article says the canary word, and carries no label at all."""
    if raw["split"] != "test":
        return raw
    return raw | {
        "title": CANARY,
        "text": f"{CANARY} in SEND. " * 5,
        "relevant": False,
        "topics": [],
        "councils": [],
        "events": [],
        "traps": [],
    }


def test_training_again_gives_the_same_bytes_under_another_hash_seed(small_gold: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    runs = [start_training(small_gold, folder, seed=seed) for seed, folder in enumerate(folders, 1)]
    assert [run.wait() for run in runs] == [0, 0]
    assert digests(folders[0]) == digests(folders[1])


@pytest.mark.parametrize(
    "change", [pytest.param(without_test, id="left out"), pytest.param(with_altered_test, id="altered")]
)
def test_the_test_split_is_never_read(small_gold: Path, trained: Path, tmp_path: Path, change: Change) -> None:
    other = changed_gold(small_gold, tmp_path / "gold", change)
    save_model(train(other), tmp_path / "model")
    assert digests(tmp_path / "model") == digests(trained)


def test_a_model_says_what_it_was_trained_on(small_gold: Path, trained: Path) -> None:
    seen = [record for record in load_gold(small_gold) if record.split != "test"]
    said = load_trained(trained).trained_on
    assert (said["gold"], said["articles"]) == (gold_digest(seen), str(len(seen)))


def test_a_trained_model_can_be_loaded_as_a_tagger(trained: Path) -> None:
    tagger = load_tagger(trained)
    assert tagger.topics.sentence.labels == load_taxonomy().topic_ids


def test_every_threshold_is_a_probability(trained: Path) -> None:
    model = load_trained(trained)
    topics = model.topics
    single = [model.council_threshold, topics.statement_threshold, topics.relevance_threshold]
    thresholds = np.concatenate([topics.thresholds, topics.evidence_thresholds, single])
    assert ((thresholds > 0) & (thresholds <= 1)).all()


def test_gold_with_a_problem_is_not_trained_on(small_gold: Path, tmp_path: Path) -> None:
    broken = changed_gold(small_gold, tmp_path / "gold", lambda raw: raw | {"split": "tests"})
    with pytest.raises(GoldError, match='there is no split "tests"; did you mean "test"'):
        train(broken)
