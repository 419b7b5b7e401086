"""Promotion, rollback and their records, with real folders: checks M8, M10 and M12."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import numpy as np
import pytest

from svwatch.errors import Exit, ModelError
from svwatch.learn.candidate import read_scores, train_candidate
from svwatch.learn.evaluate import evaluate_tagger
from svwatch.learn.gold import load_gold
from svwatch.learn.pins import pin_gold
from svwatch.learn.promote import Override, count_reads, list_models, promote, record_read, rollback
from svwatch.records import Article, TopicTag
from svwatch.tag.model import current_model, load_tagger, load_trained, save_model
from svwatch.tag.tagger import annotate

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
EDITOR = Override("A. Editor", "the old one is of no use")


@pytest.fixture(scope="session")
def made(small_gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A candidate trained on the small gold, pinned."""
    folder = tmp_path_factory.mktemp("candidates") / "good"
    pin_gold(small_gold)
    train_candidate(small_gold, folder)
    return folder


@pytest.fixture
def models(made: Path, tmp_path: Path) -> Path:
    """A models folder whose live model is `good`."""
    home = tmp_path / "models"
    shutil.copytree(made, home / "good")
    (home / "CURRENT").write_text("good\n", encoding="utf-8")
    return home


def spoilt(made: Path, folder: Path) -> Path:
    """The same model, deaf to its first topics: their thresholds cannot be reached."""
    trained = load_trained(made)
    trained.topics.thresholds[:4] = 2.0
    shutil.copytree(made, folder)
    save_model(trained, folder)
    return folder


def make_live(candidate: Path, models: Path, gold: Path, override: Override | None = None) -> str:
    return promote(candidate, models, gold, now=NOW, fallback=models, override=override).name


def live_name(models: Path) -> str:
    return current_model([models]).name


def answers(models: Path, articles: list[Article]) -> list[tuple[TopicTag, ...]]:
    tagger = load_tagger(current_model([models]))
    return [annotate(article, tagger).topics for article in articles]


def history(models: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (models / "history.jsonl").read_text(encoding="utf-8").splitlines()]


def test_m8_an_equal_candidate_becomes_live_and_is_brought_in(made: Path, models: Path, small_gold: Path) -> None:
    candidate = shutil.copytree(made, models.parent / "equal")
    assert make_live(candidate, models, small_gold) == live_name(models) == "equal"
    assert history(models)[0]["from"] == "good"


def test_m8_a_worse_candidate_is_refused_with_exit_3_and_the_live_one_stays(
    made: Path, models: Path, small_gold: Path
) -> None:
    worse = spoilt(made, models / "worse")
    with pytest.raises(ModelError, match=r"worse is refused; good stays live(.|\n)*recall of") as refused:
        make_live(worse, models, small_gold)
    assert refused.value.exit_code is Exit.REFUSED
    assert live_name(models) == "good"
    assert not (models / "history.jsonl").exists()


def test_m8_an_override_goes_on_record_with_name_and_reason(made: Path, models: Path, small_gold: Path) -> None:
    make_live(spoilt(made, models / "worse"), models, small_gold, EDITOR)
    assert live_name(models) == "worse"
    assert history(models)[-1]["override"] == {"name": EDITOR.name, "reason": EDITOR.reason}


def test_a_candidate_of_other_gold_is_refused_by_name(made: Path, models: Path, small_gold: Path) -> None:
    other = shutil.copytree(small_gold, models.parent / "gold")
    path = other / "deals.jsonl"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if '"split": "train"' not in line
    ]
    path.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ModelError, match="good was trained on other gold"):
        make_live(made, models, other)


def test_a_tampered_candidate_is_refused_and_the_live_one_stays(made: Path, models: Path, small_gold: Path) -> None:
    candidate = shutil.copytree(made, models / "tampered")
    (candidate / "meaning.npy").write_bytes(b"\0" + (candidate / "meaning.npy").read_bytes()[1:])
    with pytest.raises(ModelError, match=r"tampered/meaning\.npy is not the file its manifest names"):
        make_live(candidate, models, small_gold)
    assert live_name(models) == "good"


