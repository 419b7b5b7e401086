"""Out-of-fold scores of a training run, and of simpler ways to do the same: what the model card tells.

A way is compared on the same articles, paired, with its own mix and thresholds fitted on the other folds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from svwatch.learn.calibration import Calibration, calibration
from svwatch.learn.examples import Bools, article_truth
from svwatch.learn.fit import best_threshold, folds
from svwatch.learn.scores import Counts, Score, macro_score, score
from svwatch.learn.train import HeldOut, Trained, article_signals, mix_and_thresholds
from svwatch.learn.verdict import CountsTable, judge
from svwatch.records import Article
from svwatch.tag.linear import Floats
from svwatch.tag.terms import MATTER, groups_in, tokens_of
from svwatch.tag.text import plain, sentences
from svwatch.tag.topics import mixed
from svwatch.taxonomy import load_taxonomy

SHIPPED = "sentences by terms and word vectors, mixed with the whole article"
RULES: Mapping[str, tuple[frozenset[str], ...]] = {
    "rating": (frozenset({"inspect", "grade"}), frozenset({"notice", "council"})),
    "withheld_funds": (frozenset({"withhold", "payment", "deal"}), frozenset({"release", "payment", "deal"})),
    "judicial_review": (frozenset({"court", "claim", "council"}), frozenset({"court", "ministry"})),
    "agreement": tuple(frozenset({"deal", move}) for move in ("sign", "dealmove", "dealend", "dealask")),
    "deficit": (frozenset({"deficit", "dsg"}), frozenset({"override", "dsg"}), frozenset({"deficit", MATTER})),
    "cuts": (frozenset({"cut", "support", MATTER}), frozenset({"cut", "support", "child"})),
    "scrutiny": (frozenset({"watchdog", "find"}),),
    "campaign": (frozenset({"action", MATTER}), frozenset({"action", "child"})),
}
"""Rules only: groups of phrases (data/phrases.yaml) that one sentence must hold together to earn a topic."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find topics: its mean F1 with interval, and how much the shipped way is better, paired."""

    name: str
    macro: Score
    gain: tuple[float, float, float] | None

    def to_json(self) -> dict[str, object]:
        """The same for programs."""
        gain = None if self.gain is None else dict(zip(("change", "low", "high"), _rounded(self.gain), strict=True))
        return {"name": self.name, **self.macro.to_json(), "gain_of_the_shipped": gain}


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """The figures of a training run on its own gold, each article scored by models that saw nothing of its happening."""

    rows: tuple[Score, ...]
    calibration: Calibration
    ways: tuple[Way, ...]
    scores: Floats
    truth: Bools


def out_of_fold_scores(trained: Trained) -> OutOfFold:
    """Score the shipped way and the simpler ones."""
    truth, groups = (
        article_truth(trained.gold, load_taxonomy().topic_ids),
        [record.happening for record in trained.gold],
    )
    scores, shipped = _cross_fitted(_signals(trained.held_out, trained.held_out.by_both), truth, groups)
    topics = load_taxonomy().topic_ids
    rows = [score(f"topic {name}", _counts(shipped, truth, i), groups) for i, name in enumerate(topics)]
    rows.append(_macro(shipped, truth, groups))
    rows.append(_relevance(trained, shipped, groups))
    ways = [Way(SHIPPED, _macro(shipped, truth, groups), None)]
    for name, said in _simpler(trained, truth, groups).items():
        ways.append(Way(name, _macro(said, truth, groups), _gain(shipped, said, truth, groups)))
    return OutOfFold(tuple(rows), calibration(scores, truth, groups), tuple(ways), scores, truth)


def _simpler(trained: Trained, truth: Bools, groups: Sequence[str]) -> dict[str, Bools]:
    held = trained.held_out
    terms_only = _signals(held, held.by_terms)
    return {
        "the same without word vectors": _cross_fitted(terms_only, truth, groups)[1],
        "sentences by terms alone (the best one decides)": _cross_fitted(terms_only[:, :, :1], truth, groups)[1],
        "the whole article as one bag of terms (TF-IDF)": _cross_fitted(terms_only[:, :, 2:], truth, groups)[1],
        "rules only (groups of phrases in one sentence)": np.array([_by_rule(one.article) for one in trained.gold]),
    }


def _by_rule(article: Article) -> list[bool]:
    text = plain(article.text).text
    held = [groups_in(tokens_of(text[start:end])) for start, end in sentences(text)]
    if not any(MATTER in groups for groups in held):
        return [False] * len(load_taxonomy().topic_ids)
    return [
        any(rule <= groups for rule in RULES.get(topic, ()) for groups in held) for topic in load_taxonomy().topic_ids
    ]


def _signals(held: HeldOut, by_sentence: Floats) -> Floats:
    return article_signals(held.counts, by_sentence, held.whole)


def _cross_fitted(said: Floats, truth: Bools, groups: Sequence[str]) -> tuple[Floats, Bools]:
    """Scores and answers (articles, topics) by a mix and thresholds fitted on the other folds."""
    scores, answers = np.zeros(truth.shape), np.zeros(truth.shape, dtype=bool)
    for seen, unseen in folds(groups):
        mix, thresholds = mix_and_thresholds(said[seen], truth[seen])
        scores[unseen] = np.stack([mixed(one, mix) for one in said[unseen]])
        answers[unseen] = scores[unseen] >= thresholds
    return scores, answers


def _relevance(trained: Trained, topics: Bools, groups: Sequence[str]) -> Score:
    """Relevance of articles by their relevance score, or by any topic."""
    truth = np.array([[record.annotation.relevant] for record in trained.gold])
    scores, said = trained.held_out.relevance, np.asarray(topics.any(axis=1))
    for seen, unseen in folds(groups):
        said[unseen] |= scores[unseen] >= best_threshold(scores[seen], truth[seen, 0])
    return score("relevance", _counts(said[:, None], truth, 0), groups)


def _counts(said: Bools, truth: Bools, label: int) -> list[Counts]:
    pairs = zip(said[:, label], truth[:, label], strict=True)
    return [Counts(int(a and b), int(a and not b), int(b and not a)) for a, b in pairs]


def _macro(said: Bools, truth: Bools, groups: Sequence[str]) -> Score:
    counts = [_counts(said, truth, label) for label in range(truth.shape[1])]
    return macro_score("topics, macro mean", counts, groups)


def _gain(shipped: Bools, other: Bools, truth: Bools, groups: Sequence[str]) -> tuple[float, float, float]:
    found = judge(_table(shipped, truth, groups), _table(other, truth, groups))
    return found.change, found.low, found.high


def _table(said: Bools, truth: Bools, groups: Sequence[str]) -> CountsTable:
    """A table of topics with nothing said of councils."""
    counts = np.stack([said & truth, said & ~truth, ~said & truth], axis=2).astype(np.float64)
    padded = np.concatenate([counts, np.zeros((len(counts), 1, 3))], axis=1)
    return CountsTable((*load_taxonomy().topic_ids, "councils"), padded, tuple(groups))


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in values]
