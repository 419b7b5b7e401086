"""Quality and cost of article extraction on public sets of pages, beside other extractors, in one run.

    python bench/extraction/run.py BENCHMARK [--trafilatura FOLDER] [--fundus FOLDER] [--rounds 5]

BENCHMARK is a copy of scrapinghub/article-extraction-benchmark, whose own `evaluate.py` does the scoring. FOLDER are
copies of adbar/trafilatura (its `tests` hold 990 annotated pages) and of flairNLP/fundus (its parser fixtures hold
pages with the text their own parsers find). Cost is CPU time in units of one default `trafilatura.extract` of the same
pages, measured beside it in each round. newspaper4k and readability-lxml take part where they are installed.
"""

import argparse
import gzip
import importlib.util
import json
import logging
import platform
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

import trafilatura

from svwatch import __version__
from svwatch.extract.article import body_lines, extract_article
from svwatch.extract.facts import read_facts
from svwatch.extract.html import parse, read_html
from svwatch.records import Entry, Page, Rules

UNIT = "trafilatura default"
OURS = "svwatch"
ENGLISH_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Sample:
    """One page of a set; `truth` is its text, or the strings that must and must not be in it."""

    key: str
    url: str
    body: bytes
    truth: Any


@dataclass(frozen=True, slots=True)
class Score:
    """Quality in [0, 1]."""

    f1: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class PageSet:
    """A set of pages and how it is scored."""

    name: str
    samples: Sequence[Sample]
    score: Callable[[Mapping[str, str]], Score]


Extractor = Callable[[Sample], str]


def main() -> None:
    """Print a table for each set, and a line for the README."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    extractors = dict(_extractors())
    print(_versions())
    for pages in _sets(arguments):
        texts = {name: _texts(extractor, pages) for name, extractor in extractors.items()}
        scores = {name: pages.score(found) for name, found in texts.items()}
        costs = _costs(extractors, pages, arguments.rounds)
        _print_table(pages, scores, costs, arguments.rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark", type=Path, help="a copy of scrapinghub/article-extraction-benchmark")
    parser.add_argument("--trafilatura", type=Path, help="a copy of adbar/trafilatura")
    parser.add_argument("--fundus", type=Path, help="a copy of flairNLP/fundus")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of timing (default 5)")
    return parser.parse_args()


def _extractors() -> Iterator[tuple[str, Extractor]]:
    yield UNIT, lambda s: trafilatura.extract(s.body, include_comments=False) or ""
    yield "trafilatura fast", lambda s: trafilatura.extract(s.body, include_comments=False, fast=True) or ""
    yield (
        "trafilatura precision",
        lambda s: trafilatura.extract(s.body, include_comments=False, favor_precision=True) or "",
    )
    if importlib.util.find_spec("newspaper"):
        yield "newspaper4k", _newspaper
    if importlib.util.find_spec("readability"):
        yield "readability-lxml", _readability
    yield OURS, _body
    yield "svwatch, whole article", _whole


def _newspaper(sample: Sample) -> str:
    import newspaper

    # without images: it would ask the sites for them
    article = newspaper.Article(sample.url, fetch_images=False)
    article.download(input_html=sample.body.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


def _readability(sample: Sample) -> str:
    from lxml.html import fromstring
    from readability import Document

    summary = Document(sample.body.decode("utf-8", "replace")).summary(html_partial=True)
    return "\n".join(fromstring(summary).itertext())


def _body(sample: Sample) -> str:
    """Bytes to text, as svwatch does it, with what it reads of the page besides."""
    tree = parse(read_html(sample.body, None))
    if tree is None:
        return ""
    facts = read_facts(tree, Page(sample.url, b"").fetched_at)
    return "\n".join(body_lines(tree, facts, Rules(), url=sample.url))


def _whole(sample: Sample) -> str:
    """The article with title, author, dates and language; a page taken for a wall gives nothing."""
    article = extract_article(Page(sample.url, sample.body), Entry("bench", sample.url, ""), Rules())
    return "" if article is None else article.text


def _sets(arguments: argparse.Namespace) -> Iterator[PageSet]:
    evaluate = _module(arguments.benchmark / "evaluate.py")
    samples = list(_benchmark_samples(arguments.benchmark))
    yield PageSet("article-extraction-benchmark", samples, lambda texts: _shingle_score(evaluate, samples, texts))
    if arguments.trafilatura:
        annotated = list(_annotated_samples(arguments.trafilatura / "tests"))
        yield PageSet("trafilatura's own set", annotated, lambda texts: _string_score(annotated, texts))
    if arguments.fundus:
        fixtures = list(_fixture_samples(arguments.fundus / "tests/resources/parser/test_data"))
        yield PageSet("fundus parser fixtures", fixtures, lambda texts: _shingle_score(evaluate, fixtures, texts))


def _benchmark_samples(folder: Path) -> Iterator[Sample]:
    for key, row in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        body = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield Sample(key, row["url"], body, row["articleBody"])


def _annotated_samples(tests: Path) -> Iterator[Sample]:
    for url, row in json.loads((tests / "evaldata.json").read_text("utf-8")).items():
        paths = [tests / folder / row["file"] for folder in ("cache", "eval")]
        path = next((path for path in paths if path.is_file()), None)
        if path is not None:
            yield Sample(url, url, path.read_bytes(), row)


def _fixture_samples(folder: Path) -> Iterator[Sample]:
    """The English fixtures; the pages of a publisher are paired with its parsers' results in the order of their dates."""
    for expected in sorted(folder.glob("*/*.json")):
        meta = json.loads((expected.parent / "meta.info").read_text("utf-8"))
        results = sorted(json.loads(expected.read_text("utf-8")).items(), key=lambda item: _numbers(item[0]))
        pages = sorted(name for name in meta if re.sub(r"_\d{4}_\d\d_\d\d\.html\.gz$", "", name) == expected.stem)
        for name, (_, result) in zip(pages, results, strict=False):
            text = "\n".join(_fixture_lines(result["body"]))
            if len(pages) == len(results) and _is_english(text):
                yield Sample(name, meta[name]["url"], gzip.decompress((expected.parent / name).read_bytes()), text)


