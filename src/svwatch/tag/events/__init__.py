"""Dated happenings that an article states: six kinds, each with its councils, date, values and the sentence that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from svwatch.records import Article, Event, Scalar, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.events import agreements, courts, deficits, funds, ratings
from svwatch.tag.events.councils import concerned
from svwatch.tag.events.dating import event_date, known_year
from svwatch.tag.events.reading import Draft, Sentence, Story, read_story

_FINDERS = (ratings.find, funds.find, courts.find, agreements.find, deficits.find)
_KEYS = ("outcome", "stage", "state")
_ADDED = ("amount", "years", "citation", "solicitor")
_SAME_SUM = 0.02
_OF_LATE = 60


def find_events(
    article: Article, councils: Sequence[CouncilSpan], topic_sentences: Mapping[str, Sequence[tuple[int, int]]]
) -> tuple[Event, ...]:
    """Every event the article states, in order of its sentences.

    Args:
        article: the article; its day of publication resolves relative dates.
        councils: the spans that name a council.
        topic_sentences: offsets ``[start, end)`` in `article.text` of the sentences that earn each topic. Only a hint: a
            sentence it lists is read with fewer doubts, and one it does not list is read all the same.
    """
    story = read_story(article, councils, topic_sentences)
    found: list[Event] = []
    for sentence in story.sentences:
        drafts = [draft for find in _FINDERS for draft in find(sentence, story)]
        dates = sentence.dates_after(known_year(sentence, story)) if drafts else []
        for draft in drafts:
            event = _event(draft, sentence, story, found)
            _add(replace(event, date=event_date(draft, drafts, sentence, dates, story)), found)
    return tuple(event for event in found if event.kind != courts.KIND or "stage" in event.values)


def _event(draft: Draft, sentence: Sentence, story: Story, found: Sequence[Event]) -> Event:
    """A draft with its councils and its evidence; a sentence that names no council goes on about the case before it."""
    start, end = story.plain.original(sentence.start, sentence.start + len(sentence.text))
    evidence = Span(start, end, story.original[start:end])
    cases = [event for event in found[-_OF_LATE:] if event.kind == draft.kind == courts.KIND and event.councils]
    if cases and not sentence.named:
        return Event(draft.kind, cases[-1].councils, evidence, None, draft.values)
    whom = concerned(draft, sentence, story)
    return Event(draft.kind, whom.slugs, evidence, None, {**draft.values, **whom.values()})


def _add(event: Event, found: list[Event]) -> None:
    """Keep an event that is new or says more than the one that is there.

    A citation or a solicitor without a stage goes to the stage its case reached last.
    """
    if event.kind == courts.KIND and "stage" not in event.values:
        for number in range(len(found) - 1, max(-1, len(found) - _OF_LATE), -1):
            other = found[number]
            if other.kind == courts.KIND and set(event.councils) & set(other.councils):
                found[number] = replace(other, date=other.date or event.date, values={**event.values, **other.values})
                return
    if _adds(event, found):
        found.append(event)


def _adds(event: Event, found: Sequence[Event]) -> bool:
    """Whether an event is new, or gives a value or a date that an equal one of late had not."""
    for other in found[-_OF_LATE:]:
        if _is_same(event, other):
            has_more = any(name in event.values and name not in other.values for name in _ADDED)
            if not has_more and (event.date is None or other.date is not None):
                return False
    return True


def _is_same(event: Event, other: Event) -> bool:
    if event.kind != other.kind or set(event.councils) != set(other.councils):
        return False
    if not event.councils and event.values.get("n_councils") != other.values.get("n_councils"):
        return False
    if event.kind in (deficits.KIND, *funds.KINDS):
        return _is_like(event.values.get("amount"), other.values.get("amount"))
    return all(event.values.get(key) == other.values.get(key) for key in _KEYS)


def _is_like(amount: Scalar | None, other: Scalar | None) -> bool:
    """Whether two sums are one as the press rounds it; no sum is like any."""
    if not isinstance(amount, int | float) or not isinstance(other, int | float):
        return amount is None
    return abs(amount - other) <= _SAME_SUM * max(amount, other)
