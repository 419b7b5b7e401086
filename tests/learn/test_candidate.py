"""What training writes: checks M2, M5, M6, M21 and M22, and what a card must say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from svwatch.errors import ModelError
from svwatch.learn.candidate import read_scores, train_candidate
from svwatch.learn.card import card
from svwatch.learn.compare import RULES, SHIPPED
from svwatch.learn.gold import load_gold
from svwatch.learn.pins import pin_gold
from svwatch.tag.model import MANIFEST, PARTS, current_model, load_trained
from svwatch.taxonomy import load_taxonomy

from .conftest import ROOT, Raw, changed_gold, digests

TRAIN = """
import sys
from pathlib import Path
from svwatch.learn.candidate import train_candidate

train_candidate(Path(sys.argv[1]), Path(sys.argv[2]))
"""
CANARY = "quidnunckery"


@pytest.fixture(scope="module")
def live() -> Path:
    return current_model([ROOT / "models"])


@pytest.fixture(scope="module")
def candidate(small_gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pin_gold(small_gold)
    folder = tmp_path_factory.mktemp("made") / "same"
    train_candidate(small_gold, folder)
    return folder


def terms_of(folder: Path) -> set[str]:
    parts = [json.loads((folder / f"{part}.terms.json").read_text(encoding="utf-8"))["terms"] for part in PARTS]
    return set().union(*parts)


@pytest.mark.parametrize("seed", [1, 2])
def test_m2_a_candidate_has_the_same_bytes_under_any_hash_seed(
    candidate: Path, small_gold: Path, tmp_path: Path, seed: int
) -> None:
    subprocess.run(
        [sys.executable, "-c", TRAIN, small_gold, tmp_path / "same"], env={"PYTHONHASHSEED": str(seed)}, check=True
    )
    assert digests(tmp_path / "same") == digests(candidate)


def test_m5_a_word_of_the_test_split_alone_is_in_no_vocabulary(
    candidate: Path, small_gold: Path, tmp_path: Path
) -> None:
    def told(raw: Raw) -> Raw:
        return raw | {"title": f"{raw['title']} {CANARY}"} if raw["split"] == "test" else raw

    gold = changed_gold(small_gold, tmp_path / "gold", told)
    assert any(CANARY in record.article.title for record in load_gold(gold))
    pin_gold(gold)
    train_candidate(gold, tmp_path / "model")
    assert not any(CANARY in term for term in terms_of(tmp_path / "model"))


def test_m5_shuffled_labels_teach_nothing(small_gold: Path, candidate: Path, tmp_path: Path) -> None:
    """Each article gets the topics of another: the mean F1 out of fold falls far under the true one."""
    raws = [raw.article.id for raw in load_gold(small_gold)]
    others = dict(zip(raws, raws[7:] + raws[:7], strict=True))
    by_id = {record.id: record for record in load_gold(small_gold)}

    def shuffled(raw: Raw) -> Raw:
        carried = [tag.id for tag in by_id[others[raw["id"]]].annotation.topics]
        line = raw["text"].split("\n")[0].split(". ")[0]
        evidence = [{"start": 0, "end": len(line), "text": line}]
        said = {"relevant": raw["relevant"] or bool(carried), "events": []}
        return raw | said | {"topics": [{"id": topic, "score": 1.0, "evidence": evidence} for topic in carried]}

    gold = changed_gold(small_gold, tmp_path / "gold", shuffled)
    pin_gold(gold)
    train_candidate(gold, tmp_path / "model")
    assert macro_of(tmp_path / "model") < macro_of(candidate) - 0.1


def macro_of(folder: Path) -> float:
    [row] = [row for row in read_scores(folder)["out_of_fold"] if row["what"] == "topics, macro mean"]
    return float(row["f1"])


@pytest.mark.parametrize("topic", load_taxonomy().topic_ids)
def test_m6_what_weighs_most_for_a_topic_is_no_byline_date_or_address(live: Path, topic: str) -> None:
    model = load_trained(live).topics.sentence
    column = model.weights[:, model.labels.index(topic)]
    ordered = sorted(model.terms, key=lambda term: -column[model.terms[term]])[:20]
    unfit = re.compile(r"cookie|subscri|http|www|\.com|byline|copyright|reporter|\d{2}", re.IGNORECASE)
    assert [term for term in ordered if unfit.search(term)] == []


def test_m22_no_term_of_a_vocabulary_was_seen_in_fewer_than_three_articles(live: Path) -> None:
    texts = [
        f"{record.article.title} {record.article.text}".lower().replace("\u2019", "'")
        for record in load_gold(ROOT / "gold")
        if record.split != "test"
    ]
    model = load_trained(live).topics.sentence
    names = [term for term in model.terms if re.fullmatch(r"[a-z]{9,}", term)]
    assert [term for term in names if sum(term in text for text in texts) < 3] == []


def test_m21_the_card_says_all_that_a_card_must(candidate: Path) -> None:
    written = (candidate / "card.md").read_text(encoding="utf-8")
    seen = load_trained(candidate).trained_on
    assert seen["gold"] in written
    assert f"{seen['articles']} articles" in written
    for heading in ("## Limits", "## Out of fold", "## On the test split", "## Simpler ways", "Licence: AGPL"):
        assert heading in written


@pytest.mark.parametrize("lost", ["out_of_fold", "ways", "happenings", "trained_on"])
def test_m21_a_card_is_not_made_without_what_it_must_say(candidate: Path, lost: str) -> None:
    scores = {key: value for key, value in read_scores(candidate).items() if key != lost}
    manifest = json.loads((candidate / MANIFEST).read_text(encoding="utf-8"))
    with pytest.raises(ModelError, match=lost):
        card("x", scores, manifest, 1)


def test_m23_simpler_ways_are_compared_paired_with_the_shipped_one(candidate: Path) -> None:
    first, *others = read_scores(candidate)["ways"]
    assert (first["name"], first["gain_of_the_shipped"]) == (SHIPPED, None)
    assert all(set(way["gain_of_the_shipped"]) == {"change", "low", "high"} for way in others)


def test_every_rule_of_the_rules_only_way_names_a_topic_of_the_taxonomy() -> None:
    assert set(RULES) <= set(load_taxonomy().topic_ids)


def test_a_model_folder_is_at_most_ten_megabytes_with_the_word_vectors(live: Path) -> None:
    vectors = (ROOT / "src" / "svwatch" / "data").glob("word_vectors*")
    assert sum(path.stat().st_size for path in [*live.iterdir(), *vectors]) <= 10_000_000