def _fixture_lines(body: Mapping[str, Any]) -> Iterator[str]:
    yield from body["summary"]
    for section in body["sections"]:
        yield from section["headline"]
        yield from section["paragraphs"]


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]


def _is_english(text: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    return sum(word in ("the", "of", "and", "to", "in") for word in words) > ENGLISH_SHARE * len(words)


def _shingle_score(evaluate: ModuleType, samples: Sequence[Sample], texts: Mapping[str, str]) -> Score:
    """The benchmark's own measure: 4-word shingles, each page counting the same."""
    counts = [evaluate.string_shingle_matching(true=s.truth, pred=texts[s.key]) for s in samples]
    metrics = evaluate.metrics_from_tp_fp_fns(counts)
    return Score(metrics["f1"], metrics["precision"], metrics["recall"])


def _string_score(samples: Sequence[Sample], texts: Mapping[str, str]) -> Score:
    """trafilatura's own measure: strings that must and must not be there, white space apart."""
    hits = misses = false = 0
    for sample in samples:
        text = _spaced(texts[sample.key])
        found = sum(_spaced(string) in text for string in sample.truth["with"])
        hits, misses = hits + found, misses + len(sample.truth["with"]) - found
        false += sum(_spaced(string) in text for string in sample.truth["without"])
    precision, recall = hits / (hits + false), hits / (hits + misses)
    return Score(2 * precision * recall / (precision + recall), precision, recall)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_evaluate", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path} is missing: give the folder of a copy of scrapinghub/article-extraction-benchmark")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _texts(extractor: Extractor, pages: PageSet) -> dict[str, str]:
    return {sample.key: _guarded(extractor, sample) for sample in pages.samples}


def _guarded(extractor: Extractor, sample: Sample) -> str:
    """A page that an extractor cannot read counts as no text."""
    try:
        return extractor(sample)
    except Exception as error:
        print(f"  {sample.key}: {type(error).__name__}: {error}"[:120], file=sys.stderr)
        return ""


def _costs(extractors: Mapping[str, Extractor], pages: PageSet, rounds: int) -> dict[str, list[float]]:
    """For each extractor its CPU time in every round, in units of the default's in that round."""
    costs: dict[str, list[float]] = {name: [] for name in extractors}
    for _ in range(rounds):
        seconds = dict.fromkeys(extractors, 0.0)
        for sample in pages.samples:
            for name, extractor in extractors.items():
                started = time.process_time()
                _guarded(extractor, sample)
                seconds[name] += time.process_time() - started
        for name in extractors:
            costs[name].append(seconds[name] / seconds[UNIT])
    return costs


def _print_table(
    pages: PageSet, scores: Mapping[str, Score], costs: Mapping[str, Sequence[float]], rounds: int
) -> None:
    print(f"\n{pages.name}: {len(pages.samples)} pages, cost as the median of {rounds} rounds (min-max)")
    print(f"{'':24} {'F1':>6} {'prec.':>6} {'recall':>6}   cost")
    for name, score in scores.items():
        spread = f"{statistics.median(costs[name]):.2f} ({min(costs[name]):.2f}-{max(costs[name]):.2f})"
        print(f"{name:24} {score.f1:6.3f} {score.precision:6.3f} {score.recall:6.3f}   {spread}")
    ours, unit, cost = scores[OURS], scores[UNIT], statistics.median(costs[OURS])
    print(
        f"README: {pages.name}: F1 {ours.f1:.3f} at {cost:.2f} x the cost of trafilatura's default (F1 {unit.f1:.3f})."
    )


def _versions() -> str:
    names = ("trafilatura", "lxml", "newspaper4k", "readability-lxml")
    return f"svwatch {__version__}, Python {platform.python_version()}, " + ", ".join(map(_version, names))


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"


if __name__ == "__main__":
    main()
