"""An article as the event finders read it: sentences in small letters with the councils, sums, dates and clauses they hold."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from svwatch.records import Article, Scalar
from svwatch.tag.amounts import Amount, Length, find_amounts, find_lengths
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.dates import FIRST_YEAR, LAST_YEAR_WITHOUT_PUBLICATION, Dated, find_dates
from svwatch.tag.modality import Modality, clause_at, clauses, lower, modality, quotations
from svwatch.tag.text import Plain, plain, sentence_at, sentences

LONGEST_SENTENCE = 2_500
_IN_MIND = 20
_LONDON = ZoneInfo("Europe/London")
_WORD = re.compile(r"[a-z]+")
_SUPPORT = re.compile(
    r"\b(?:send|sen|special (?:educational )?needs|disab\w+|ehcps?|education, health and care|high[- ]needs|"
    r"safety[- ]valve|dsg|"
    r"dedicated schools grant|additional needs|children's services|children's social care)\b"
)
_COORDINATED = re.compile(
    r"(?:'s?)?(?: (?:city|county|borough)?\s?councils?)?(?: \([^()]{0,24}\))?\s*(?:,|and|&|or|/|as well as|"
    r"along with|,? and)\s*"
    r"(?:the |in |for |both )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A council's name at ``[start, end)`` of its sentence."""

    slug: str
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """One sentence: `start` is its offset in the plain text, every other offset counts from there.

    `hints` are the topics that the classifier thinks it earns.
    """

    number: int
    start: int
    text: str
    published: date | None
    named: tuple[Named, ...]
    hints: frozenset[str]
    quoted: tuple[tuple[int, int], ...]

    @cached_property
    def lower(self) -> str:
        """The text in small letters, offsets unchanged."""
        return lower(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in small letters."""
        return frozenset(_WORD.findall(self.lower))

    @cached_property
    def starts(self) -> frozenset[str]:
        """The first three letters of each of its words."""
        return frozenset(word[:3] for word in self.words)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """Its clauses."""
        return clauses(self.lower)

    @cached_property
    def amounts(self) -> list[Amount]:
        """Its sums of money."""
        return find_amounts(self.text)

    @cached_property
    def lengths(self) -> list[Length]:
        """Its lengths in years."""
        return find_lengths(self.text)

    @cached_property
    def groups(self) -> list[tuple[Named, ...]]:
        """Its councils, those of one list together: "Bury and Bolton"."""
        found: list[tuple[Named, ...]] = []
        for named in self.named:
            between = self.text[found[-1][-1].end : named.start] if found else ""
            if found and len(between) <= 45 and _COORDINATED.fullmatch(between):
                found[-1] += (named,)
            else:
                found.append((named,))
        return found

    def clause(self, at: int) -> tuple[int, int]:
        """The clause that holds an offset."""
        return clause_at(self.clauses, at)

    def modality(self, at: int) -> Modality:
        """How the words at an offset are put."""
        return modality(self.lower, self.clause(at), at)

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies in a long quotation."""
        return any(start < at < end for start, end in self.quoted)

    @cached_property
    def dates(self) -> list[Dated]:
        """Its dates, read without what stands before it."""
        return find_dates(self.text, self.published)

    def dates_after(self, known_year: int | None) -> list[Dated]:
        """Its dates, where `known_year` is what "that year" means at its start."""
        return self.dates if known_year is None else find_dates(self.text, self.published, known_year)


@dataclass(frozen=True)
class Story:
    """The whole article: its sentences, its title and the councils there, all its words in small letters, the topics hinted."""

    original: str
    plain: Plain
    sentences: tuple[Sentence, ...]
    title: str
    title_named: tuple[Named, ...]
    lower: str
    published: date | None
    topics: frozenset[str]
    _held: dict[re.Pattern[str], bool] = field(default_factory=dict)

    @cached_property
    def naming(self) -> list[int]:
        """The numbers of the sentences that name a council."""
        return [sentence.number for sentence in self.sentences if sentence.named]

    def named_before(self, sentence: Sentence) -> Iterator[Sentence]:
        """The nearest sentences before one that name a council, nearest first; no more than a reader keeps in mind."""
        last = bisect_left(self.naming, sentence.number)
        return (self.sentences[number] for number in reversed(self.naming[max(0, last - _IN_MIND) : last]))

    def named_after(self, sentence: Sentence) -> Sentence | None:
        """The next sentence that names a council."""
        first = bisect_right(self.naming, sentence.number)
        return self.sentences[self.naming[first]] if first < len(self.naming) else None

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern matches anywhere in its text; each is looked for once."""
        if pattern not in self._held:
            self._held[pattern] = pattern.search(self.lower) is not None
        return self._held[pattern]

    @cached_property
    def is_on_support(self) -> bool:
        """Whether it is about support for children with SEND, by its title or by more than a passing word."""
        told = sum(bool(_SUPPORT.search(sentence.lower)) for sentence in self.sentences)
        return bool(_SUPPORT.search(lower(self.title))) or told >= 2 or told * 5 >= len(self.sentences) > 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A happening a finder saw at ``[start, end)`` of a sentence, before councils and date are settled.

    `councils` None: those its clause is about; `is_dated`: whether it bears a date beside its values.
    """

    kind: str
    start: int
    end: int
    values: Mapping[str, Scalar] = field(default_factory=dict)
    councils: tuple[str, ...] | None = None
    is_dated: bool = True


def read_story(
    article: Article, councils: Sequence[CouncilSpan], topic_sentences: Mapping[str, Sequence[tuple[int, int]]]
) -> Story:
    """Cut an article into sentences and lay names and hints over them."""
    shown = plain(article.text)
    title = plain(article.title)
    cuts = sentences(shown.text)
    published = _day_in_london(article.published_at)
    named = _by_sentence(shown, cuts, [found for found in councils if not found.span.in_title])
    hints = _hints(shown, cuts, topic_sentences)
    quoted = quotations(shown.text)
    read = tuple(
        Sentence(
            number,
            start,
            shown.text[start : min(end, start + LONGEST_SENTENCE)],
            published,
            tuple(council for council in named.get(number, ()) if council.end <= LONGEST_SENTENCE),
            frozenset(hints.get(number, ())),
            _within(quoted, start, end),
        )
        for number, (start, end) in enumerate(cuts)
    )
    topics = frozenset(topic for topic, spans in topic_sentences.items() if spans)
    in_title = tuple(_named(title, found, 0) for found in councils if found.span.in_title)
    return Story(
        article.text, shown, read, title.text, in_title, lower(f"{title.text}\n{shown.text}"), published, topics
    )


def _day_in_london(moment: datetime | None) -> date | None:
    """The day of a time where the press reads it; None where none is given, or one in no year of the press."""
    is_sound = moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR_WITHOUT_PUBLICATION
    return moment.astimezone(_LONDON).date() if moment is not None and is_sound else None


def _by_sentence(
    shown: Plain, cuts: Sequence[tuple[int, int]], councils: Sequence[CouncilSpan]
) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    for council in sorted(councils, key=lambda council: council.span.start):
        number = sentence_at(cuts, _shown_offset(shown, council.span.start))
        if cuts:
            found.setdefault(number, []).append(_named(shown, council, cuts[number][0]))
    return found


def _named(shown: Plain, found: CouncilSpan, sentence_start: int) -> Named:
    start = _shown_offset(shown, found.span.start)
    return Named(found.slug, start - sentence_start, _shown_offset(shown, found.span.end - 1) + 1 - sentence_start)


def _shown_offset(shown: Plain, original: int) -> int:
    return original if shown.offsets is None else bisect_left(shown.offsets, original)


def _hints(
    shown: Plain, cuts: Sequence[tuple[int, int]], topic_sentences: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for topic, spans in topic_sentences.items():
        for start, _ in spans:
            found.setdefault(sentence_at(cuts, _shown_offset(shown, start)), set()).add(topic)
    return found


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans that touch ``[start, end)``, counted from `start`; spans are in order and do not overlap."""
    first = max(0, bisect_right(spans, (start, 0)) - 1)
    last = bisect_left(spans, (end, 0))
    return tuple((left - start, right - start) for left, right in spans[first:last])
