"""Whether a topic's statement is about a council (subject) or the council is only named (mentioned)."""

import re
from collections.abc import Iterator, Sequence

from svwatch.records import CouncilTag, Role, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.topics import Statement

_STANDS_FOR = re.compile(
    r"\b(?:the|its|their|this|that|our) (?:\w+ )?(?:council|authority|borough|county|city|area|town hall|local authority|cabinet"
    r"|department|partnership|councillors|leadership)\b|\b(?:it|its|we|our|they|their)\b",
    re.IGNORECASE,
)


def council_tags(found: Sequence[CouncilSpan], statements: Sequence[Statement]) -> tuple[CouncilTag, ...]:
    """One tag for each council found, in order of first mention, with its role and the reason in plain words."""
    reasons: dict[str, str] = {}
    for slug, reason in subjects(found, statements):
        reasons.setdefault(slug, reason)
    tags = []
    for slug in dict.fromkeys(mention.slug for mention in found):
        mentions = [mention for mention in found if mention.slug == slug]
        role = Role.SUBJECT if slug in reasons else Role.MENTIONED
        why = f"{mentions[0].why}; {reasons.get(slug, 'no statement on a topic is about it')}"
        tags.append(CouncilTag(slug, role, tuple(mention.span for mention in mentions), why))
    return tuple(tags)


def subjects(found: Sequence[CouncilSpan], statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Councils that a statement names, or means by "the council", "it" and the like, with the reason."""
    for statement in statements:
        sentence = statement.sentence
        named = list(dict.fromkeys(mention.slug for mention in found if _is_within(mention.span, sentence)))
        if named:
            yield from ((slug, f"named in a statement on {statement.topic}") for slug in named)
        elif _STANDS_FOR.search(sentence.text) and (meant := last_named(found, sentence)):
            yield meant, f"meant in a statement on {statement.topic}"


def last_named(found: Sequence[CouncilSpan], sentence: Span) -> str | None:
    """The council named last before a sentence, else one of the headline, else None."""
    before = [mention for mention in found if not mention.span.in_title and mention.span.end <= sentence.start]
    in_title = [mention for mention in found if mention.span.in_title]
    if before:
        return max(before, key=lambda mention: mention.span.start).slug
    return in_title[0].slug if in_title else None


def _is_within(span: Span, sentence: Span) -> bool:
    return not span.in_title and sentence.start <= span.start and span.end <= sentence.end
