"""Where a text may name a council: every phrase of the gazetteer it holds, longest first, with what surrounds it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from spacy.lang.en import English
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import filter_spans

from svwatch.gazetteer import Council
from svwatch.tag.names import Name, NameKind, all_names

_WORD = re.compile(r"[A-Za-z]+")
_DESIGNATOR = re.compile(
    r"\s+(?:(?P<rank>county|city|borough|metropolitan borough|metropolitan district|district|town|parish|unitary)\s+)?"
    r"(?:council|corporation|authority|local authority)(?=[^a-z]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase that may name a council: characters ``[start, end)`` of the plain text, tokens ``[first, last)`` of
    its sentence's `doc`.

    `rank` says what stands behind the name: None nothing, ``""`` a plain "council", else "county", "city", ...;
    `end` includes those words.
    """

    slug: str
    name: Name
    start: int
    end: int
    sentence: int
    doc: Doc
    first: int
    last: int
    rank: str | None


class MentionFinder:
    """Finds the gazetteer's phrases with spaCy's tokeniser and PhraseMatcher; made once, used for many texts."""

    def __init__(self, councils: Sequence[Council]) -> None:
        self.councils = {council.slug: council for council in councils}
        self._nlp = English()
        infixes = (*self._nlp.Defaults.infixes, r"(?<=[A-Za-z])/(?=[A-Za-z])")
        tokenizer = cast("Tokenizer", self._nlp.tokenizer)
        tokenizer.infix_finditer = re.compile("|".join(infixes)).finditer
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._names = {name.phrase.lower(): name for name in all_names(councils)}
        for lower, name in self._names.items():
            self._matcher.add(lower, [self._nlp.make_doc(name.phrase)])
        starts = {found[0] for name in self._names.values() if (found := _WORD.search(name.phrase))}
        self._first_words = frozenset(word for start in starts for word in (start, start.capitalize(), start.upper()))

    def find(self, text: str, cuts: Sequence[tuple[int, int]]) -> list[Mention]:
        """Every mention in a plain text, given its sentences; longest phrase wins, in order of appearance."""
        found: list[Mention] = []
        for number, (start, end) in enumerate(cuts):
            sentence = text[start:end]
            if self._first_words.isdisjoint(_WORD.findall(sentence)):
                continue
            found += self._in_sentence(sentence, start, number)
        return found

    def _in_sentence(self, sentence: str, offset: int, number: int) -> Iterator[Mention]:
        doc = self._nlp.make_doc(sentence)
        found = [span for span in self._matcher(doc, as_spans=True) if _is_capital(span.text, self._names[span.label_])]
        for span in sorted(filter_spans(found), key=lambda span: span.start):
            name = self._names[span.label_]
            rank, end = _designated(sentence, span.end_char)
            parts = name.parts or ((0, len(name.phrase)),)
            for slug, (part_start, part_end) in zip(name.slugs, parts, strict=True):
                is_last = part_end == len(name.phrase)
                yield Mention(
                    slug,
                    name,
                    offset + span.start_char + part_start,
                    offset + (end if is_last else span.start_char + part_end),
                    number,
                    doc,
                    span.start,
                    span.end,
                    rank,
                )


def _is_capital(text: str, name: Name) -> bool:
    """Whether a phrase is written as a name: "Bury", "BURY", "Bath And North East Somerset", but not "bury"."""
    return all(
        written[:1].isupper() for written, known in zip(text.split(), name.phrase.split(), strict=False) if known[:1].isupper()
    )


def _designated(sentence: str, end: int) -> tuple[str | None, int]:
    """The rank behind a name that ends at `end` ("County Council" -> "county"), and where those words end."""
    found = _DESIGNATOR.match(sentence, end)
    return (None, end) if found is None else ((found["rank"] or "").lower(), found.end())


def is_rank_of(mention: Mention, council: Council) -> bool | None:
    """Whether the rank behind a name is one this authority bears: "Cambridge City Council" is not Cambridgeshire.

    None where no rank stands there, so that the surroundings must decide.
    """
    if mention.name.kind is NameKind.FULL:
        return True
    if mention.rank is None or (mention.rank == "" and mention.name.kind is NameKind.LOOSE):
        return None
    if mention.rank in ("", "unitary"):
        return True
    if mention.rank in ("town", "parish"):
        return False
    is_own_name = mention.name.kind is not NameKind.LOOSE
    borne = council.official_name.lower()
    if mention.rank == "borough":
        is_city = "city" in borne
        return "borough" in borne or council.type == "london borough" or (is_own_name and not is_city)
    if mention.rank == "county":
        return "county" in borne or (is_own_name and council.type in ("county", "unitary") and "shire" in borne)
    return mention.rank.split()[-1] in borne
