"""Cost of tagging beside one default `trafilatura.extract` in the same run: CPU, medians of rounds with min and max.

    python bench/tagging.py [--pages FOLDER] [--gold gold] [--rounds 5]
    python bench/tagging.py --long

FOLDER holds pages (.html or .html.gz); without one, the pages of the tests, which are small and so make every ratio
large. General news is the text of those pages, SEND news the relevant articles of the gold. With `--long`, the councils of
ever longer texts, by characters: the time for one character must not grow.
"""

import argparse
import gzip
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import trafilatura

from svwatch.learn.gold import load_gold
from svwatch.records import Article
from svwatch.tag.councils import tag_councils
from svwatch.tag.model import current_model, load_tagger
from svwatch.tag.tagger import Tagger, annotate

ROOT = Path(__file__).parents[1]
LENGTHS = (25_000, 50_000, 100_000, 200_000, 400_000)


def read_pages(folder: Path) -> list[str]:
    """The pages of a folder, in order of name."""
    paths = sorted(folder.glob("*.html")) + sorted(folder.glob("*.html.gz"))
    bodies = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]
    return [body.decode("utf-8", "replace") for body in bodies]


def milliseconds(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def measure(tasks: Mapping[str, tuple[int, Callable[[], object]]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds an item for each task and round; rounds go over all tasks in turn, after one to warm up."""
    for _, work in tasks.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, (items, work) in tasks.items():
            taken[name].append(milliseconds(work) / items)
    return taken


def tasks_of(pages: Sequence[str], gold: Path, tagger: Tagger) -> dict[str, tuple[int, Callable[[], object]]]:
    """What is measured: the unit first, then councils alone and all tagging on general and on SEND news."""
    general = [Article("", "", trafilatura.extract(page) or "") for page in pages]
    send = [record.article for record in load_gold(gold) if record.annotation.relevant]
    return {
        "trafilatura.extract (the unit)": (len(pages), lambda: [trafilatura.extract(page) for page in pages]),
        "councils, general news": (len(general), lambda: [tag_councils(one, tagger.councils) for one in general]),
        "councils, SEND news": (len(send), lambda: [tag_councils(one, tagger.councils) for one in send]),
        "all tagging, general news": (len(general), lambda: [annotate(one, tagger) for one in general]),
        "all tagging, SEND news": (len(send), lambda: [annotate(one, tagger) for one in send]),
    }


def print_costs(taken: Mapping[str, Sequence[float]]) -> None:
    """A line for each task: milliseconds an article and how many units that is."""
    unit = statistics.median(next(iter(taken.values())))
    for name, rounds in taken.items():
        middle = statistics.median(rounds)
        print(f"{name:32s} {middle:7.2f} ms ({min(rounds):.2f} to {max(rounds):.2f})  {middle / unit:6.3f} x extract")


def print_growth(tagger: Tagger, gold: Path, rounds: int) -> None:
    """Nanoseconds a character for longer and longer texts."""
    whole = "\n".join(record.article.text for record in load_gold(gold) if record.annotation.councils)
    for length in LENGTHS:
        article = Article("", "", (whole * (length // len(whole) + 1))[:length])
        taken = [milliseconds(lambda article=article: tag_councils(article, tagger.councils)) for _ in range(rounds)]
        print(
            f"{length:8,d} characters {statistics.median(taken):8.1f} ms  {min(taken) / length * 1e6:7.0f} ns a character"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=ROOT / "tests" / "pages")
    parser.add_argument("--gold", type=Path, default=ROOT / "gold")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", action="store_true")
    options = parser.parse_args()
    tagger = load_tagger(current_model([ROOT / "models"]))
    if options.long:
        print_growth(tagger, options.gold, options.rounds)
        return
    pages = read_pages(options.pages)
    size = sum(map(len, pages)) / len(pages) / 1024
    print(f"Python {platform.python_version()}, {len(pages)} pages of {size:.0f} KiB, {options.rounds} rounds, CPU")
    print_costs(measure(tasks_of(pages, options.gold, tagger), options.rounds))


if __name__ == "__main__":
    main()
