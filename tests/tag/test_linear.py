"""Linear models as plain numbers: scikit-learn's answers without scikit-learn, and the same bytes every time."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from svwatch.learn.examples import Examples
from svwatch.learn.fit import Recipe, fit
from svwatch.tag.linear import LinearModel, load_linear, save_linear

WORDS = (
    "deficit",
    "council",
    "send",
    "court",
    "judge",
    "petition",
    "parents",
    "#cut+support",
    "\u00e9cole",
    "\U0001f600",
)


def bags(count: int) -> list[dict[str, int]]:
    chance = np.random.default_rng(7)
    return [{word: int(n) for word in WORDS if (n := chance.integers(0, 4))} for _ in range(count)]


def toy() -> LinearModel:
    return LinearModel(
        labels=("a", "b"),
        terms={"x": 0, "y": 1},
        idf=np.array([1.0, 2.0]),
        weights=np.array([[3.0, -1.0], [-2.0, 4.0]]),
        biases=np.array([0.5, -0.5]),
        slopes=np.array([1.0, 2.0]),
        offsets=np.array([0.0, 1.0]),
    )


def test_scores_equal_those_of_scikit_learn() -> None:
    seen, unseen = bags(60), [*bags(90)[60:], {"nothing known": 3}, {}]
    chance = np.random.default_rng(8)
    truth = chance.random((60, 2)) < 0.4
    model = fit(Examples(seen, truth, [str(i) for i in range(60)]), ("a", "b"), Recipe(10.0, 1))
    for i in range(2):
        pipeline = make_pipeline(
            DictVectorizer(),
            TfidfTransformer(sublinear_tf=True),
            LogisticRegression(C=10.0, solver="liblinear", max_iter=2000, random_state=0),
        ).fit(seen, truth[:, i])
        ours = [model.scores(bag)[i] for bag in unseen]
        assert ours == pytest.approx(pipeline.predict_proba(unseen)[:, 1], abs=1e-9)


def test_scores_of_many_bags_are_those_of_each_alone() -> None:
    many = [{"x": 2}, {}, {"x": 1, "y": 3}, {"unknown": 1}, {"y": 1}]
    assert toy().scores_of(many).tolist() == [toy().scores(bag).tolist() for bag in many]


def test_no_bag_gives_no_score() -> None:
    assert toy().scores_of([]).shape == (0, 2)


def test_a_score_worked_by_hand() -> None:
    # One term: its length-one vector is 1 whatever the count, so the margins are 3 + 0.5 and -1 - 0.5.
    expected = [1 / (1 + np.exp(-3.5)), 1 / (1 + np.exp(-(2 * -1.5 + 1)))]
    assert toy().scores({"x": 5}) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("bag", [{}, {"unknown": 4}], ids=["empty", "nothing known"])
def test_a_bag_without_known_terms_scores_by_the_bias_alone(bag: dict[str, int]) -> None:
    assert toy().scores(bag) == pytest.approx([1 / (1 + np.exp(-0.5)), 0.5], abs=1e-12)


def test_a_margin_beyond_all_bounds_is_still_a_probability() -> None:
    model = LinearModel(("a",), {"x": 0}, np.ones(1), np.full((1, 1), 1e9), np.zeros(1), np.ones(1), np.zeros(1))
    assert model.scores({"x": 1}) == pytest.approx([1.0])


def test_the_heaviest_terms_are_told_first_with_their_sign() -> None:
    assert toy().weighed({"x": 1, "y": 1, "z": 9}, "a") == [("y", -4.0), ("x", 3.0)]


def test_no_more_terms_are_told_than_asked_for() -> None:
    assert toy().weighed({"x": 1, "y": 1}, "b", most=1) == [("y", 8.0)]


def test_a_model_comes_back_from_its_files_with_equal_scores(tmp_path: Path) -> None:
    save_linear(toy(), tmp_path, "m")
    back = load_linear(tmp_path, "m")
    for bag in ({"x": 2}, {"x": 1, "y": 3}, {}):
        assert list(back.scores(bag)) == list(toy().scores(bag))


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        written.append([path.read_bytes() for path in save_linear(toy(), folder, "m")])
    assert written[0] == written[1]


def test_files_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    save_linear(toy(), tmp_path, "m")
    np.save(tmp_path / "m.npy", np.zeros((4, 3)))
    with pytest.raises(ValueError, match=r"m.npy is \(4, 3\), which does not fit 2 terms and 2 labels"):
        load_linear(tmp_path, "m")
