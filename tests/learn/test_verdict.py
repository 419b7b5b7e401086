"""Checks M7 to M9: the gate of promotion as a pure judgement on counts."""

import numpy as np
import pytest

from svwatch.learn.scores import FEWEST, ROUNDS, Counts, macro_score, score
from svwatch.learn.verdict import COUNCILS, CountsTable, judge

LABELS = ("a", "b", "c", "d", "e", "f", "g", "h", COUNCILS)
ARTICLES = 250


def table(truth: np.ndarray, said: np.ndarray) -> CountsTable:
    counts = np.stack([said & truth, said & ~truth, ~said & truth], axis=2).astype(float)
    return CountsTable(LABELS, counts, tuple(f"h{i:03d}" for i in range(len(truth))))


def gold(chance: np.random.Generator) -> np.ndarray:
    return chance.random((ARTICLES, len(LABELS))) < 0.25


def answers(truth: np.ndarray, chance: np.random.Generator, wrong: float) -> np.ndarray:
    """The truth with a share of its labels flipped."""
    return truth ^ (chance.random(truth.shape) < wrong)


def good(truth: np.ndarray) -> np.ndarray:
    return answers(truth, np.random.default_rng(99), 0.04)


def test_the_same_answers_are_accepted() -> None:
    truth = gold(np.random.default_rng(0))
    found = judge(table(truth, good(truth)), table(truth, good(truth)))
    assert (found.is_accepted, found.change, found.low, found.high) == (True, 0.0, 0.0, 0.0)


def test_m8_a_lower_bound_under_a_hundredth_is_refused() -> None:
    truth = gold(np.random.default_rng(1))
    worse = good(truth)
    worse[:60, :8] ^= truth[:60, :8] & (np.arange(60)[:, None] % 4 == 0)
    found = judge(table(truth, worse), table(truth, good(truth)))
    assert found.low < -0.01
    assert found.objections[0].startswith("the mean F1 over topics may fall by")


@pytest.mark.parametrize("label", range(len(LABELS)), ids=LABELS)
def test_m8_a_recall_that_falls_by_more_than_a_twentieth_is_refused_by_name(label: int) -> None:
    truth = gold(np.random.default_rng(2))
    live, worse = truth.copy(), truth.copy()
    held = np.flatnonzero(truth[:, label])
    worse[held[: int(len(held) * 0.06) + 1], label] = False
    objections = judge(table(truth, worse), table(truth, live)).objections
    assert any(f"recall of {LABELS[label]} falls" in objection for objection in objections)


def test_m8_a_recall_that_falls_by_less_is_accepted() -> None:
    truth = gold(np.random.default_rng(3))
    worse = truth.copy()
    worse[np.flatnonzero(truth[:, -1])[:2], -1] = False
    assert judge(table(truth, worse), table(truth, truth)).is_accepted


@pytest.mark.parametrize("seed", range(20))
def test_m9_a_model_of_flipped_labels_is_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    truth = gold(chance)
    assert not judge(table(truth, answers(good(truth), chance, 0.2)), table(truth, good(truth))).is_accepted


@pytest.mark.parametrize("seed", range(20))
def test_m9_a_model_that_has_dropped_a_topic_is_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    truth = gold(chance)
    dropped = good(truth)
    dropped[:, seed % 8] = False
    assert not judge(table(truth, dropped), table(truth, good(truth))).is_accepted


def test_m9_an_equal_model_is_hardly_ever_refused() -> None:
    """Equal: a fresh training answers a few articles otherwise, as often better as worse."""
    refused = 0
    for seed in range(20):
        chance = np.random.default_rng(seed)
        truth = gold(chance)
        other = good(truth) ^ (chance.random(truth.shape) < 0.001)
        refused += not judge(table(truth, other), table(truth, good(truth))).is_accepted
    assert refused <= 1


def test_tables_of_other_articles_are_refused() -> None:
    truth = gold(np.random.default_rng(4))
    with pytest.raises(ValueError, match="same articles and labels"):
        judge(table(truth, truth), table(truth[:100], truth[:100]))


def test_m7_every_figure_has_its_n_and_an_interval_over_happenings() -> None:
    counts = [Counts(1, 0, 0)] * 40 + [Counts(0, 1, 1)] * 10
    alone = score("x", counts, [f"h{i}" for i in range(50)])
    grouped = score("x", counts, [f"h{i // 10}" for i in range(50)])
    assert ROUNDS == 10_000
    assert (alone.n, alone.low < alone.f1 < alone.high) == (50, True)
    assert grouped.high - grouped.low > alone.high - alone.low


def test_m7_few_gold_items_are_too_few_to_say() -> None:
    cells = score("x", [Counts(1, 0, 0)] * (FEWEST - 1), [str(i) for i in range(FEWEST - 1)]).cells()
    assert cells[-1].endswith("(too few to say)")


def test_the_mean_over_topics_has_an_interval_of_its_own() -> None:
    """Topics err in other articles, so their mean varies less than each of them."""
    one = [Counts(1, 0, 0)] * 30 + [Counts(0, 0, 1)] * 10
    other = [Counts(0, 0, 1)] * 10 + [Counts(1, 0, 0)] * 30
    groups = [str(i) for i in range(40)]
    mean, single = macro_score("mean", [one, other], groups), score("one", one, groups)
    assert mean.f1 == pytest.approx(single.f1)
    assert mean.high - mean.low < single.high - single.low
