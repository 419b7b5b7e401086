"""Which of the 153 councils an article names, and where: found by name, decided by surroundings.

A name with the rank its authority bears ("Bury Council", "Kent County Council") is that council; a rank it does not bear
("Cambridge City Council") is another body. Every other mention is scored by a classifier over its surroundings, and the
names of one list ("Bury, Bexley and Bolton") are decided together.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from svwatch.gazetteer import Council
from svwatch.records import Article, Span
from svwatch.tag.context import features
from svwatch.tag.linear import LinearModel
from svwatch.tag.mentions import Mention, MentionFinder, settled
from svwatch.tag.setting import Surroundings, is_person, read_setting, speaks_of_councils, survey
from svwatch.tag.text import Plain, plain, sentences

SHORT_TEXT = 1_000
"""Characters up to which a text may name a council without any other word of local government."""


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

    `is_decided` is what the name alone settles, None where surroundings must decide. `list_of` is the same for all names
    of one list.
    """

    mention: Mention
    span: Span
    features: Mapping[str, int]
    is_decided: bool | None
    list_of: tuple[bool, int, int, int]


@dataclass(frozen=True, slots=True)
class CouncilTagger:
    """The parts that find councils: the gazetteer's phrases and the classifier of surroundings."""

    finder: MentionFinder
    model: LinearModel
    threshold: float


def tag_councils(article: Article, tagger: CouncilTagger) -> list[CouncilSpan]:
    """Every span of the title and the text that names a council, title first, in order of appearance.

    A long article without any word of local government or SEND names none; a short text is too short to tell.
    """
    is_long = len(article.text) > SHORT_TEXT
    if is_long and not any(speaks_of_councils(plain(part).text) for part in (article.title, article.text)):
        return []
    decided = decide(candidates(article, tagger.finder), tagger.model)
    return [
        CouncilSpan(found.mention.slug, found.span, score, why_council(found, tagger.model))
        for found, score in decided
        if score >= tagger.threshold and not _is_out_of_its_time(found.mention, article, tagger.finder.councils)
    ]


def candidates(article: Article, finder: MentionFinder) -> list[Candidate]:
    """Every mention in the title and the text with its features; each of the two counts as the other's surroundings."""
    parts = [_part(article.title, finder, True), _part(article.text, finder, False)]
    if not any(part.mentions for part in parts):
        return []
    whole = "\n".join(part.shown.text for part in parts)
    sentence_count = sum(part.sentence_count for part in parts)
    around = survey(whole, sentence_count, parts[0].mentions, parts[1].mentions, finder.councils)
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
    for number, (_, group) in enumerate(groupby(part.mentions, key=lambda mention: id(mention.doc))):
        together = list(group)
        setting = read_setting(together[0].doc, together, in_title=part.in_title)
        for mention in together:
            council = councils[mention.slug]
            start, end = part.shown.original(mention.start, mention.end)
            span = Span(start, end, part.original[start:end], part.in_title)
            list_of = (part.in_title, number, *setting.lists[mention.first][:2])
            said = features(mention, setting, around, council)
            is_decided = settled(mention, council)
            if is_decided is None and is_person(mention):
                is_decided = False
            yield Candidate(mention, span, said, is_decided, list_of)


def decide(found: Sequence[Candidate], model: LinearModel) -> list[tuple[Candidate, float]]:
    """How sure it is that each candidate means its council; the names of one list share their mean log-odds."""
    waiting = [each for each in found if each.is_decided is None]
    scores = model.scores_of([each.features for each in waiting])[:, 0] if waiting else ()
    lists: dict[tuple[bool, int, int, int], list[float]] = {}
    for each, score in zip(waiting, scores, strict=True):
        lists.setdefault(each.list_of, []).append(float(score))
    joint = {list_of: joint_score(together) for list_of, together in lists.items()}
    return [(each, joint[each.list_of] if each.is_decided is None else float(each.is_decided)) for each in found]


def joint_score(scores: Sequence[float]) -> float:
    """The score that several names of one list share: the mean of their log-odds, as a probability."""
    if len(scores) == 1:
        return scores[0]
    kept = [min(max(score, 1e-6), 1 - 1e-6) for score in scores]
    mean = sum(math.log(score / (1 - score)) for score in kept) / len(kept)
    return 1 / (1 + math.exp(-mean))


def why_council(candidate: Candidate, model: LinearModel) -> str:
    """Why a candidate means its council, in plain words: its rank, or the three surroundings that weighed most."""
    if candidate.is_decided:
        return "named with the rank it bears"
    weighed = ", ".join(term for term, _ in model.weighed(candidate.features, model.labels[0], 3))
    return f"surroundings ({weighed})"


def _is_out_of_its_time(mention: Mention, article: Article, councils: Mapping[str, Council]) -> bool:
    """Whether the article is older or younger than the authority: its name then meant another body."""
    council = councils[mention.slug]
    day = article.published_at.date().isoformat() if article.published_at else None
    return day is not None and not (council.valid_from or day) <= day <= (council.valid_to or day)
