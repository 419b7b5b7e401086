"""Dated happenings that an article states: six kinds, each with its councils, date, values and the sentence that says so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from svwatch.records import Article, Event, Scalar, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.dates import Dated
from svwatch.tag.events import agreements, courts, deficits, funds, ratings
from svwatch.tag.events.councils import concerned
from svwatch.tag.events.reading import Draft, Sentence, Story, read_story

_FINDERS = (ratings.find, funds.find, courts.find, agreements.find, deficits.find)
_ENDS_THEN = re.compile(r"\b(?:to|until|till|by|runs? to|lasts? until)(?: the)? $")
_KEYS = ("outcome", "stage", "state")
_YEAR_REACH = 3
_ADDED = ("amount", "years", "citation", "solicitor")


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
        dates = sentence.dates(_known_year(sentence, story)) if drafts else []
        for draft in drafts:
            _add(_event(draft, sentence, story, _date(draft, drafts, sentence, dates), found, article), found)
    return tuple(event for event in found if event.kind != courts.KIND or "stage" in event.values)


def _known_year(sentence: Sentence, story: Story) -> int | None:
    """What "that year" and "the following year" mean at the start of a sentence: the year said last before it."""
    if sentence.words.isdisjoint(("that", "following", "same")):
        return None
    for earlier in reversed(story.sentences[max(0, sentence.number - _YEAR_REACH) : sentence.number]):
        dates = earlier.dates(None)
        if dates:
            return int(dates[-1].value[:4])
    return None


def _event(
    draft: Draft, sentence: Sentence, story: Story, date: str | None, found: Sequence[Event], article: Article
) -> Event:
    start, end = story.plain.original(sentence.start, sentence.start + len(sentence.text))
    evidence = Span(start, end, article.text[start:end])
    same_case = [event for event in found if event.kind == courts.KIND == draft.kind and event.councils]
    if same_case and not sentence.named:
        return Event(draft.kind, same_case[-1].councils, evidence, date, draft.values)
    whom = concerned(draft, sentence, story)
    return Event(draft.kind, whom.slugs, evidence, date, {**draft.values, **whom.values()})


def _add(event: Event, found: list[Event]) -> None:
    """Keep an event that is new or says more than the one that is there; names of a case go to the stage it reached last."""
    if event.kind == courts.KIND and "stage" not in event.values:
        for number, other in reversed(list(enumerate(found))):
            if other.kind == courts.KIND and set(event.councils) & set(other.councils) and "stage" in other.values:
                found[number] = replace(other, date=other.date or event.date, values={**event.values, **other.values})
                return
    if _adds(event, found):
        found.append(event)


def _date(draft: Draft, drafts: Sequence[Draft], sentence: Sentence, dates: Sequence[Dated]) -> str | None:
    """The date in the draft's clause nearest to it; else the sentence's, unless it stands in another draft's clause."""
    if draft.date != "" or not dates:
        return draft.date or None
    today = sentence.published.isoformat() if sentence.published else "9999"
    usable = [
        dated
        for dated in dates
        if (not dated.is_for_what_follows or dated.start < draft.start)
        and dated.value[: len(today)] <= today[: len(dated.value)]
        and not _ENDS_THEN.search(sentence.lower, max(0, dated.start - 14), dated.start)
    ]
    clause = sentence.clause(draft.start)
    inside = [dated for dated in usable if clause[0] <= dated.start < clause[1]]
    others = {sentence.clause(other.start) for other in drafts} - {clause}
    free = [dated for dated in usable if sentence.clause(dated.start) not in others]
    chosen = inside or free
    return min(chosen, key=lambda dated: abs(dated.start - draft.start)).value if chosen else None


def _adds(event: Event, found: Sequence[Event]) -> bool:
    """Whether an event is new, or says more of one that is there: a value or a date it had not."""
    for other in found:
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
    if event.kind in ("deficit", "funds_withheld", "funds_released"):
        return _is_like(event.values.get("amount"), other.values.get("amount"))
    return all(event.values.get(key) == other.values.get(key) for key in _KEYS)


def _is_like(amount: Scalar | None, other: Scalar | None) -> bool:
    if not isinstance(amount, int | float) or not isinstance(other, int | float):
        return amount is None
    return abs(amount - other) <= 0.02 * max(amount, other)
