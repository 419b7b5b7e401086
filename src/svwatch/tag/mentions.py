"""Where a text may name a council: every phrase of the gazetteer it holds, longest first, with what surrounds it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svwatch.gazetteer import Council
from svwatch.tag.names import Name, NameKind, all_names
from svwatch.tag.word_classes import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_WORD = re.compile(r"[A-Za-z]+")
_CAPITAL_WORD = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*")
_TOKEN = re.compile(r"'s(?![^\W_])|[^\W_]+(?:&[^\W_]+|'(?!s(?![^\W_]))[^\W_]+)*|.", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DESIGNATOR = re.compile(
    r"\s+(?:(?P<rank>(?i:county|city|(?:metropolitan |london )?borough|(?:metropolitan )?district|town|parish|unitary))\s+)?"
    r"(?:(?i:council|corporation|authority|local authority)(?![A-Za-z])"
    r"(?!\s+(?:tax|tenants?|houses?|housing|homes?|estates?|flats?|workers|bin)\b)|(?P<initials>MBC|BC|MDC|CC)(?![A-Za-z]))"
)
_BOROUGH_OF = re.compile(r"\b(?:(?i:(?:london |royal |metropolitan )?borough of )|LB |RB )$")
_PART_BEFORE = re.compile(r"\b(?:North|South|East|West|Mid|New|Greater|NORTH|SOUTH|EAST|WEST|MID|NEW|GREATER)[- ]$")
_PART_BEHIND = re.compile(
    r"-(?:under|by|le|near|in|on|upon|next)-| (?:under|upon|by|in|on|le)[- ](?:Lyme|Avon|Ashfield|Bow|Sea|Street)\b"
)
_TITLES = word_classes().lists["titles"]
_OFFICES = word_classes().lists["offices"]
_OTHER_BODIES = word_classes().lists["other_bodies"]
_ABROAD = word_classes().lists["abroad"]
_PIECE = 20_000
"""Longest piece of one sentence that is tokenised at once, in characters."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase that may name a council: characters ``[start, end)`` of the plain text, tokens ``[first, last)`` of
    its sentence's `doc`.

    `rank` says what stands behind the name (or before it, in "borough of"): None nothing, ``""`` a plain "council", else
    "county", "city", ...; the span includes those words. `is_part` says that the name is a piece of a longer place name:
    "South Norfolk", "Newcastle-under-Lyme".
    """

    slug: str
    name: Name
    start: int
    end: int
    sentence: int
    doc: "Doc"
    first: int
    last: int
    rank: str | None
    is_part: bool


class MentionFinder:
    """Finds the gazetteer's phrases with spaCy's tokeniser and PhraseMatcher; made once, used for many texts.

    spaCy is loaded when a text first holds a word of some council's name: most general news never needs it.
    """

    def __init__(self, councils: Sequence[Council]) -> None:
        self.councils = {council.slug: council for council in councils}
        self._names = {name.phrase: name for name in all_names(councils)}
        keys = {max(_WORD.findall(phrase), key=len) for phrase in self._names}
        self._keys = frozenset(form for key in keys for form in (key, key.capitalize(), key.upper()))
        self._matching: _Matching | None = None

    def find(self, text: str, cuts: Sequence[tuple[int, int]]) -> list[Mention]:
        """Every mention in a plain text, given its sentences; longest phrase wins, in order of appearance."""
        starts = [start for start, _ in cuts]
        hits = [word.start() for word in _CAPITAL_WORD.finditer(text) if word[0] in self._keys]
        numbers = dict.fromkeys(bisect_right(starts, hit) - 1 for hit in hits)
        return [
            mention
            for number in numbers
            if number >= 0
            for start, end in _pieces(text, *cuts[number])
            for mention in self._in_piece(text[start:end], start, number)
        ]

    def _in_piece(self, piece: str, offset: int, number: int) -> Iterator[Mention]:
        self._matching = self._matching or _Matching(self._names)
        doc, spans = self._matching(piece)
        for span in spans:
            name = self._names[span.label_]
            start, rank, end = _designated(piece, span.start_char, span.end_char)
            is_part = _is_part(piece, span.start_char, span.end_char)
            parts = name.parts or ((0, len(name.phrase)),)
            for slug, (part_start, part_end) in zip(name.slugs, parts, strict=True):
                first = span.start_char + part_start if part_start else start
                last = end if part_end == len(name.phrase) else span.start_char + part_end
                yield Mention(
                    slug, name, offset + first, offset + last, number, doc, span.start, span.end, rank, is_part
                )


class _Matching:
    """spaCy's matcher of phrases over our own tokens; loading spaCy takes most of a second."""

    def __init__(self, names: dict[str, Name]) -> None:
        from spacy.attrs import LOWER
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

        self._names = names
        self._vocab = Vocab(lex_attr_getters={LOWER: str.lower})
        self._matcher = PhraseMatcher(self._vocab, attr="LOWER")
        for phrase in names:
            self._matcher.add(phrase, [self._doc(phrase)])

    def __call__(self, piece: str) -> tuple["Doc", list["Span"]]:
        """The tokens of a piece of text, and the longest phrases written in it as names, in order."""
        from spacy.util import filter_spans

        doc = self._doc(_SURROGATE.sub("\ufffd", piece))
        found = self._matcher(doc, as_spans=True)
        written = [span for span in found if _is_capital(span.text, self._names[span.label_])]
        return doc, sorted(filter_spans(written), key=lambda span: span.start)

    def _doc(self, text: str) -> "Doc":
        from spacy.tokens import Doc

        words, spaces = tokens_of(text)
        return Doc(self._vocab, words=words, spaces=spaces)


