"""Which councils a happening concerns: those its clause names, or the ones an earlier sentence was about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svwatch.gazetteer import Council, load_councils
from svwatch.records import Scalar
from svwatch.tag.amounts import whole_number
from svwatch.tag.events.reading import Draft, Named, Sentence, Story

_COUNT = (
    r"((?<![£\d.,])\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"twenty|thirty(?:-\w+)?|forty|fifty(?:-\w+)?)"
)
_COUNTED = re.compile(
    rf"\b{_COUNT}(?: [\w-]+){{0,3}}? (?:councils|authorities|areas(?! of| inspected)|town halls|of the (?:five|"
    rf"councils|authorities)|of them)\b"
    rf"|\b{_COUNT} of the (?:five|\w+ councils|councils|authorities|first)\b",
)
_ALL_OF_THEM = re.compile(
    rf"\b(?:both|all|the|those|these|each of the) {_COUNT}(?: (?:councils|authorities|areas))?\b"
    r"|\b(?P<both>both (?:councils|authorities|areas|boroughs|counties|deals|agreements)|the two (?:councils|"
    r"authorities)|both)\b"
)
_EVERYONE = re.compile(
    r"\b(?:councils|authorities|local authorities|town halls|nationally|across (?:england|the country)|"
    r"england's councils)\b"
)
_BACK = re.compile(
    r"\b(?:the|this|that|our|its|their) (?:council|authority|county|borough|city|unitary|area|partnership|"
    r"local area|town hall|conurbation|town)\b"
    r"|\b(?:it|its|we|our|they|their|the council's|county hall|city hall|shirehall|town hall)\b"
)
_RANK = re.compile(r"\bthe (county|borough|city)\b")
_ASIDE = re.compile(
    r"\b(?:neighbour(?:s|ing)?|nearby|next[- ]door|unlike|like|elsewhere|compared with|by contrast|along the coast|"
    r"across the)"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:against|v|vs|sued?|suing|took|taken|taking|take on|challenge|challenged|challenging|overturn)\b"
)


@dataclass(frozen=True, slots=True)
class Concerned:
    """The councils by slug, in the order named; where none is named, how many there are (None: not said)."""

    slugs: tuple[str, ...]
    count: int | None = None

    def values(self) -> dict[str, Scalar]:
        """The event fields that say whom it concerns where no council is named."""
        if self.slugs:
            return {}
        national: dict[str, Scalar] = {"national": True}
        return national | ({"n_councils": self.count} if self.count else {})


def concerned(draft: Draft, sentence: Sentence, story: Story) -> Concerned:
    """Whom a draft concerns: its own councils, its clause's, its sentence's, a count, or an earlier sentence's."""
    if draft.councils is not None:
        return Concerned(draft.councils)
    clause = sentence.clause(draft.start)
    inside = _group_of(draft, sentence, clause)
    if inside:
        return Concerned(_slugs(inside))
    counted = _counted(sentence, clause, story)
    if counted:
        return counted
    if sentence.groups:
        return Concerned(_slugs(_nearest_group(draft.start, sentence.groups)))
    counted = _counted(sentence, (0, len(sentence.text)), story)
    if counted:
        return counted
    is_general = bool(_EVERYONE.search(sentence.lower)) and not _BACK.search(sentence.lower)
    return Concerned(()) if is_general else Concerned(_earlier(sentence, story))


def _slugs(group: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named.slug for named in group))


def _group_of(draft: Draft, sentence: Sentence, clause: tuple[int, int]) -> Sequence[Named] | None:
    inside = [group for group in sentence.groups if clause[0] <= group[0].start < clause[1]]
    if draft.kind == "judicial_review" and len(sentence.named) > 1:
        accused = [
            named for named in sentence.named if _AGAINST.search(sentence.lower, max(0, named.start - 35), named.start)
        ]
        if accused:
            return accused
    return _nearest_group(draft.start, inside) if inside else None


def _nearest_group(at: int, groups: Sequence[tuple[Named, ...]]) -> tuple[Named, ...]:
    """The nearest list of councils ahead of an offset, which is mostly the subject; else the first one behind it."""
    ahead = [group for group in groups if group[0].start <= at]
    return ahead[-1] if ahead else groups[0]


def _counted(sentence: Sentence, part: tuple[int, int], story: Story) -> Concerned | None:
    """Councils that are counted and not named: the ones a neighbouring sentence lists, if it lists as many."""
    found = _COUNTED.search(sentence.lower, *part)
    both = _ALL_OF_THEM.search(sentence.lower, *part)
    if found is None and both is None:
        return None
    if both and both["both"]:
        slugs = _listed(2, sentence, story) or _last_two(sentence, story)
        return Concerned(slugs) if slugs else None
    match = found or both
    count = whole_number(next((text for text in match.groups() if text), "")) if match else None
    if not count or count < 2:
        return None
    slugs = _listed(count, sentence, story)
    if slugs and not re.search(r"\bof the\b|\bother\b|\bmore\b|\bfurther\b", match[0] if match else ""):
        return Concerned(slugs)
    return Concerned((), count) if found else None


def _listed(count: int, sentence: Sentence, story: Story) -> tuple[str, ...]:
    """The list of so many councils that stands nearest before, or in one of the next two sentences."""
    for other in (*story.named_before(sentence), *story.sentences[sentence.number + 1 : sentence.number + 3]):
        for group in other.groups:
            if len(_slugs(group)) == count:
                return _slugs(group)
    return ()


def _last_two(sentence: Sentence, story: Story) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for named in _backwards(sentence, story):
        found.setdefault(named.slug)
        if len(found) == 2:
            return tuple(reversed(found))
    return ()


def _backwards(sentence: Sentence, story: Story) -> Iterator[Named]:
    for other in story.named_before(sentence):
        yield from reversed(other.named)
    yield from reversed(story.title_named)


def _earlier(sentence: Sentence, story: Story) -> tuple[str, ...]:
    """The subject of the nearest earlier sentence that names councils, of the rank spoken of; else the title's."""
    rank = _RANK.search(sentence.lower)
    for other in story.named_before(sentence):
        for group in _subjects_first(other):
            if rank is None or all(_bears(named.slug, rank[1]) for named in group):
                return _slugs(group)
    title = _slugs(story.title_named)
    if title:
        return title
    following = story.named_after(sentence)
    return _slugs(following.groups[0]) if following else ()


def _subjects_first(sentence: Sentence) -> list[tuple[Named, ...]]:
    """The groups of a sentence, those named only in passing ("neighbouring Kent") last."""
    return sorted(
        sentence.groups,
        key=lambda group: bool(_ASIDE.search(sentence.text[max(0, group[0].start - 40) : group[0].start])),
    )


def _bears(slug: str, rank: str) -> bool:
    council: Council | None = load_councils().get(slug)
    if council is None:
        return True
    if rank == "county":
        return council.type == "county" or (
            council.type == "unitary" and not re.search(r"\b(?:City|Borough)\b", council.official_name)
        )
    if rank == "city":
        return "city" in council.official_name.lower() or council.type not in ("county", "london borough")
    return council.type != "county"
