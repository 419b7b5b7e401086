"""A trained linear model as plain numbers: a vocabulary and weights, scored by dictionary look-up.

Gives scikit-learn's probabilities to 1e-9 without importing it, at a quarter of the cost for one text; nothing in the
file can run (see docs/adr/0003).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`weights` is (terms, labels), `biases` (labels,), `slopes` and `offsets` the sigmoid calibration (labels,)."""

    labels: tuple[str, ...]
    terms: Mapping[str, int]
    idf: Floats
    weights: Floats
    biases: Floats
    slopes: Floats
    offsets: Floats

    def scores(self, counts: Mapping[str, int]) -> Floats:
        """Calibrated probabilities (labels,) of one bag of terms: sublinear TF-IDF, L2 norm, logistic, sigmoid."""
        known = [(index, count) for term, count in counts.items() if (index := self.terms.get(term)) is not None]
        margin = self.biases
        if known:
            rows = np.array([index for index, _ in known])
            values = (1 + np.log(np.array([count for _, count in known], dtype=np.float64))) * self.idf[rows]
            margin = margin + (values / math.sqrt(float(values @ values))) @ self.weights[rows]
        return np.asarray(1 / (1 + np.exp(-np.clip(self.slopes * margin + self.offsets, -500, 500))))

    def weighed(self, counts: Mapping[str, int], label: str, most: int = 8) -> list[tuple[str, float]]:
        """The terms that weighed most for (positive) or against (negative) a label, heaviest first."""
        column = self.labels.index(label)
        told = [
            (term, float(self.weights[i, column] * self.idf[i]))
            for term in counts
            if (i := self.terms.get(term, -1)) >= 0
        ]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:most]


def save_linear(model: LinearModel, folder: Path, name: str) -> list[Path]:
    """Write ``<name>.terms.json`` and ``<name>.npy``; the same model always gives the same bytes."""
    terms, numbers = folder / f"{name}.terms.json", folder / f"{name}.npy"
    ordered = sorted(model.terms, key=lambda term: model.terms[term])
    terms.write_text(
        json.dumps({"labels": model.labels, "terms": ordered}, ensure_ascii=False, indent=0), encoding="utf-8"
    )
    table = np.vstack([model.weights, model.biases, model.slopes, model.offsets]).astype("<f8")
    idf = np.concatenate([model.idf, np.zeros(3)]).astype("<f8")
    np.save(numbers, np.column_stack([idf, table]), allow_pickle=False)
    return [terms, numbers]


def load_linear(folder: Path, name: str) -> LinearModel:
    """Read a model back.

    Raises:
        ValueError, OSError, KeyError: a file is missing or not of this form.
    """
    raw = json.loads((folder / f"{name}.terms.json").read_text(encoding="utf-8"))
    table = np.load(folder / f"{name}.npy", allow_pickle=False)
    labels, terms = tuple(raw["labels"]), raw["terms"]
    if table.shape != (len(terms) + 3, len(labels) + 1):
        raise ValueError(f"{name}.npy is {table.shape}, which does not fit {len(terms)} terms and {len(labels)} labels")
    weights = np.ascontiguousarray(table[:-3, 1:])
    biases, slopes, offsets = table[-3, 1:], table[-2, 1:], table[-1, 1:]
    index = {term: i for i, term in enumerate(terms)}
    return LinearModel(labels, index, np.ascontiguousarray(table[:-3, 0]), weights, biases, slopes, offsets)
