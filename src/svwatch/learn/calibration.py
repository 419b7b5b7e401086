"""Whether scores mean what they say: of the answers given with 80%, about 80% should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from svwatch.learn.examples import Bools
from svwatch.learn.scores import resamples
from svwatch.tag.linear import Floats

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with about the same score: how many, their mean score, and the share that is true."""

    n: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The expected calibration error over bins of equal count, and its 95% interval over happenings."""

    n: int
    error: float
    low: float
    high: float
    bins: tuple[Bin, ...]

    def to_json(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "what": "calibration error",
            "n": self.n,
            "error": round(self.error, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "bins": [{"n": one.n, "said": round(one.said, 4), "true": round(one.true, 4)} for one in self.bins],
        }


def calibration(scores: Floats, truth: Bools, groups: Sequence[str]) -> Calibration:
    """Calibration of scores (articles, labels), all labels together; bins keep their bounds in every resample."""
    order = np.argsort(scores.ravel(), kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    flat_scores, flat_truth = scores.ravel(), truth.ravel().astype(np.float64)
    bins = tuple(Bin(len(part), float(flat_scores[part].mean()), float(flat_truth[part].mean())) for part in parts)
    error = sum(one.n * abs(one.said - one.true) for one in bins) / max(1, scores.size)
    low, high = _interval(scores, truth, groups, parts)
    return Calibration(scores.size, float(error), low, high, bins)


def _interval(scores: Floats, truth: Bools, groups: Sequence[str], parts: Sequence[np.ndarray]) -> tuple[float, float]:
    """Percentiles of the error over resampled happenings: sums of each bin and happening, weighted by the picks."""
    names = {name: i for i, name in enumerate(sorted(set(groups)))}
    owner = np.repeat([names[group] for group in groups], scores.shape[1])
    excess = np.zeros((len(names), len(parts)))
    for i, part in enumerate(parts):
        np.add.at(excess[:, i], owner[part], scores.ravel()[part] - truth.ravel()[part])
    counts = np.bincount(owner, minlength=len(names)).astype(np.float64)
    picks = resamples(len(names))
    errors = np.abs(picks @ excess).sum(axis=1) / np.maximum(picks @ counts, 1)
    low, high = np.percentile(errors, [2.5, 97.5])
    return float(low), float(high)
