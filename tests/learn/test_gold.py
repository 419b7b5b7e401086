"""Gold: read with every problem named at once, and parted by happening."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from svwatch.errors import GoldError
from svwatch.learn.gold import GoldArticle, gold_digest, gold_from_json, gold_to_json, load_gold, split_of

from .conftest import Raw, write_gold

TEXT = "Kent County Council has a deficit. It grew."
EVIDENCE = {"start": 0, "end": 34, "text": "Kent County Council has a deficit."}


def record(article_id: str = "a", **changes: Any) -> Raw:
    return {
        "id": article_id,
        "happening": f"h-{article_id}",
        "split": "train",
        "origin": "written for a test",
        "register": "local_news",
        "published": "2024-05-10",
        "title": "Kent counts",
        "text": TEXT,
        "relevant": True,
        "topics": [{"id": "deficit", "score": 1.0, "evidence": [EVIDENCE]}],
        "councils": [
            {"slug": "kent", "role": "subject", "spans": [{"start": 0, "end": 19, "text": "Kent County Council"}]}
        ],
        "events": [{"kind": "deficit", "councils": ["kent"], "amount": 5, "evidence": EVIDENCE}],
        "traps": [{"kind": "word", "start": 0, "end": 4, "text": "Kent", "in": "title"}],
    } | changes


def event(**changes: Any) -> list[Raw]:
    return [{"kind": "deficit", "councils": ["kent"], "amount": 5, "evidence": EVIDENCE} | changes]


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    write_gold(tmp_path / "a.jsonl", [record()])
    [gold] = load_gold(tmp_path)
    assert gold_to_json(gold) == record()
    assert gold_from_json(gold_to_json(gold)) == gold


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param({"split": "tests"}, 'there is no split "tests"; did you mean "test"?', id="split"),
        pytest.param(
            {"topics": [{"id": "deficits", "score": 1.0, "evidence": [EVIDENCE]}]},
            'there is no topic "deficits"; did you mean "deficit"?',
            id="topic",
        ),
        pytest.param(
            {"councils": [{"slug": "kirkless", "role": "subject", "spans": []}]},
            'there is no council "kirkless"; did you mean "kirklees"?',
            id="council",
        ),
        pytest.param(
            {"events": event(kind="agreements")}, 'no event kind "agreements"; did you mean "agreement"?', id="kind"
        ),
        pytest.param({"events": event(councils=["kirkless"])}, "kirkless", id="council of an event"),
        pytest.param({"events": event(colour="red")}, "colour", id="field of an event"),
        pytest.param({"events": event(amount="a lot")}, "amount", id="a word for a sum"),
        pytest.param(
            {"events": [{"kind": "agreement", "councils": ["kent"], "state": "singed", "evidence": EVIDENCE}]},
            "singed",
            id="value of an event",
        ),
        pytest.param(
            {"topics": [{"id": "deficit", "score": 1.0, "evidence": [EVIDENCE | {"text": "Kent had a deficit."}]}]},
            '"Kent had a deficit." is not at [0, 34) of its text; copy the words as they stand',
            id="evidence that is not in the text",
        ),
        pytest.param(
            {"events": event(evidence=EVIDENCE | {"end": 33})}, "is not at [0, 33) of its text", id="evidence cut short"
        ),
        pytest.param(
            {"traps": [{"kind": "word", "start": 1, "end": 5, "text": "Kent", "in": "title"}]},
            '"Kent" is not at [1, 5)',
            id="a trap beside its place in the title",
        ),
        pytest.param({"text": None}, "not a gold record", id="no text"),
        pytest.param({"published": "May"}, "not a gold record", id="no day"),
        pytest.param({"councils": [{"slug": "kent", "role": "victim", "spans": []}]}, "not a gold record", id="role"),
        pytest.param(
            {"topics": [{"id": "deficit", "score": 1.0, "evidence": [EVIDENCE | {"end": 0}]}]},
            "not a gold record",
            id="empty span",
        ),
        pytest.param({"relevant": "no"}, "not a gold record", id="a word for yes or no"),
        pytest.param({"relevant": False}, "relevant", id="a topic in an article that is not relevant"),
    ],
)
def test_a_problem_is_told_with_file_line_and_remedy(tmp_path: Path, change: Raw, problem: str) -> None:
    write_gold(tmp_path / "some.jsonl", [record("fine"), record("bad", **change)])
    with pytest.raises(GoldError) as refused:
        load_gold(tmp_path)
    assert "some.jsonl:2: " in str(refused.value)
    assert problem in str(refused.value)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    raw = record()
    del raw["happening"]
    write_gold(tmp_path / "some.jsonl", [raw])
    with pytest.raises(GoldError, match=r"some\.jsonl:1: not a gold record .*happening"):
        load_gold(tmp_path)


def test_a_broken_line_is_told_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    write_gold(tmp_path / "a.jsonl", [record("one", split="tests")])
    (tmp_path / "b.jsonl").write_text('{"id": "two",\n', encoding="utf-8")
    with pytest.raises(GoldError) as refused:
        load_gold(tmp_path)
    assert "has 2 problem(s)" in str(refused.value)
    assert "a.jsonl:1: one: " in str(refused.value)
    assert "b.jsonl:1: not JSON" in str(refused.value)


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        pytest.param([record("a"), record("a")], 'the id "a" stands 2 times', id="repeated id"),
        pytest.param(
            [record("a", happening="h"), record("b", happening="h", split="test")],
            'the happening "h" is on both sides of the split (test, train)',
            id="a happening parted",
        ),
    ],
)
def test_a_problem_of_the_whole_set_is_told(tmp_path: Path, records: list[Raw], problem: str) -> None:
    for number, one in enumerate(records):
        write_gold(tmp_path / f"{number}.jsonl", [one])
    with pytest.raises(GoldError) as refused:
        load_gold(tmp_path)
    assert problem in str(refused.value)


def test_every_problem_is_in_one_message(tmp_path: Path) -> None:
    write_gold(tmp_path / "a.jsonl", [record("one", split="tests"), record("two", text="Other."), record("one")])
    with pytest.raises(GoldError) as refused:
        load_gold(tmp_path)
    told = str(refused.value)
    assert [words for words in ("a.jsonl:1", "a.jsonl:2", 'the id "one" stands 2 times') if words not in told] == []


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None], ids=["empty", "not there"])
def test_a_folder_without_gold_is_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "gold")
    with pytest.raises(GoldError, match=r"holds no gold: name a folder with \.jsonl files"):
        load_gold(tmp_path / "gold")


def test_a_line_separator_inside_a_text_does_not_part_the_record(tmp_path: Path) -> None:
    text = TEXT + "\u2028It\x85fell.\x1e"
    write_gold(tmp_path / "a.jsonl", [record(text=text)])
    [gold] = load_gold(tmp_path)
    assert gold.article.text == text


def test_one_split_can_be_read_alone(tmp_path: Path) -> None:
    write_gold(tmp_path / "a.jsonl", [record(split, split=split) for split in ("train", "dev", "test")])
    assert [gold.id for gold in load_gold(tmp_path, "dev")] == ["dev"]


@pytest.mark.parametrize(
    ("happening", "split"),
    [
        pytest.param("", "train", id="empty"),
        pytest.param("kent-agreement-2023", "train", id="a deal"),
        pytest.param("bury-rating-2024", "train", id="a rating"),
        pytest.param("gc-001", "train", id="a number"),
    ],
)
def test_a_happening_is_always_on_the_same_side(happening: str, split: str) -> None:
    assert split_of(happening) == split


def test_a_quarter_of_happenings_are_for_testing_and_three_in_twenty_for_tuning() -> None:
    splits = [split_of(f"happening-{number}") for number in range(4000)]
    assert splits.count("test") / 4000 == pytest.approx(0.25, abs=0.03)
    assert splits.count("dev") / 4000 == pytest.approx(0.15, abs=0.03)


def test_the_digest_does_not_hang_on_the_order_of_records() -> None:
    records = [gold_from_json(record(name)) for name in "abc"]
    assert gold_digest(records) == gold_digest(records[::-1])


@pytest.mark.parametrize(
    "change", [{"text": TEXT + " "}, {"title": "Kent  counts"}, {"topics": []}, {"relevant": False}]
)
def test_the_digest_changes_with_any_word_or_label(change: Raw) -> None:
    assert gold_digest([gold_from_json(record())]) != gold_digest([gold_from_json(record(**change))])


def test_the_gold_of_the_project_is_parted_as_its_happenings_say(gold: list[GoldArticle]) -> None:
    assert [one.id for one in gold if one.split != split_of(one.happening)] == []
