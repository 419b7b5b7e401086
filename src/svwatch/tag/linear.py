"""A trained linear model as plain numbers: a vocabulary and weights, scored by dictionary look-up.

Gives scikit-learn's probabilities to 1e-9 without importing it, at a quarter of the cost for one text; nothing in the
file can run (see docs/adr/0003).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
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
        return np.asarray(self.scores_of([counts])[0])

    def scores_of(self, bags: Sequence[Mapping[str, int]]) -> Floats:
        """The same of several bags at once, (bags, labels)."""
        return self.scores_at(look_up(self.terms, bags))

    def scores_at(self, known: "Known") -> Floats:
        """The same of bags looked up in these very `terms`: models that share them share the work."""
        values = known.strengths * self.idf[known.rows]
        lengths = np.sqrt(np.bincount(known.owners, values * values, known.bags))
        margins = np.tile(self.biases, (known.bags, 1))
        if len(values):
            weighted = self.weights[known.rows] * (values / lengths[known.owners])[:, None]
            starts = np.flatnonzero(np.diff(known.owners, prepend=-1))
            margins[known.owners[starts]] += np.add.reduceat(weighted, starts, axis=0)
        return np.asarray(1 / (1 + np.exp(-np.clip(self.slopes * margins + self.offsets, -500, 500))))

    def weighed(self, counts: Mapping[str, int], label: str, most: int = 8) -> list[tuple[str, float]]:
        """The terms that weighed most for (positive) or against (negative) a label, heaviest first."""
        column = self.labels.index(label)
        told = [
            (term, float(self.weights[i, column] * self.idf[i]))
            for term in counts
            if (i := self.terms.get(term, -1)) >= 0
        ]
        return sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:most]


@dataclass(frozen=True, slots=True)
class Known:
    """The terms of some bags that a vocabulary knows: row, sublinear count and bag of each, in order of bags."""

    rows: npt.NDArray[np.int64]
    strengths: Floats
    owners: npt.NDArray[np.int64]
    bags: int


def look_up(terms: Mapping[str, int], bags: Sequence[Mapping[str, int]]) -> Known:
    """Look every term of the bags up at once."""
    sizes = [len(bag) for bag in bags]
    rows = np.fromiter(map(terms.get, chain.from_iterable(bags), repeat(-1)), np.int64, sum(sizes))
    counts = np.fromiter(chain.from_iterable([bag.values() for bag in bags]), np.float64, len(rows))
    is_known = rows >= 0
    owners = np.repeat(np.arange(len(bags)), sizes)
    return Known(rows[is_known], 1 + np.log(counts[is_known]), owners[is_known], len(bags))


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
