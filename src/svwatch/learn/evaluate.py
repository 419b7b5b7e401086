"""Gold -> scores: the tagger annotates each article as it would any other, and its answer is held against people's."""

from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np

from svwatch.learn.calibration import Calibration, calibration
from svwatch.learn.gold import GoldArticle
from svwatch.learn.scores import Counts, Score, compare, macro_score, score
from svwatch.learn.verdict import COUNCILS, CountsTable
from svwatch.records import Annotation, Event, Role
from svwatch.tag.tagger import Tagger, annotate
from svwatch.tag.topics import TopicModel, topic_scores
from svwatch.taxonomy import load_taxonomy

KEY_FIELDS = {"rating": "outcome", "judicial_review": "stage", "agreement": "state", "deficit": "amount"}
AMOUNT_TOLERANCE = 0.02
Answers = Callable[[Annotation], frozenset[Hashable]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of one split, and what went wrong in words."""

    articles: int
    happenings: int
    rows: tuple[Score, ...]
    errors: tuple[str, ...]
    calibration: Calibration

    def to_json(self) -> list[dict[str, object]]:
        """One object for each figure."""
        rows: list[dict[str, object]] = [dict(row.to_json()) for row in self.rows]
        return [*rows, self.calibration.to_json()]


def evaluate_tagger(gold: Sequence[GoldArticle], tagger: Tagger) -> Evaluation:
    """Annotate every gold article and score councils, roles, topics, relevance and events."""
    said = [annotate(record.article, tagger) for record in gold]
    groups = [record.happening for record in gold]
    rows = list(_set_scores(gold, said, groups))
    rows += [_events_score(kind, gold, said, groups) for kind in ("", *load_taxonomy().events)]
    topic_counts = [_counts(topic(topic_id), gold, said) for topic_id in load_taxonomy().topic_ids]
    rows.append(macro_score("topics, macro mean", topic_counts, groups))
    errors = tuple(_errors(gold, said))
    return Evaluation(len(gold), len(set(groups)), tuple(rows), errors, topic_calibration(gold, tagger.topics))


def topic_calibration(gold: Sequence[GoldArticle], model: TopicModel) -> Calibration:
    """Whether the topics' scores, given or not, mean what they say."""
    labels = model.sentence.labels
    scores = np.stack([topic_scores(record.article, model) for record in gold])
    truth = np.array([[label in topics_of(record.annotation) for label in labels] for record in gold])
    return calibration(scores, truth, [record.happening for record in gold])


def counts_table(gold: Sequence[GoldArticle], said: Sequence[Annotation]) -> CountsTable:
    """The counts on which two models are compared: each topic, and the councils."""
    answers = [*(topic(topic_id) for topic_id in load_taxonomy().topic_ids), councils]
    counts = [[(one.right, one.wrong, one.missed) for one in _counts(kind, gold, said)] for kind in answers]
    table = np.array(counts, dtype=np.float64).transpose(1, 0, 2)
    return CountsTable((*load_taxonomy().topic_ids, COUNCILS), table, tuple(record.happening for record in gold))


def _counts(answers: Answers, gold: Sequence[GoldArticle], said: Sequence[Annotation]) -> list[Counts]:
    return [compare(answers(one), answers(record.annotation)) for one, record in zip(said, gold, strict=True)]


def topics_of(annotation: Annotation) -> frozenset[str]:
    """The topics given."""
    return frozenset(tag.id for tag in annotation.topics)


def councils(annotation: Annotation) -> frozenset[Hashable]:
    """The slugs tagged."""
    return frozenset(tag.slug for tag in annotation.councils)


def council_spans(annotation: Annotation) -> frozenset[Hashable]:
    """Every mention: slug, place and where it starts."""
    return frozenset((tag.slug, span.in_title, span.start) for tag in annotation.councils for span in tag.spans)


def subjects(annotation: Annotation) -> frozenset[Hashable]:
    """The slugs tagged as subjects."""
    return frozenset(tag.slug for tag in annotation.councils if tag.role is Role.SUBJECT)


def roles(annotation: Annotation) -> frozenset[Hashable]:
    """The slugs with their roles."""
    return frozenset((tag.slug, tag.role) for tag in annotation.councils)


def relevance(annotation: Annotation) -> frozenset[Hashable]:
    """One answer where the article is relevant."""
    return frozenset({"relevant"} if annotation.relevant else ())


def topic(topic_id: str) -> Answers:
    """One answer where the article carries the topic."""
    return lambda annotation: frozenset(tag.id for tag in annotation.topics if tag.id == topic_id)


def _set_scores(gold: Sequence[GoldArticle], said: Sequence[Annotation], groups: Sequence[str]) -> Iterator[Score]:
    kinds: dict[str, Answers] = {
        "councils": councils,
        "council mentions": council_spans,
        "council subjects": subjects,
        "relevance": relevance,
    }
    kinds |= {f"topic {topic_id}": topic(topic_id) for topic_id in load_taxonomy().topic_ids}
    agreed = [_role_counts(one, record.annotation) for one, record in zip(said, gold, strict=True)]
    yield score("roles of councils found", agreed, groups)
    for what, answers in kinds.items():
        yield score(what, _counts(answers, gold, said), groups)


def _role_counts(said: Annotation, true: Annotation) -> Counts:
    """Roles right and wrong among councils that are tagged and in the gold; precision is role accuracy."""
    both = councils(said) & councils(true)
    right = sum(tag in roles(true) for tag in roles(said) if isinstance(tag, tuple) and tag[0] in both)
    return Counts(right, len(both) - right, len(both) - right)


def _events_score(kind: str, gold: Sequence[GoldArticle], said: Sequence[Annotation], groups: Sequence[str]) -> Score:
    counts = [match_events(one.events, record.annotation.events, kind) for one, record in zip(said, gold, strict=True)]
    return score(f"events {kind}".strip(), counts, groups)


def match_events(said: Sequence[Event], true: Sequence[Event], kind: str) -> Counts:
    """Counts of events of a kind ("" for all); each gold event is met at most once, several reports of it count once."""
    said = [event for event in said if kind in ("", event.kind)]
    waiting = [event for event in true if kind in ("", event.kind)]
    met: list[Event] = []
    right = wrong = 0
    for event in said:
        found = next((other for other in waiting if is_same(event, other)), None)
        if found is not None:
            waiting.remove(found)
            met.append(found)
            right += 1
        elif not any(is_same(event, other) for other in met):
            wrong += 1
    return Counts(right, wrong, sum(not any(is_same(event, other) for other in met) for event in waiting))


def is_same(event: Event, other: Event) -> bool:
    """Kind, councils and key value agree; sums within 2%."""
    if event.kind != other.kind or set(event.councils) != set(other.councils):
        return False
    field = KEY_FIELDS.get(event.kind, "amount")
    mine, theirs = event.values.get(field), other.values.get(field)
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return abs(mine - theirs) <= AMOUNT_TOLERANCE * max(abs(mine), abs(theirs))
    return mine == theirs


def _errors(gold: Sequence[GoldArticle], said: Sequence[Annotation]) -> Iterator[str]:
    for record, one in zip(gold, said, strict=True):
        for what, answers in (("council", councils), ("subject", subjects), ("relevance", relevance)):
            yield from _differences(record, what, answers(one), answers(record.annotation))
        yield from _differences(record, "topic", topics_of(one), topics_of(record.annotation))


def _differences(record: GoldArticle, what: str, said: Set[Hashable], true: Set[Hashable]) -> Iterator[str]:
    yield from (f"{record.id}: {what} {answer} said, not in the gold" for answer in sorted(map(str, said - true)))
    yield from (f"{record.id}: {what} {answer} missed" for answer in sorted(map(str, true - said)))
