"""The live model and the gold it came from: nothing private in it, nothing on both sides of the split."""

import json
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from svwatch.extract.copies import bands_of, fingerprint, is_copy
from svwatch.learn.gold import GoldArticle, gold_digest
from svwatch.tag.model import PARTS, current_model, load_trained
from svwatch.taxonomy import load_taxonomy

from .conftest import ROOT

ADDRESS = re.compile(r"\S@\S|\bwww\.|https?:", re.IGNORECASE)
PHONE = re.compile(r"(?:\+44|\b0)[\d\s()-]{8,}\d|\d{5,}")


@pytest.fixture(scope="module")
def live() -> Path:
    return current_model([ROOT / "models"])


def terms_of(folder: Path, part: str) -> list[str]:
    terms: list[str] = json.loads((folder / f"{part}.terms.json").read_text(encoding="utf-8"))["terms"]
    return terms


@pytest.mark.parametrize("part", PARTS)
def test_no_vocabulary_holds_an_address_or_a_telephone_number(live: Path, part: str) -> None:
    terms = [term for term in terms_of(live, part) if not re.match(r"#\w+@", term)]
    assert [term for term in terms if ADDRESS.search(term) or PHONE.search(term)] == []


@pytest.mark.parametrize("part", PARTS)
def test_no_number_but_its_sign_is_in_a_vocabulary(live: Path, part: str) -> None:
    """Sums, shares and dates stand as signs; a section of an Act ("s114") is a word of our matter."""
    assert [term for term in terms_of(live, part) if re.search(r"\d{3,}", re.sub(r"\bs\d{3}\b", "", term))] == []


def test_the_live_model_saw_this_gold_and_nothing_else(live: Path, gold: list[GoldArticle]) -> None:
    assert load_trained(live).trained_on["gold"] == gold_digest([one for one in gold if one.split != "test"])


def test_no_text_is_on_both_sides_of_the_split(gold: list[GoldArticle]) -> None:
    alike: dict[str, list[GoldArticle]] = defaultdict(list)
    for one in gold:
        for band in bands_of(fingerprint(one.article.text)):
            alike[band].append(one)
    pairs = {
        (a.id, b.id)
        for group in alike.values()
        for a, b in combinations(group, 2)
        if a.split != b.split and is_copy(a.article, b.article)
    }
    assert sorted(pairs) == []


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_every_topic_has_gold_in_every_split(gold: list[GoldArticle], split: str) -> None:
    held = {topic.id for one in gold if one.split == split for topic in one.annotation.topics}
    assert held == set(load_taxonomy().topic_ids)
