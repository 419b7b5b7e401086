"""Model folders: plain numbers, and a manifest with the SHA-256 of each file, checked before anything is read.

models/<name>/manifest.json    what the model is, what it was trained on, its thresholds, digests of the rest
models/<name>/<part>.terms.json, <part>.npy    one linear model each: councils, sentence, whole, relevance
models/<name>/meaning.npy      weights of the sentence vectors; the last row holds the biases
models/CURRENT                 the name of the live model
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from svwatch.errors import ModelError
from svwatch.gazetteer import load_councils
from svwatch.tag.councils import CouncilTagger
from svwatch.tag.linear import LinearModel, load_linear, save_linear
from svwatch.tag.meaning import SETTINGS, MeaningModel, load_word_vectors, word_vectors_digest
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.tagger import Tagger
from svwatch.tag.terms import phrases_digest
from svwatch.tag.topics import SIGNALS, TopicModel
from svwatch.taxonomy import load_taxonomy

FORMAT = 2
"""Raised when the code makes other terms or features of a text, so that older models are refused."""
PARTS = ("councils", "sentence", "whole", "relevance")
MEANING = "meaning.npy"
MANIFEST = "manifest.json"
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError, BadZipFile)
"""What a file of another form can raise while it is read as a model's."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """What training gives and a model folder holds, before the gazetteer's phrases are built."""

    councils: LinearModel
    council_threshold: float
    topics: TopicModel
    trained_on: Mapping[str, str]


def current_model(folders: list[Path]) -> Path:
    """The live model's folder: named by CURRENT in the first of `folders` that has one.

    Raises:
        ModelError: none of them names a model, or the named one is not there.
    """
    for folder in folders:
        pointer = folder / "CURRENT"
        if pointer.is_file():
            name = pointer.read_bytes().decode("utf-8", errors="replace").strip()
            named = folder / name
            if not name or not named.is_dir():
                raise ModelError(
                    f"{pointer} names {name or 'no model'}, which is not there; put it back or name another model"
                )
            return named
    raise ModelError(f"no model is named in {folders[0]}/CURRENT; train one with `svwatch train`, or reinstall svwatch")


def save_model(model: TrainedModel, folder: Path) -> None:
    """Write a model folder; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = model.topics
    parts = {
        "councils": model.councils,
        "sentence": topics.sentence,
        "whole": topics.whole,
        "relevance": topics.relevance,
    }
    files = [path for name, part in parts.items() for path in save_linear(part, folder, name)]
    if topics.meaning is not None:
        files.append(_save_meaning(topics.meaning, folder / MEANING))
    manifest = {
        "format": FORMAT,
        "vectors": word_vectors_digest() if topics.meaning else None,
        "taxonomy": load_taxonomy().digest,
        "phrases": phrases_digest(),
        "trained_on": dict(model.trained_on),
        "council_threshold": model.council_threshold,
        "statement_threshold": topics.statement_threshold,
        "relevance_threshold": topics.relevance_threshold,
        "thresholds": topics.thresholds.tolist(),
        "evidence_thresholds": topics.evidence_thresholds.tolist(),
        "mix": topics.mix.tolist(),
        "files": {path.name: _digest(path) for path in files},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def load_tagger(folder: Path) -> Tagger:
    """Check a model folder against its manifest and build the tagger.

    Raises:
        ModelError: a file is missing, altered, of another format or of another taxonomy.
    """
    trained = load_trained(folder)
    finder = MentionFinder(list(load_councils().values()))
    councils = CouncilTagger(finder, trained.councils, trained.council_threshold)
    return Tagger(councils, trained.topics, folder.name)


def load_trained(folder: Path) -> TrainedModel:
    """Check a model folder against its manifest and read its numbers; raises ModelError."""
    manifest = _manifest(folder)
    try:
        parts = {name: load_linear(folder, name) for name in PARTS}
        if parts["relevance"].terms == parts["whole"].terms:
            parts["relevance"] = replace(parts["relevance"], terms=parts["whole"].terms)
        topics = TopicModel(
            parts["sentence"],
            parts["whole"],
            parts["relevance"],
            np.array(manifest["mix"]).reshape(-1, SIGNALS + 1),
            np.array(manifest["thresholds"]),
            np.array(manifest["evidence_thresholds"]),
            float(manifest["statement_threshold"]),
            float(manifest["relevance_threshold"]),
            _load_meaning(folder / MEANING, len(parts["sentence"].labels)) if manifest["vectors"] else None,
        )
        if (
            not len(topics.mix)
            == len(topics.thresholds)
            == len(topics.evidence_thresholds)
            == len(topics.sentence.labels)
        ):
            raise ValueError("it has not one mix and one threshold for each topic")
        return TrainedModel(parts["councils"], float(manifest["council_threshold"]), topics, manifest["trained_on"])
    except _UNREADABLE as error:
        raise ModelError(
            f"the model in {folder} cannot be read ({error}); restore the folder, or name another model in models/CURRENT"
        ) from error


def _manifest(folder: Path) -> Json:
    path = folder / MANIFEST
    try:
        manifest: Json = json.loads(path.read_text(encoding="utf-8"))
        wanted = dict(manifest["files"].items()) if isinstance(manifest["files"], dict) else None
        taxonomy, phrases, version = manifest["taxonomy"], manifest["phrases"], manifest["format"]
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}); restore the folder, or name another model in models/CURRENT"
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(
            f"{path} is not a model's manifest ({error}); restore the folder, or name another model in models/CURRENT"
        ) from error
    if wanted is None:
        raise ModelError(f"{path} is not a model's manifest (its files have no digests); restore the folder")
    if version != FORMAT:
        raise ModelError(f"the model in {folder} has format {version}, this svwatch reads {FORMAT}; train it anew")
    if taxonomy != load_taxonomy().digest:
        raise ModelError(f"the model in {folder} was trained for another taxonomy; train it anew with `svwatch train`")
    if phrases != phrases_digest():
        raise ModelError(f"data/phrases.yaml has changed since the model in {folder} was trained; train it anew")
    if manifest.get("vectors") not in (None, word_vectors_digest()):
        raise ModelError(f"data/word_vectors.npy has changed since the model in {folder} was trained; train it anew")
    _refuse_altered(folder, wanted, has_meaning=bool(manifest.get("vectors")))
    return manifest


def _save_meaning(meaning: MeaningModel, path: Path) -> Path:
    np.save(path, np.vstack([meaning.weights, meaning.biases]).astype("<f4"), allow_pickle=False)
    return path


def _load_meaning(path: Path, labels: int) -> MeaningModel:
    table = np.load(path, allow_pickle=False).astype(np.float64)
    rows = SETTINGS * load_word_vectors().table.shape[1] + 1
    if table.shape != (rows, labels):
        raise ValueError(f"{path.name} is {table.shape}, it should be {(rows, labels)}")
    return MeaningModel(table[:-1], table[-1])


def _refuse_altered(folder: Path, wanted: Mapping[str, str], *, has_meaning: bool) -> None:
    expected = {f"{name}.{kind}" for name in PARTS for kind in ("terms.json", "npy")} | (
        {MEANING} if has_meaning else set()
    )
    if set(wanted) != expected:
        raise ModelError(f"{folder}/manifest.json lists other files than a model has; restore the folder")
    for name, digest in sorted(wanted.items()):
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path} is missing; restore the folder, or name another model in models/CURRENT")
        if _digest(path) != digest:
            raise ModelError(
                f"{path} is not the file its manifest names (SHA-256 differs); restore the folder; nothing was loaded"
            )


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
