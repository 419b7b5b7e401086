"""Text as the tagger reads it: one spelling for look-alike characters, and sentences; offsets always of the original."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "
        ),
        "\uff06": "&",
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),  # a lone surrogate, which UTF-8 cannot carry
    }
)
_MARKS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u0300-\u036f"
_UNSEEN = re.compile(f"[ {_MARKS}]{{2,}}|[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in one spelling, and for each of its characters the offset in the original (None: the same)."""

    text: str
    offsets: Sequence[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original's ``[start, end)`` for a span of the plain text."""
        if self.offsets is None or start >= end:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def plain(text: str) -> Plain:
    """Straighten quotes, dashes and spaces; leave out zero-width, bidi and combining marks and repeated spaces.

    A precomposed letter keeps its accent; linear in the length of `text`.
    """
    same_length = text.translate(_SAME_LENGTH)
    if not _UNSEEN.search(same_length):
        return Plain(same_length, None)
    kept: list[str] = []
    offsets: list[int] = []
    position = 0
    for unseen in _UNSEEN.finditer(same_length):
        kept.append(same_length[position : unseen.start()])
        offsets.extend(range(position, unseen.start()))
        space = unseen[0].find(" ")
        if space >= 0:
            kept.append(" ")
            offsets.append(unseen.start() + space)
        position = unseen.end()
    kept.append(same_length[position:])
    offsets.extend(range(position, len(same_length)))
    return Plain("".join(kept), offsets)


_END = re.compile(r"""(?<![.!?\u2026])[.!?\u2026]++['")\]]*+(?=\s|$)|\n+""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Cllr|Sir|St|Sgt|Lt|Col|Gen|Jr|Sr|No|Nos|vs?|cf|ca|etc|eg|ie|e\.g|i\.e|approx|para|paras"
    r"|Ltd|Inc|Co|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])|\b[ap]\.m)\.$"
)
_OPENS = re.compile(r"""\s*['"(\[]*[A-Z0-9\u00a3]""")
_CONTINUES = re.compile(r"\s*[a-z]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets ``[start, end)`` of the sentences of a plain text, without the white space around them.

    A line break ends a sentence; a full stop after an abbreviation, an initial or before a small letter does not.
    """
    return [trimmed for start, end in _cut(text) if (trimmed := _trim(text, start, end))[0] < trimmed[1]]


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _END.finditer(text):
        if mark[0][0] != "\n" and not _ends_sentence(text, mark.start(), mark.end()):
            continue
        yield start, mark.end()
        start = mark.end()
    yield start, len(text)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if _CONTINUES.match(text, end):
        return False
    if text[start] != "." or end - start > 1:
        return True
    before = text[max(0, start - 8) : start + 1]
    found = _ABBREVIATION.search(before)
    if found is None:
        return True
    is_unit = found[0] in ("a.m.", "p.m.", "etc.", "Ltd.", "Inc.", "Co.")
    return is_unit and _OPENS.match(text, end) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentence_at(cuts: Sequence[tuple[int, int]], offset: int) -> int:
    """Index of the sentence that holds `offset` (or the last one before it)."""
    return max(0, bisect_right(cuts, (offset, 2**62)) - 1)
