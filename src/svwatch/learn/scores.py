"""Precision, recall and F1 with intervals from a bootstrap over happenings."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

ROUNDS = 10_000
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives of one article."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """One row: precision, recall and F1 in [0, 1] over `n` gold items, and the 95% interval of F1.

    The interval resamples happenings, since articles on one event are not independent (percentile bootstrap, Efron and
    Tibshirani 1993). Under 30 gold items it is too wide to tell anything.
    """

    what: str
    n: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        interval = f"{self.low:.3f} to {self.high:.3f}" + (" (too few to say)" if self.n < FEWEST else "")
        return (self.what, str(self.n), f"{self.precision:.3f}", f"{self.recall:.3f}", f"{self.f1:.3f}", interval)

    def to_json(self) -> dict[str, str | int | float]:
        """The row for programs."""
        return {
            "what": self.what,
            "n": self.n,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


def score(what: str, counts: Sequence[Counts], groups: Sequence[str]) -> Score:
    """The score of one kind of answer, from the counts of each article and the happening it belongs to."""
    table = _by_group(counts, groups)
    right, wrong, missed = table.sum(axis=0)
    sampled = resamples(len(table)) @ table
    low, high = np.percentile(f1_of(sampled[:, 0], sampled[:, 1], sampled[:, 2]), [2.5, 97.5])
    precision = right / max(1, right + wrong)
    recall = right / max(1, right + missed)
    f1 = float(f1_of(np.array([right]), np.array([wrong]), np.array([missed]))[0])
    return Score(what, int(right + missed), float(precision), float(recall), f1, float(low), float(high))


def macro_score(what: str, counts: Sequence[Sequence[Counts]], groups: Sequence[str]) -> Score:
    """The mean of several kinds of answers, one sequence of counts each; its interval resamples them together."""
    rows = [score(what, one, groups) for one in counts]
    tables = [_by_group(one, groups) for one in counts]
    picks = resamples(len(tables[0]))
    sampled = np.mean([f1_of(*(picks @ table).T) for table in tables], axis=0)
    low, high = np.percentile(sampled, [2.5, 97.5])
    precision, recall, f1 = np.mean([(row.precision, row.recall, row.f1) for row in rows], axis=0)
    n = sum(row.n for row in rows)
    return Score(what, n, float(precision), float(recall), float(f1), float(low), float(high))


@lru_cache(maxsize=4)
def resamples(groups: int) -> npt.NDArray[np.float64]:
    """How often each of `groups` happenings is drawn in each of ROUNDS resamples, (ROUNDS, groups); always the same."""
    return np.random.default_rng(0).multinomial(groups, np.full(groups, 1 / groups), ROUNDS).astype(np.float64)


def _by_group(counts: Sequence[Counts], groups: Sequence[str]) -> np.ndarray:
    rows: dict[str, np.ndarray] = {}
    for one, group in zip(counts, groups, strict=True):
        row = np.array([one.right, one.wrong, one.missed])
        rows[group] = rows.get(group, np.zeros(3, dtype=int)) + row
    return np.stack(list(rows.values())) if rows else np.zeros((1, 3), dtype=int)


def f1_of(right: np.ndarray, wrong: np.ndarray, missed: np.ndarray) -> np.ndarray:
    """F1; 1 where there was nothing to find and nothing was found."""
    total = 2 * right + wrong + missed
    return np.where(total == 0, 1.0, 2 * right / np.maximum(total, 1))


def compare(said: frozenset[object] | set[object], true: frozenset[object] | set[object]) -> Counts:
    """Counts of one article's answers against its gold."""
    return Counts(len(said & true), len(said - true), len(true - said))
