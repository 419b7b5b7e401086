"""Check M1: the gold is pinned record by record, and training on anything else is refused by name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from svwatch.errors import GoldError
from svwatch.learn.candidate import train_candidate
from svwatch.learn.pins import MANIFEST, pin_gold, refuse_unpinned

FIRST, SECOND = b'{"id": "kent-a", "text": "x"}\n', b'{"id": "bury-b", "text": "y"}\n'


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    """A folder of two records, pinned."""
    (tmp_path / "deals.jsonl").write_bytes(FIRST + SECOND)
    pin_gold(tmp_path)
    return tmp_path


def write(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "deals.jsonl").write_bytes(content)


def test_gold_as_it_was_pinned_is_accepted(pinned: Path) -> None:
    refuse_unpinned(pinned)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(write(FIRST.replace(b"x", b"z") + SECOND), "deals.jsonl:kent-a has changed", id="one byte"),
        pytest.param(write(FIRST + SECOND[:-3]), "deals.jsonl:line 2 is new", id="cut short"),
        pytest.param(write(SECOND), "deals.jsonl:kent-a is gone", id="a record gone"),
        pytest.param(
            write(FIRST + SECOND + FIRST.replace(b"kent-a", b"c")), "deals.jsonl:c is new", id="a record more"
        ),
        pytest.param(lambda folder: (folder / MANIFEST).unlink(), "svwatch gold pin", id="no manifest"),
        pytest.param(lambda folder: (folder / MANIFEST).write_text("abc\n"), "MANIFEST:1", id="a broken manifest"),
    ],
)
def test_m1_gold_that_differs_is_refused_by_name(pinned: Path, change: Callable[[Path], object], named: str) -> None:
    change(pinned)
    with pytest.raises(GoldError, match="gold pin") as refused:
        refuse_unpinned(pinned)
    assert named in str(refused.value)


def test_every_difference_is_named_in_one_message(pinned: Path) -> None:
    (pinned / "deals.jsonl").write_bytes(FIRST.replace(b"x", b"z") + SECOND.replace(b'"y"', b'"z"'))
    with pytest.raises(GoldError, match=r"2 record\(s\)(.|\n)*bury-b(.|\n)*kent-a"):
        refuse_unpinned(pinned)


def test_records_may_change_places(pinned: Path) -> None:
    (pinned / "deals.jsonl").write_bytes(SECOND + FIRST)
    refuse_unpinned(pinned)


def test_m1_a_changed_byte_stops_training_and_leaves_no_folder(small_gold: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for path in small_gold.glob("*.jsonl"):
        (gold / path.name).write_bytes(path.read_bytes())
    pin_gold(gold)
    path = gold / "deals.jsonl"
    path.write_bytes(path.read_bytes().replace(b" the ", b" teh ", 1))
    with pytest.raises(GoldError, match=r"deals\.jsonl:\S+ has changed"):
        train_candidate(gold, tmp_path / "model")
    assert not (tmp_path / "model").exists()
