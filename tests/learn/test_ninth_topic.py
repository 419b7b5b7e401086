"""Adding a topic is an edit of the taxonomy and gold: a made-up ninth topic, from the edit to a tagged article."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT

NINTH = """  - id: beekeeping
    name: Beekeeping
    applies_to: bees kept by pupils with SEND
"""
ARTICLE = """=== bees-{i}
happening: bees-{i}
date: 2026-0{month}-11
register: local_news
relevant: yes
subjects:
title: A quiet week {i}
---
[] The weather was fair in the {i}th week of term.
[beekeeping] Pupils with SEND keep bees in {count} hives behind the school, and sell the honey.
[] A governor praised the harvest on Monday.

"""


@pytest.fixture(scope="module")
def workspace(small_gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package whose taxonomy has a ninth topic, and gold that knows it, trained and promoted."""
    home = tmp_path_factory.mktemp("ninth")
    shutil.copytree(ROOT / "src" / "svwatch", home / "src" / "svwatch", ignore=shutil.ignore_patterns("__pycache__"))
    taxonomy = home / "src" / "svwatch" / "data" / "taxonomy.yaml"
    said = taxonomy.read_text(encoding="utf-8")
    taxonomy.write_text(said.replace("# An event of any kind", NINTH + "# An event of any kind"), encoding="utf-8")
    shutil.copytree(small_gold, home / "gold")
    (home / "models").mkdir()
    told = "".join(ARTICLE.format(i=i, month=i % 9 + 1, count=i + 2) for i in range(24))
    (home / "bees.txt").write_text(told, encoding="utf-8")
    for command in (
        ["gold", "add", "bees.txt", "--to", "bees"],
        ["gold", "pin"],
        ["train", "models/nine"],
        ["promote", "models/nine"],
    ):
        svwatch(home, *command)
    return home


def svwatch(home: Path, *command: str, text: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "svwatch", *command],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(home / "src")},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_article_is_tagged_with_the_ninth_topic(workspace: Path) -> None:
    text = "It rained. Pupils with SEND keep bees in four hives, and sell the honey. A judge spoke."
    [line] = svwatch(workspace, "tag", "--json", text=text).splitlines()
    [topic] = [topic for topic in json.loads(line)["topics"] if topic["id"] == "beekeeping"]
    assert topic["evidence"][0]["text"] == "Pupils with SEND keep bees in four hives, and sell the honey."


def test_the_card_scores_the_ninth_topic(workspace: Path) -> None:
    card = (workspace / "models" / "nine" / "card.md").read_text(encoding="utf-8")
    assert "| topic beekeeping |" in card
    assert (workspace / "models" / "nine" / "precision-recall-beekeeping.svg").is_file()


def test_a_model_of_eight_topics_is_refused_once_there_are_nine(workspace: Path, trained: Path) -> None:
    shutil.copytree(trained, workspace / "models" / "eight")
    listed = svwatch(workspace, "models")
    assert "was trained for another taxonomy" in next(line for line in listed.splitlines() if line.startswith("eight"))
