"""A candidate: a trained model with its scores, its card and its plots, in a folder that can be promoted.

models/<name>/scores.json    the figures of training (out of fold); with "test", once promotion has read that split
models/<name>/card.md        the same for readers
models/<name>/*.svg          precision against recall for each topic, and calibration
"""

import json
from pathlib import Path
from typing import Any

from svwatch.errors import GoldError
from svwatch.learn.card import card
from svwatch.learn.compare import OutOfFold, out_of_fold_scores
from svwatch.learn.evaluate import Evaluation
from svwatch.learn.gold import load_gold
from svwatch.learn.pins import refuse_unpinned
from svwatch.learn.plots import calibration_plot, precision_recall_plot
from svwatch.learn.train import Trained, train_on
from svwatch.tag.model import MANIFEST, save_model
from svwatch.taxonomy import load_taxonomy

SCORES, CARD = "scores.json", "card.md"
Json = dict[str, Any]


def train_candidate(gold: Path, folder: Path) -> OutOfFold:
    """Train on pinned gold and write the candidate; the same gold gives the same bytes.

    Raises:
        GoldError: the gold is unsound, or is not what its MANIFEST pins.
    """
    refuse_unpinned(gold)
    trained = train_on(load_gold(gold))
    if not trained.gold:
        raise GoldError(f"{gold} holds no article of the train or dev split; add some with `svwatch gold add`")
    found = out_of_fold_scores(trained)
    save_model(trained.model, folder)
    _write_scores(folder, scores_of_training(trained, found))
    (folder / "calibration.svg").write_text(calibration_plot(found.calibration), encoding="utf-8")
    for i, topic in enumerate(load_taxonomy().topics):
        plot = precision_recall_plot(topic.name, found.scores[:, i], found.truth[:, i])
        (folder / f"precision-recall-{topic.id}.svg").write_text(plot, encoding="utf-8")
    write_card(folder)
    return found


def scores_of_training(trained: Trained, found: OutOfFold) -> Json:
    """What scores.json holds after training."""
    return {
        "trained_on": dict(trained.model.trained_on),
        "happenings": len({record.happening for record in trained.gold}),
        "out_of_fold": [*(row.to_json() for row in found.rows), found.calibration.to_json()],
        "ways": [way.to_json() for way in found.ways],
    }


def add_test_scores(folder: Path, evaluation: Evaluation, reads: int) -> None:
    """Put the figures of the test split, and how often it has been read, into the scores and the card."""
    scores = read_scores(folder)
    scores["test"] = {
        "articles": evaluation.articles,
        "happenings": evaluation.happenings,
        "reads": reads,
        "figures": evaluation.to_json(),
    }
    _write_scores(folder, scores)
    write_card(folder)


def read_scores(folder: Path) -> Json:
    """A candidate's scores; nothing where the folder has none."""
    path = folder / SCORES
    scores: Json = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return scores


def write_card(folder: Path) -> None:
    """Write the model card from the folder's scores and manifest."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    size = sum(path.stat().st_size for path in folder.iterdir() if path.suffix in (".npy", ".json"))
    (folder / CARD).write_text(card(folder.name, read_scores(folder), manifest, size), encoding="utf-8")


def _write_scores(folder: Path, scores: Json) -> None:
    (folder / SCORES).write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")
