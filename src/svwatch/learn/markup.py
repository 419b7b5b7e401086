"""Labelled articles as people write them: plain text with marks -> records with exact offsets (docs/gold.md).

=== kent-deal-a                      an article's id
happening: kent-agreement            header lines
---
[agreement] [[kent|Kent County Council]] has signed a deal worth {{other|Kent}} ...
! agreement; councils=kent; state=signed; date=2023-03
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from svwatch.errors import GoldError
from svwatch.learn.gold import GoldArticle, Trap, split_of
from svwatch.records import Annotation, Article, CouncilTag, Event, Role, Scalar, Span, TopicTag

_MARK = re.compile(r"\[\[(?P<slug>[^\]|]+)\|(?P<name>[^\]]+)\]\]|\{\{(?P<kind>[^}|]+)\|(?P<trap>[^}]+)\}\}")
_LEFTOVER = re.compile(r"\[\[|\]\]|\{\{|\}\}")
_SENTENCE = re.compile(r"\[(?P<topics>[a-z_, ]*)\] (?P<text>\S.*)")
_HEADER = ("happening", "date", "register", "relevant", "subjects", "title")
_NUMBERS = {"amount", "years", "n_councils"}


@dataclass(slots=True)
class MarkedArticle:
    """One article of a marked file: its header lines, and its body lines with their line numbers."""

    id: str
    header: dict[str, str] = field(default_factory=dict)
    body: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Marks:
    """What the marks of one text say, gathered while the plain text grows."""

    text: str = ""
    councils: dict[str, list[Span]] = field(default_factory=dict)
    traps: list[Trap] = field(default_factory=list)
    topics: dict[str, list[Span]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def add(self, marked: str, in_title: bool = False) -> Span:
        """Append marked words; the span they take as plain text."""
        start, position = len(self.text), 0
        for mark in _MARK.finditer(marked):
            self.text += marked[position : mark.start()]
            words = mark["name"] or mark["trap"]
            span = Span(len(self.text), len(self.text) + len(words), words, in_title)
            if mark["slug"]:
                self.councils.setdefault(mark["slug"], []).append(span)
            else:
                self.traps.append(Trap(mark["kind"], span))
            self.text += words
            position = mark.end()
        self.text += marked[position:]
        return Span(start, len(self.text), self.text[start:], in_title)


def read_marked(lines: Iterable[str]) -> Iterator[MarkedArticle]:
    """Part a marked file into its articles; raises GoldError for a line out of place."""
    current: MarkedArticle | None = None
    in_body = False
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\n")
        if line.startswith("=== "):
            if current:
                yield current
            current, in_body = MarkedArticle(line[4:].strip()), False
        elif current is None:
            if line.strip():
                raise GoldError(f'line {number}: start each article with "=== its-id"')
        elif in_body:
            current.body.append((number, line))
        elif line.strip() == "---":
            in_body = True
        else:
            key, _, value = line.partition(":")
            current.header[key.strip()] = value.strip()
    if current:
        yield current


def gold_article(marked: MarkedArticle, origin: str) -> GoldArticle:
    """The record a marked article stands for; raises GoldError naming the article and what cannot be read."""
    try:
        return _gold_article(marked, origin)
    except GoldError as error:
        raise GoldError(f"{marked.id}: {error}") from error


def _gold_article(marked: MarkedArticle, origin: str) -> GoldArticle:
    header = _header(marked)
    title = _Marks()
    _refuse_open_marks(header["title"], "title:")
    title.add(header["title"], in_title=True)
    body = read_body(marked.body)
    is_relevant = header["relevant"] == "yes"
    annotation = Annotation(
        relevant=is_relevant,
        relevance_score=float(is_relevant),
        topics=tuple(TopicTag(topic, 1.0, tuple(spans)) for topic, spans in sorted(body.topics.items())),
        councils=_council_tags(title.councils, body.councils, _listed(header["subjects"])),
        events=tuple(body.events),
    )
    published = _day(header["date"])
    article = Article(url="", id=marked.id, title=title.text, text=body.text, published_at=published, language="en")
    split, happening = split_of(header["happening"]), header["happening"]
    traps = (*title.traps, *body.traps)
    return GoldArticle(marked.id, happening, split, origin, header["register"], article, annotation, traps)


def _header(marked: MarkedArticle) -> Mapping[str, str]:
    missing = [key for key in _HEADER if key not in marked.header]
    if missing:
        raise GoldError(f"the header line {missing[0]}: is missing; write it above the ---")
    if marked.header["relevant"] not in ("yes", "no"):
        raise GoldError(f'relevant: is "{marked.header["relevant"]}"; write yes or no')
    return marked.header


def _day(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        raise GoldError(f'date: is "{written}"; write a day such as 2026-11-22') from None


def _listed(written: str) -> set[str]:
    return {slug.strip() for slug in written.split(",") if slug.strip()}


def read_body(lines: Sequence[tuple[int, str]]) -> _Marks:
    """Sentences to plain text: one space between sentences, one line break between paragraphs."""
    marks, sentence = _Marks(), None
    starts_paragraph = False
    for number, line in lines:
        if not line.strip():
            starts_paragraph = bool(marks.text)
        elif line.startswith("!"):
            marks.events.append(_event(line, sentence, number))
        else:
            found = _SENTENCE.fullmatch(line.strip())
            if found is None:
                raise GoldError(f'line {number}: start a sentence with its topics in brackets, as "[deficit] The ..."')
            marks.text += "\n" if starts_paragraph else " " if marks.text else ""
            starts_paragraph = False
            _refuse_open_marks(found["text"], f"line {number}")
            sentence = marks.add(found["text"])
            for topic in filter(None, (name.strip() for name in found["topics"].split(","))):
                marks.topics.setdefault(topic, []).append(sentence)
    return marks


def _refuse_open_marks(marked: str, where: str) -> None:
    if _LEFTOVER.search(_MARK.sub("", marked)):
        raise GoldError(f"{where}: a mark is left open or has no kind; write [[slug|Name]] or {{{{kind|Words}}}}")


def _event(line: str, sentence: Span | None, number: int) -> Event:
    kind, *pairs = (part.strip() for part in line[1:].split(";"))
    if sentence is None:
        raise GoldError(f"line {number}: an event stands under the sentence that states it")
    said = dict(_pair(pair, number) for pair in pairs if pair)
    councils = tuple(slug.strip() for slug in said.pop("councils", "").split(",") if slug.strip())
    date = said.pop("date", None)
    return Event(kind, councils, sentence, date, {key: _value(key, text, number) for key, text in said.items()})


def _pair(written: str, number: int) -> tuple[str, str]:
    key, sign, value = written.partition("=")
    if not sign:
        raise GoldError(f'line {number}: "{written}" has no value; write key=value')
    return key.strip(), value.strip()


def _value(key: str, text: str, number: int) -> Scalar:
    if key == "national":
        return text == "yes"
    if key in _NUMBERS:
        if not text.isdecimal():
            raise GoldError(f'line {number}: {key} is "{text}"; write a whole number, pounds in full')
        return int(text)
    return text


def _council_tags(
    title: Mapping[str, list[Span]], body: Mapping[str, list[Span]], subjects: set[str]
) -> tuple[CouncilTag, ...]:
    slugs = dict.fromkeys([*title, *body])
    unmarked = sorted(subjects - set(slugs))
    if unmarked:
        raise GoldError(f'subjects: names "{unmarked[0]}", which no [[...|...]] marks; mark it or take it out')
    return tuple(
        CouncilTag(
            slug, Role.SUBJECT if slug in subjects else Role.MENTIONED, (*title.get(slug, ()), *body.get(slug, ()))
        )
        for slug in slugs
    )
