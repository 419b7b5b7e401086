"""How well councils are recognised: by mention and article, by kind of name, by kind of trap, and every error to read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from svwatch.learn.gold import GoldArticle
from svwatch.learn.scores import FEWEST, ROUNDS, Counts, Score, compare, score
from svwatch.records import Annotation, CouncilTag, Span
from svwatch.tag.councils import Candidate, candidates
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.names import NameKind
from svwatch.tag.tagger import Tagger, annotate

Named = tuple[str, Span]
UNKNOWN = "unknown"
_AROUND = 90
"""Characters of text shown on each side of an error."""


@dataclass(frozen=True, slots=True)
class Share:
    """One row: how many of `n` went right, in [0, 1], with its 95% interval (percentile bootstrap over happenings)."""

    what: str
    n: int
    share: float
    low: float
    high: float

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        interval = f"{self.low:.3f} to {self.high:.3f}" + (" (too few to say)" if self.n < FEWEST else "")
        return (self.what, str(self.n), f"{self.share:.3f}", interval)

    def to_json(self) -> dict[str, str | int | float]:
        """The row for programs."""
        numbers = {"share": self.share, "low": self.low, "high": self.high}
        return {"what": self.what, "n": self.n, **{name: round(value, 4) for name, value in numbers.items()}}


@dataclass(frozen=True, slots=True)
class CouncilError:
    """One thing that went wrong: a council missed, tagged falsely, or given the wrong role; `why` is the tagger's."""

    what: str
    article: GoldArticle
    slug: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class CouncilEvaluation:
    """Scores of one split, and every error."""

    articles: int
    happenings: int
    scores: tuple[Score, ...]
    shares: tuple[Share, ...]
    errors: tuple[CouncilError, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One gold article beside what the tagger said of it and the mentions it weighed."""

    gold: GoldArticle
    said: Annotation
    weighed: Sequence[Candidate]

    def kind_of(self, named: Named) -> str:
        """The kind of name that a span holds; `UNKNOWN` where the gazetteer does not hold it."""
        slug, span = named
        for candidate in self.weighed:
            if candidate.mention.slug == slug and overlap(candidate.span, span):
                return str(candidate.mention.name.kind)
        return UNKNOWN


def evaluate_councils(gold: Sequence[GoldArticle], tagger: Tagger) -> CouncilEvaluation:
    """Annotate every gold article as any other and score what is said of councils."""
    readings = [_read(article, tagger, tagger.councils.finder) for article in gold]
    groups = [article.happening for article in gold]
    return CouncilEvaluation(
        articles=len(gold),
        happenings=len(set(groups)),
        scores=tuple(_scores(readings, groups)),
        shares=tuple(_shares(readings, groups)),
        errors=tuple(error for reading in readings for error in _errors(reading)),
    )


def _read(article: GoldArticle, tagger: Tagger, finder: MentionFinder) -> _Reading:
    return _Reading(article, annotate(article.article, tagger), candidates(article.article, finder))


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character of the same text."""
    return one.in_title == other.in_title and one.start < other.end and other.start < one.end


def named(annotation: Annotation) -> list[Named]:
    """Every span of an annotation with the council it names."""
    return [(tag.slug, span) for tag in annotation.councils for span in tag.spans]


def unmatched(ones: Iterable[Named], others: Sequence[Named]) -> list[Named]:
    """Those of `ones` that overlap none of `others` of the same council."""
    return [one for one in ones if not any(one[0] == other[0] and overlap(one[1], other[1]) for other in others)]


def _slugs(annotation: Annotation) -> frozenset[str]:
    return frozenset(tag.slug for tag in annotation.councils)


def _scores(readings: Sequence[_Reading], groups: Sequence[str]) -> Iterator[Score]:
    articles = [compare(_slugs(reading.said), _slugs(reading.gold.annotation)) for reading in readings]
    yield score("councils of an article", articles, groups)
    yield score("mentions", [_mention_counts(reading) for reading in readings], groups)
    for kind in NameKind:
        yield score(f"mentions by {kind} name", [_mention_counts(reading, kind) for reading in readings], groups)
    unknown = [_mention_counts(reading, UNKNOWN) for reading in readings]
    yield score("mentions by a name we do not know", unknown, groups)


def _mention_counts(reading: _Reading, kind: str | None = None) -> Counts:
    """Right, wrong and missed mentions of one article, of all or of one kind of name."""
    said = [one for one in named(reading.said) if kind in (None, reading.kind_of(one))]
    true = [one for one in named(reading.gold.annotation) if kind in (None, reading.kind_of(one))]
    wrong, missed = len(unmatched(said, true)), len(unmatched(true, said))
    return Counts(len(true) - missed, wrong, missed)


def _shares(readings: Sequence[_Reading], groups: Sequence[str]) -> Iterator[Share]:
    yield share("roles of councils found", [_right_roles(reading) for reading in readings], groups)
    traps = [_traps_left_alone(reading) for reading in readings]
    yield share("traps left alone", [_total(by_kind) for by_kind in traps], groups)
    for kind in sorted({kind for by_kind in traps for kind in by_kind}):
        yield share(f"traps left alone, {kind}", [by_kind.get(kind, (0, 0)) for by_kind in traps], groups)


def _right_roles(reading: _Reading) -> tuple[int, int]:
    roles = {tag.slug: tag.role for tag in reading.gold.annotation.councils}
    both = [tag for tag in reading.said.councils if tag.slug in roles]
    return sum(tag.role is roles[tag.slug] for tag in both), len(both)


def _traps_left_alone(reading: _Reading) -> dict[str, tuple[int, int]]:
    """For each kind of trap, how many were rightly left alone, of how many."""
    spans = [span for _, span in named(reading.said)]
    found: dict[str, tuple[int, int]] = {}
    for trap in reading.gold.traps:
        right, total = found.get(trap.kind, (0, 0))
        is_left = not any(overlap(trap.span, span) for span in spans)
        found[trap.kind] = (right + is_left, total + 1)
    return found


def _total(by_kind: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    return sum(right for right, _ in by_kind.values()), sum(total for _, total in by_kind.values())


def share(what: str, rights: Sequence[tuple[int, int]], groups: Sequence[str]) -> Share:
    """The share of right ones from each article's (right, total); 1 where there was nothing to get right."""
    sums: dict[str, tuple[int, int]] = {}
    for (right, total), group in zip(rights, groups, strict=True):
        before = sums.get(group, (0, 0))
        sums[group] = (before[0] + right, before[1] + total)
    table = np.array([pair for pair in sums.values() if pair[1]] or [(0, 0)])
    picks = np.random.default_rng(0).integers(0, len(table), size=(ROUNDS, len(table)))
    drawn = table[picks].sum(axis=1)
    shares = np.where(drawn[:, 1] == 0, 1.0, drawn[:, 0] / np.maximum(drawn[:, 1], 1))
    low, high = np.percentile(shares, [2.5, 97.5])
    right, total = (int(number) for number in table.sum(axis=0))
    return Share(what, total, right / total if total else 1.0, float(low), float(high))


def _errors(reading: _Reading) -> Iterator[CouncilError]:
    gold, said = reading.gold.annotation, reading.said
    whys = {tag.slug: tag.why for tag in said.councils}
    for slug, span in unmatched(named(said), named(gold)):
        yield CouncilError("tagged falsely", reading.gold, slug, span, whys[slug])
    for slug, span in unmatched(named(gold), named(said)):
        kind = reading.kind_of((slug, span))
        why = (
            "its name is not in the gazetteer"
            if kind == UNKNOWN
            else f"a {kind} name; its surroundings spoke against it"
        )
        yield CouncilError("missed", reading.gold, slug, span, why)
    yield from _role_errors(reading, {tag.slug: tag for tag in gold.councils})


def _role_errors(reading: _Reading, true: Mapping[str, CouncilTag]) -> Iterator[CouncilError]:
    for tag in reading.said.councils:
        if tag.slug in true and tag.role is not true[tag.slug].role:
            yield CouncilError(
                f"{tag.role}, should be {true[tag.slug].role}", reading.gold, tag.slug, tag.spans[0], tag.why
            )


def errors_page(result: CouncilEvaluation, model: str, split: str) -> str:
    """The errors as Markdown, one section a kind, each with the words around it."""
    lines = [f"# Council errors of {model} on the {split} split", ""]
    lines += [f"{result.articles} articles on {result.happenings} happenings, {len(result.errors)} errors.", ""]
    for what in sorted({error.what for error in result.errors}):
        of_kind = [error for error in result.errors if error.what == what]
        lines += [f"## {what.capitalize()} ({len(of_kind)})", ""]
        lines += [f"- {_shown(error, '**')}" for error in of_kind] + [""]
    return "\n".join(lines)


def error_lines(errors: Iterable[CouncilError]) -> list[str]:
    """One line for each error: what, where, and the words around it."""
    return [f"{error.what}: {_shown(error, '|')}" for error in errors]


def _shown(error: CouncilError, mark: str) -> str:
    held = error.article.article.title if error.span.in_title else error.article.article.text
    before = held[max(0, error.span.start - _AROUND) : error.span.start]
    after = held[error.span.end : error.span.end + _AROUND]
    words = " ".join(f"{before}{mark}{error.span.text}{mark}{after}".split())
    return f"{error.article.id} {error.slug}: {words} ({error.why})"