def test_a_live_model_that_cannot_be_loaded_needs_an_override(made: Path, models: Path, small_gold: Path) -> None:
    candidate = shutil.copytree(made, models / "next")
    (models / "good" / "whole.npy").unlink()
    with pytest.raises(ModelError, match="next cannot be compared with the live model"):
        make_live(candidate, models, small_gold)
    assert make_live(candidate, models, small_gold, EDITOR) == "next"


def test_the_first_model_of_all_needs_no_comparison(made: Path, tmp_path: Path, small_gold: Path) -> None:
    (tmp_path / "models").mkdir()
    assert make_live(made, tmp_path / "models", small_gold) == "good"


def test_another_folder_of_the_same_name_is_not_written_over(made: Path, models: Path, small_gold: Path) -> None:
    with pytest.raises(ModelError, match="is there already; rename"):
        make_live(made, models, small_gold)


def test_m10_rollback_restores_the_former_answers_within_seconds(made: Path, models: Path, small_gold: Path) -> None:
    articles = [record.article for record in load_gold(small_gold)] * 3
    before = answers(models, articles)
    make_live(spoilt(made, models / "worse"), models, small_gold, EDITOR)
    started = monotonic()
    assert rollback(models, now=NOW) == ("worse", "good")
    assert monotonic() - started < 10
    assert answers(models, articles) == before


def test_rollback_goes_back_step_by_step(made: Path, models: Path, small_gold: Path) -> None:
    for name in ("second", "third"):
        make_live(shutil.copytree(made, models / name), models, small_gold)
    assert [rollback(models, now=NOW)[1] for _ in range(2)] == ["second", "good"]


@pytest.mark.parametrize("is_spoilt", [False, True], ids=["nothing before", "the former is spoilt"])
def test_rollback_that_cannot_be_changes_nothing(
    made: Path, models: Path, small_gold: Path, *, is_spoilt: bool
) -> None:
    if is_spoilt:
        make_live(shutil.copytree(made, models / "second"), models, small_gold)
        (models / "good" / "whole.npy").unlink()
    now_live = live_name(models)
    with pytest.raises(ModelError):
        rollback(models, now=NOW)
    assert live_name(models) == now_live


def test_m12_every_reading_of_the_test_split_is_written_down(made: Path, models: Path, small_gold: Path) -> None:
    assert count_reads(models) == 0
    make_live(shutil.copytree(made, models / "second"), models, small_gold)
    assert record_read(models, "second", "evaluate", NOW) == 2
    lines = [json.loads(line) for line in (models / "test-reads.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["command"] for line in lines] == ["promote", "evaluate"]
    assert read_scores(models / "second")["test"]["reads"] == 1


def test_m12_thresholds_are_kept_in_the_model_and_come_from_no_test_article(models: Path) -> None:
    manifest = json.loads((models / "good" / "manifest.json").read_text(encoding="utf-8"))
    assert np.array(manifest["thresholds"]) == pytest.approx(load_trained(models / "good").topics.thresholds)


def test_m21_the_card_tells_what_evaluate_finds(made: Path, models: Path, small_gold: Path) -> None:
    make_live(shutil.copytree(made, models / "second"), models, small_gold)
    found = evaluate_tagger(load_gold(small_gold, "test"), load_tagger(models / "second"))
    assert read_scores(models / "second")["test"]["figures"] == json.loads(json.dumps(found.to_json()))
    card = (models / "second" / "card.md").read_text(encoding="utf-8")
    for row in found.rows:
        told = row.to_json()
        assert f"| {row.what} | {row.n} | {told['precision']:.3f} | {told['recall']:.3f} | {told['f1']:.3f} |" in card


def test_models_are_listed_with_what_is_wrong(made: Path, models: Path) -> None:
    shutil.copytree(made, models / "broken")
    (models / "broken" / "whole.npy").unlink()
    [broken, good] = list_models(models)
    assert (good.is_live, good.problem) == (True, None)
    assert not broken.is_live
    assert "whole.npy is missing" in str(broken.problem)
