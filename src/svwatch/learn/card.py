"""The model card: what a model is, what it was trained on, how good it is and where it is not. Made from its scores."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from svwatch.errors import ModelError
from svwatch.learn.scores import FEWEST

Json = Mapping[str, Any]
LICENCE = "AGPL-3.0-or-later, as svwatch; the word vectors come from all-MiniLM-L6-v2 (Apache-2.0)"
LIMITS = (
    "Every article of the gold was written for svwatch. Real articles differ from it in ways that no split of it shows.",
    "It reads English news text about England. Other countries' news, tables and scans were not tried.",
    "A topic told only in words that neither the gold nor the word vectors hold is missed.",
    "A petition, claim or report on another matter in an article that also speaks of SEND is sometimes taken for one on SEND.",
    "Scores are calibrated on the gold's mix of topics, in which topics are far more common than in a day's news.",
    "It must not be the only ground for a statement about a council or a person: each topic comes with its sentence; read it.",
)


def card(name: str, scores: Json, manifest: Json, size_bytes: int) -> str:
    """The card as Markdown.

    Raises:
        ModelError: the scores lack what a card must say: the gold's digest, the figures, or how many articles they rest on.
    """
    missing = sorted({"trained_on", "out_of_fold", "ways", "happenings"} - set(scores))
    if missing or not scores["trained_on"].get("gold") or not scores["trained_on"].get("articles"):
        what = ", ".join(missing) or "the gold's digest or size"
        raise ModelError(f"the scores of {name} lack {what}; train it anew with `svwatch train`")
    return "\n".join([*_head(name, scores, manifest, size_bytes), *_figures(scores), *_ways(scores), *_foot()]) + "\n"


def _head(name: str, scores: Json, manifest: Json, size_bytes: int) -> Iterator[str]:
    seen = scores["trained_on"]
    yield f"# Model card: {name}"
    yield ""
    yield "Tells which topics an article reports, whether it is relevant, and which councils it names. Linear models over"
    yield "words, pairs of words and groups of phrases, beside one over word vectors; plain numbers, nothing in it can run."
    yield ""
    yield f"- Gold: {seen['articles']} articles on {scores['happenings']} happenings; SHA-256 `{seen['gold']}`"
    yield f"- Code: svwatch {seen['svwatch']}; format {manifest['format']}; taxonomy `{manifest['taxonomy'][:12]}`"
    yield f"- Size: {size_bytes / 1e6:.1f} MB, and 5.9 MB of word vectors that all models share"
    yield f"- Licence: {LICENCE}"
    yield ""


def _figures(scores: Json) -> Iterator[str]:
    yield "## Out of fold, on the gold it was trained on"
    yield ""
    yield "Each article is scored by models that saw nothing of its happening; mix and thresholds come from the other folds."
    yield ""
    yield from figure_table(scores["out_of_fold"])
    yield "![calibration](calibration.svg)"
    yield ""
    yield "## On the test split"
    yield ""
    test = scores.get("test")
    if test is None:
        yield "Not read for this model yet; `svwatch promote` reads it."
        yield ""
        return
    yield f"{test['articles']} articles on {test['happenings']} happenings that no training reads. The split has been read"
    yield f"{test['reads']} time(s) in all (models/test-reads.jsonl); the more often, the less its figures tell."
    yield ""
    yield from figure_table(test["figures"])


def figure_table(figures: Sequence[Json]) -> Iterator[str]:
    """Rows of scores as a Markdown table, and a line on calibration."""
    yield "| what | n | precision | recall | F1 | 95% interval |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in (row for row in figures if "f1" in row):
        interval = f"{row['low']:.3f} to {row['high']:.3f}" + (" (too few to say)" if row["n"] < FEWEST else "")
        numbers = f"{row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f}"
        yield f"| {row['what']} | {row['n']} | {numbers} | {interval} |"
    yield ""
    for row in (row for row in figures if "error" in row):
        bounds = f"{row['low']:.3f} to {row['high']:.3f}"
        yield f"Expected calibration error over {len(row['bins'])} bins of equal count: {row['error']:.3f} ({bounds}),"
        yield f"n = {row['n']} scores."
        yield ""


def _ways(scores: Json) -> Iterator[str]:
    yield "## Simpler ways, compared on the same articles"
    yield ""
    yield "| way | mean F1 | 95% interval | the shipped one is better by (95% interval) |"
    yield "| --- | --- | --- | --- |"
    for way in scores["ways"]:
        gain = way["gain_of_the_shipped"]
        told = f"{gain['change']:+.3f} ({gain['low']:+.3f} to {gain['high']:+.3f})" if gain else "shipped"
        yield f"| {way['name']} | {way['f1']:.3f} | {way['low']:.3f} to {way['high']:.3f} | {told} |"
    yield ""


def _foot() -> Iterator[str]:
    yield "## Limits"
    yield ""
    yield from (f"- {limit}" for limit in LIMITS)
    yield ""
    yield "Intervals are percentile bootstraps over happenings (10,000 resamples), since articles on one event are alike."
