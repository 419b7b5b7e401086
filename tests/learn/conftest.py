"""The project's gold, and a small part of it to train on in seconds."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from svwatch.learn.gold import GoldArticle, load_gold
from svwatch.learn.train import train
from svwatch.tag.model import save_model

Raw = dict[str, Any]
Change = Callable[["Raw"], "Raw | None"]
ROOT = Path(__file__).parents[2]
ARTICLES_A_FILE = {"train": 6, "dev": 2, "test": 2}
TRAIN = """
import sys
from pathlib import Path
from svwatch.learn.train import train
from svwatch.tag.model import save_model

save_model(train(Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.fixture(scope="session")
def gold() -> list[GoldArticle]:
    return load_gold(ROOT / "gold")


@pytest.fixture(scope="session")
def small_gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few articles of each gold file and split."""
    folder = tmp_path_factory.mktemp("small") / "gold"
    folder.mkdir()
    for path in sorted((ROOT / "gold").glob("*.jsonl")):
        raws = read_gold(path)
        some = [[raw for raw in raws if raw["split"] == split][:most] for split, most in ARTICLES_A_FILE.items()]
        write_gold(folder / path.name, list(chain.from_iterable(some)))
    return folder


@pytest.fixture(scope="session")
def trained(small_gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model trained on the small gold."""
    folder = tmp_path_factory.mktemp("trained") / "model"
    save_model(train(small_gold), folder)
    return folder


def start_training(gold: Path, model: Path, *, seed: int) -> subprocess.Popen[bytes]:
    """Begin to train in a process of its own under a hash seed."""
    return subprocess.Popen(
        [sys.executable, "-c", TRAIN, gold, model], env={"PYTHONHASHSEED": str(seed), "OMP_NUM_THREADS": "1"}
    )


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a folder."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def read_gold(path: Path) -> list[Raw]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def write_gold(path: Path, raws: list[Raw]) -> None:
    path.write_text("".join(json.dumps(raw, ensure_ascii=False) + "\n" for raw in raws), encoding="utf-8")


def changed_gold(source: Path, target: Path, change: Change) -> Path:
    """A copy of a gold folder in which `change` has altered each record, or dropped it by None."""
    target.mkdir()
    for path in sorted(source.glob("*.jsonl")):
        kept = [raw for raw in map(change, read_gold(path)) if raw is not None]
        write_gold(target / path.name, kept)
    return target
