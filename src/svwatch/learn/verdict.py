"""Whether a candidate may replace the live model: a pure judgement on two sets of counts over the same articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svwatch.learn.scores import f1_of, resamples

MOST_MACRO_LOSS = 0.01
MOST_RECALL_LOSS = 0.05
COUNCILS = "councils"
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CountsTable:
    """What one model said of each article: `counts` is (articles, labels, 3): right, wrong, missed.

    The labels are the topics and, last, the councils; `groups` names each article's happening.
    """

    labels: tuple[str, ...]
    counts: Numbers
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The change of the mean F1 over topics with its 95% interval, of each label's recall, and why it is refused."""

    change: float
    low: float
    high: float
    recall_changes: dict[str, float]
    objections: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether nothing speaks against the candidate."""
        return not self.objections


def judge(candidate: CountsTable, live: CountsTable) -> Verdict:
    """Compare two models paired on the same articles, resampling happenings.

    Raises:
        ValueError: the tables are not of the same articles and labels.
    """
    if (candidate.labels, candidate.groups) != (live.labels, live.groups):
        raise ValueError("the two models were not scored on the same articles and labels")
    new, old = by_happening(candidate.counts, candidate.groups), by_happening(live.counts, live.groups)
    picks = resamples(len(new))
    changes = _sampled_macro(new, picks) - _sampled_macro(old, picks)
    low, high = (float(bound) for bound in np.percentile(changes, [2.5, 97.5]))
    change = float(_macro(new.sum(axis=0)) - _macro(old.sum(axis=0)))
    recalls = recall_of(new.sum(axis=0)) - recall_of(old.sum(axis=0))
    recall_changes = {label: float(value) for label, value in zip(candidate.labels, recalls, strict=True)}
    return Verdict(change, low, high, recall_changes, tuple(_objections(low, recall_changes)))


def _objections(low: float, recall_changes: dict[str, float]) -> list[str]:
    found = []
    if low < -MOST_MACRO_LOSS:
        found.append(f"the mean F1 over topics may fall by {-low:.3f}, more than {MOST_MACRO_LOSS}")
    for label, change in recall_changes.items():
        if change < -MOST_RECALL_LOSS:
            found.append(f"recall of {label} falls by {-change:.3f}, more than {MOST_RECALL_LOSS}")
    return found


def by_happening(counts: Numbers, groups: Sequence[str]) -> Numbers:
    """Counts added up over the articles of each happening, (happenings, labels, 3)."""
    names = sorted(set(groups))
    rank = {name: i for i, name in enumerate(names)}
    added = np.zeros((len(names), *counts.shape[1:]))
    np.add.at(added, [rank[group] for group in groups], counts)
    return added


def _sampled_macro(counts: Numbers, picks: Numbers) -> Numbers:
    sampled = np.tensordot(picks, counts, axes=1)
    return _macro(sampled)


def _macro(counts: Numbers) -> Numbers:
    """Mean F1 over the topics; the last label is the councils."""
    topics = counts[..., :-1, :]
    return np.asarray(f1_of(topics[..., 0], topics[..., 1], topics[..., 2]).mean(axis=-1))


def recall_of(counts: Numbers) -> Numbers:
    """Recall of each label; 1 where there was nothing to find."""
    wanted = counts[..., 0] + counts[..., 2]
    return np.where(wanted == 0, 1.0, counts[..., 0] / np.maximum(wanted, 1))
