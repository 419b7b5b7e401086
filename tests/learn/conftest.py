"""The project's gold, and a small part of it to train on in seconds."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from svwatch.learn.gold import GoldArticle, load_gold

Raw = dict[str, Any]
ROOT = Path(__file__).parents[2]
ARTICLES_A_FILE = {"train": 8, "dev": 4, "test": 2}
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
        raws = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        some = [[raw for raw in raws if raw["split"] == split][:most] for split, most in ARTICLES_A_FILE.items()]
        write_gold(folder / path.name, sum(some, []))
    return folder


@pytest.fixture(scope="session")
def trained(small_gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model trained on the small gold, in a process with another hash seed."""
    return train_elsewhere(small_gold, tmp_path_factory.mktemp("trained") / "model", seed=1)


def train_elsewhere(gold: Path, model: Path, *, seed: int) -> Path:
    """Train in a process of its own under a hash seed; the model's folder."""
    subprocess.run([sys.executable, "-c", TRAIN, gold, model], env={"PYTHONHASHSEED": str(seed)}, check=True)
    return model


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a folder."""
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def read_gold(path: Path) -> list[Raw]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_gold(path: Path, raws: list[Raw]) -> None:
    path.write_text("".join(json.dumps(raw, ensure_ascii=False) + "\n" for raw in raws), encoding="utf-8")


def changed_gold(source: Path, target: Path, change: Callable[[Raw], Raw | None]) -> Path:
    """A copy of a gold folder in which `change` has altered each record, or dropped it by None."""
    target.mkdir()
    for path in sorted(source.glob("*.jsonl")):
        kept = [raw for raw in map(change, read_gold(path)) if raw is not None]
        write_gold(target / path.name, kept)
    return target
