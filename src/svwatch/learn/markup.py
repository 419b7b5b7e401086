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
_SENTENCE = re.compile(r"\[(?P<topics>[a-z_, ]*)\] (?P<text>\S.*)")
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
    """The record a marked article stands for; raises GoldError naming the line that cannot be read."""
    header = marked.header
    title = _Marks()
    title.add(header["title"], in_title=True)
    body = read_body(marked.body)
    subjects = {slug.strip() for slug in header.get("subjects", "").split(",")}
    annotation = Annotation(
        relevant=header["relevant"] == "yes",
        relevance_score=1.0 if header["relevant"] == "yes" else 0.0,
        topics=tuple(TopicTag(topic, 1.0, tuple(spans)) for topic, spans in sorted(body.topics.items())),
        councils=_council_tags(title.councils, body.councils, subjects),
        events=tuple(body.events),
    )
    published = datetime.fromisoformat(header["date"]).replace(tzinfo=UTC)
    article = Article(url="", id=marked.id, title=title.text, text=body.text, published_at=published, language="en")
    split, happening = split_of(header["happening"]), header["happening"]
    traps = (*title.traps, *body.traps)
    return GoldArticle(marked.id, happening, split, origin, header["register"], article, annotation, traps)


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
            sentence = marks.add(found["text"])
            for topic in filter(None, (name.strip() for name in found["topics"].split(","))):
                marks.topics.setdefault(topic, []).append(sentence)
    return marks


def _event(line: str, sentence: Span | None, number: int) -> Event:
    kind, *pairs = (part.strip() for part in line[1:].split(";"))
    said = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if sentence is None:
        raise GoldError(f"line {number}: an event stands under the sentence that states it")
    councils = tuple(slug.strip() for slug in said.pop("councils", "").split(",") if slug.strip())
    date = said.pop("date", None)
    return Event(kind, councils, sentence, date, {key.strip(): _value(key.strip(), text) for key, text in said.items()})


def _value(key: str, text: str) -> Scalar:
    if key == "national":
        return text.strip() == "yes"
    return int(text) if key in _NUMBERS else text.strip()


def _council_tags(
    title: Mapping[str, list[Span]], body: Mapping[str, list[Span]], subjects: set[str]
) -> tuple[CouncilTag, ...]:
    slugs = dict.fromkeys([*title, *body])
    return tuple(
        CouncilTag(
            slug, Role.SUBJECT if slug in subjects else Role.MENTIONED, (*title.get(slug, ()), *body.get(slug, ()))
        )
        for slug in slugs
    )