def tokens_of(text: str) -> tuple[list[str], list[bool]]:
    """Words and signs, and whether one space follows each; together they spell the text. Linear, whatever it holds.

    spaCy's own tokeniser takes quadratic time on a long run of quotation marks or brackets.
    """
    words: list[str] = []
    spaces: list[bool] = []
    for written in _TOKEN.findall(text):
        if written == " " and spaces and not spaces[-1]:
            spaces[-1] = True
        else:
            words.append(written)
            spaces.append(False)
    return words, spaces


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of it cut at a space where it is endless."""
    while end - start > _PIECE:
        cut = text.rfind(" ", start, start + _PIECE)
        cut = start + _PIECE if cut <= start else cut
        yield start, cut
        start = cut
    yield start, end


def _is_capital(text: str, name: Name) -> bool:
    """Whether a phrase is written as a name: "Bury", "BURY", "Bath And North East Somerset", but not "bury"."""
    pairs = zip(_WORD.findall(text), _WORD.findall(name.phrase), strict=False)
    return all(written[:1].isupper() for written, known in pairs if known[:1].isupper())


def _designated(sentence: str, start: int, end: int) -> tuple[int, str | None, int]:
    """Where a name with its rank starts, the rank ("County Council" -> "county", "borough of"), and where it ends."""
    behind = _DESIGNATOR.match(sentence, end)
    if behind is not None:
        rank = "cc" if behind["initials"] == "CC" else (behind["rank"] or "").lower()
        return start, rank, behind.end()
    before = _BOROUGH_OF.search(sentence, max(0, start - 30), start)
    return (start, None, end) if before is None else (before.start(), "borough", end)


def _is_part(sentence: str, start: int, end: int) -> bool:
    before = _PART_BEFORE.search(sentence, max(0, start - 8), start)
    return before is not None or _PART_BEHIND.match(sentence, end) is not None


def is_rank_of(mention: Mention, council: Council) -> bool | None:
    """Whether the rank behind a name is one this authority bears: "Cambridge City Council" is not Cambridgeshire.

    None where no rank stands there, so that the surroundings must decide.
    """
    kind, rank = mention.name.kind, mention.rank
    if rank == "cc":
        return True if council.type == "county" and kind is not NameKind.LOOSE else None
    if mention.is_part and kind in (NameKind.BARE, NameKind.LOOSE):
        return False
    if kind is NameKind.FULL:
        return None if _is_longer_name(mention) else True
    if rank is None or (rank == "" and kind is NameKind.LOOSE):
        return None
    if rank in ("", "unitary"):
        return True
    if rank in ("town", "parish"):
        return False
    return _bears(rank, council, is_own_name=kind is not NameKind.LOOSE)


def _bears(rank: str, council: Council, *, is_own_name: bool) -> bool:
    borne = council.official_name.lower()
    if rank == "borough":
        return "borough" in borne or (is_own_name and council.type not in ("county",) and "city" not in borne)
    if rank == "county":
        return "county" in borne or (is_own_name and council.type in ("county", "unitary") and "shire" in borne)
    return rank.split()[-1] in borne


def _is_longer_name(mention: Mention) -> bool:
    """Whether a full name without "council" goes on: "City of Bristol College"."""
    if mention.last >= len(mention.doc) or mention.name.phrase.endswith(("Council", "Corporation")):
        return False
    return mention.doc[mention.last].text[:1].isupper()


def settled(mention: Mention, council: Council) -> bool | None:
    """What the name itself, its rank and the word beside it settle: council, none, or None where surroundings decide."""
    verdict = is_rank_of(mention, council)
    if verdict is not None:
        return verdict
    return False if mention.rank is None and _names_another_thing(mention) else None


def _names_another_thing(mention: Mention) -> bool:
    """Whether the words beside it say so: "Mr Kent", "MP for Bolton", "Essex Police", "Camden, New Jersey"."""
    doc, first, last = mention.doc, mention.first, mention.last
    left = [token.text.lower().rstrip(".") for token in doc[max(0, first - 4) : first]]
    right = [token.text for token in doc[last : last + 3]]
    if mention.name.kind in (NameKind.BARE, NameKind.LOOSE) and left[-1:] and left[-1] in _TITLES:
        return True
    if _is_of_an_office(left) or (left[-1:] == [","] and _is_of_an_office(left[:-2])):
        return True
    if right[:1] and right[0] in _OTHER_BODIES:
        return True
    return right[:1] == [","] and not _ABROAD.isdisjoint(right[1:])


def _is_of_an_office(left: Sequence[str]) -> bool:
    """Whether the words before a name, or before the town that it follows ("MP for Richmond, ..."), are "MP for"."""
    return len(left) >= 2 and left[-2] in _OFFICES and left[-1] in ("of", "for")
