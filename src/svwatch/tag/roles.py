"""Whether a topic's statement is about a council (subject) or the council is only named (mentioned)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from svwatch.gazetteer import Council, load_councils
from svwatch.records import CouncilTag, Role, Span
from svwatch.tag.councils import CouncilSpan
from svwatch.tag.topics import Statement

_STANDS_FOR = re.compile(
    r"\b(?:the|its|their|this|that|our) (?:\w+ )?(?:council|authority|borough|county|city|area|town hall|local authority|cabinet"
    r"|department|partnership|councillors|leadership)\b|\b(?:it|its|we|our|they|their)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\bthe (?P<noun>county|city|borough)\b", re.IGNORECASE)
_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_COUNTED = re.compile(
    rf"\b(?:(?P<both>both)|(?:all|the) (?P<number>{'|'.join(_NUMBERS)}))"
    r" (?:of them|say|said|have|were|(?:\w+ )?(?:councils|authorities|boroughs|counties|areas))\b",
    re.IGNORECASE,
)


def council_tags(found: Sequence[CouncilSpan], statements: Sequence[Statement]) -> tuple[CouncilTag, ...]:
    """One tag for each council found, in order of first mention, with its role and the reason in plain words."""
    reasons: dict[str, str] = {}
    for slug, reason in subjects(found, statements):
        reasons.setdefault(slug, reason)
    mentions: dict[str, list[CouncilSpan]] = {}
    for mention in found:
        mentions.setdefault(mention.slug, []).append(mention)
    return tuple(_council_tag(slug, named, reasons.get(slug)) for slug, named in mentions.items())


def _council_tag(slug: str, mentions: Sequence[CouncilSpan], reason: str | None) -> CouncilTag:
    role = Role.MENTIONED if reason is None else Role.SUBJECT
    why = f"{mentions[0].why}; {reason or 'no statement on a topic is about it'}"
    return CouncilTag(slug, role, tuple(mention.span for mention in mentions), why)


def subjects(found: Sequence[CouncilSpan], statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """Councils that a statement names, or means by "the council", "it", "all three" and the like, with the reason."""
    in_text = sorted(
        (mention for mention in found if not mention.span.in_title), key=lambda mention: mention.span.start
    )
    in_title = [mention for mention in found if mention.span.in_title]
    starts = [mention.span.start for mention in in_text]
    for statement in statements:
        sentence = statement.sentence
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        if first < last:
            named = dict.fromkeys(mention.slug for mention in in_text[first:last])
            yield from ((slug, f"named in a statement on {statement.topic}") for slug in named)
        else:
            meant = _meant(sentence, in_text, first, in_title[:1])
            yield from ((slug, f"meant in a statement on {statement.topic}") for slug in meant)


def _meant(sentence: Span, in_text: Sequence[CouncilSpan], end: int, in_title: Sequence[CouncilSpan]) -> list[str]:
    """The councils that words such as "both councils", "the county" or "it" stand for; `end` mentions come before."""
    if (counted := _COUNTED.search(sentence.text)) is not None:
        number = 2 if counted["both"] else _NUMBERS.index(counted["number"].lower()) + 2
        last = _last_slugs(in_text, end, number)
        return last if len(last) == number else []
    if not _STANDS_FOR.search(sentence.text):
        return []
    if (noun := _NOUN.search(sentence.text)) is not None:
        fitting = (slug for slug in _last_slugs(in_text, end, 4) if _is_a(noun["noun"].lower(), load_councils()[slug]))
        if (slug := next(fitting, None)) is not None:
            return [slug]
    slug = last_named([*in_text[max(0, end - 1) : end], *in_title], sentence)
    return [slug] if slug else []


def _last_slugs(in_text: Sequence[CouncilSpan], end: int, most: int) -> list[str]:
    """Up to `most` different councils named last before a place, the last one first."""
    slugs: dict[str, None] = {}
    for at in range(end - 1, -1, -1):
        slugs.setdefault(in_text[at].slug)
        if len(slugs) == most or end - at > 50 * most:
            break
    return list(slugs)


def _is_a(noun: str, council: Council) -> bool:
    """Whether a council may be called "the county", "the city" or "the borough"."""
    official = council.official_name.lower()
    if noun == "county":
        return council.type == "county" or "county" in official or "shire" in official
    return noun in official


def last_named(found: Sequence[CouncilSpan], sentence: Span) -> str | None:
    """The council named last before a sentence, else one of the headline, else None."""
    before = [mention for mention in found if not mention.span.in_title and mention.span.end <= sentence.start]
    in_title = [mention for mention in found if mention.span.in_title]
    if before:
        return max(before, key=lambda mention: mention.span.start).slug
    return in_title[0].slug if in_title else None
