"""Which of the 153 councils an article names, and where: found by name, decided by surroundings.

A name with the rank its authority bears ("Bury Council", "Kent County Council") is that council; a rank it does not bear
("Cambridge City Council") is another body. Every other mention is scored by a classifier over its surroundings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from svwatch.gazetteer import Council
from svwatch.records import Article, Span
from svwatch.tag.context import Surroundings, features, survey
from svwatch.tag.linear import LinearModel
from svwatch.tag.mentions import Mention, MentionFinder, is_rank_of
from svwatch.tag.text import Plain, plain, sentences


@dataclass(frozen=True, slots=True)
class CouncilSpan:
    """One span that names a council, how sure that is in [0, 1], and why in plain words."""

    slug: str
    span: Span
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention with its span in the original and its features.

    `is_decided` is what the name alone settles, None where surroundings must decide.
    """

    mention: Mention
    span: Span
    features: Mapping[str, int]
    is_decided: bool | None


@dataclass(frozen=True, slots=True)
class CouncilTagger:
    """The parts that find councils: the gazetteer's phrases and the classifier of surroundings."""

    finder: MentionFinder
    model: LinearModel
    threshold: float


def tag_councils(article: Article, tagger: CouncilTagger) -> list[CouncilSpan]:
    """Every span of the title and the text that names a council, title first, in order of appearance."""
    found: list[CouncilSpan] = []
    for candidate in candidates(article, tagger.finder):
        score, why = decide(candidate, tagger.model)
        if score >= tagger.threshold and not _is_out_of_its_time(candidate.mention, article, tagger.finder.councils):
            found.append(CouncilSpan(candidate.mention.slug, candidate.span, score, why))
    return found


def candidates(article: Article, finder: MentionFinder) -> list[Candidate]:
    """Every mention in the title and the text with its features; each of the two counts as the other's surroundings."""
    parts = [_part(article.title, finder, True), _part(article.text, finder, False)]
    mentions = [mention for part in parts for mention in part.mentions]
    whole = "\n".join(part.shown.text for part in parts)
    around = survey(whole, sum(part.sentence_count for part in parts), mentions, finder.councils)
    return [candidate for part in parts for candidate in _weighed(part, around, finder.councils)]


@dataclass(frozen=True, slots=True)
class _Part:
    """The title or the text: as written, as read, and the mentions it holds."""

    original: str
    shown: Plain
    in_title: bool
    mentions: list[Mention]
    sentence_count: int


def _part(original: str, finder: MentionFinder, in_title: bool) -> _Part:
    shown = plain(original)
    cuts = sentences(shown.text)
    return _Part(original, shown, in_title, finder.find(shown.text, cuts), len(cuts))


def _weighed(part: _Part, around: Surroundings, councils: Mapping[str, Council]) -> Iterator[Candidate]:
    for _, group in groupby(part.mentions, key=lambda mention: mention.sentence):
        same_sentence = list(group)
        for mention in same_sentence:
            council = councils[mention.slug]
            start, end = part.shown.original(mention.start, mention.end)
            span = Span(start, end, part.original[start:end], part.in_title)
            said = features(mention, same_sentence, around, council)
            yield Candidate(mention, span, said, is_rank_of(mention, council))


def decide(candidate: Candidate, model: LinearModel) -> tuple[float, str]:
    """How sure it is that the council is meant, and why."""
    mention = candidate.mention
    if candidate.is_decided is True:
        return 1.0, "named with the rank it bears"
    if candidate.is_decided is False:
        return 0.0, f"a {mention.rank} council of that name is another body"
    score = float(model.scores(candidate.features)[0])
    weighed = ", ".join(term for term, _ in model.weighed(candidate.features, model.labels[0], 3))
    return score, f"surroundings ({weighed})"


def _is_out_of_its_time(mention: Mention, article: Article, councils: Mapping[str, Council]) -> bool:
    """Whether the article is older or younger than the authority: its name then meant another body."""
    council = councils[mention.slug]
    day = article.published_at.date().isoformat() if article.published_at else None
    return day is not None and not (council.valid_from or day) <= day <= (council.valid_to or day)
