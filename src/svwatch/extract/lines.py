"""Removes from extracted lines what is not the article: headline, labels, prompts, captions, credits, end matter.

A rule names wording that furniture uses and sentences of an article do not; each looks at one line. English only: in
another language a line stays.
"""

import re
from collections.abc import Sequence

from svwatch.extract.phrases import CAPTIONS, ENDS, LABELS, PROMPTS, any_of
from svwatch.records import Rules

HEAD_LINES = 6
NOTE_LINES = 2
PROMPT_CHARACTERS = 330
CAPTION_CHARACTERS = 300
TAIL_SHARE = 0.25
MARKER_CHARACTERS = 100

_TRAILING = r"[.:!…>»\s]*"
_LABEL = any_of(LABELS, after=_TRAILING)
_END = any_of(ENDS, after=_TRAILING)
_PROMPT = any_of(PROMPTS, before=r"[-*•>→▶\s]*")
_CAPTION = any_of(CAPTIONS)
_NAME = r"[A-Z][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?i:by|words by|reporter|author):? {_NAME}(?:(?:,| and| &)? {_NAME}){{0,7}}(?:[,|] .{{1,50}})?(?<!\.)"
)
_DATE_LINE = re.compile(
    r"(?:published |updated |posted |on )*:? ?(?:\w{3,9}day,? )?"
    r"(?:\d{1,2}(?:st|nd|rd|th)? \w{3,9},? \d{4}|\w{3,9} \d{1,2},? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})"
    r"(?:[,| at–-]*\d{1,2}[:.]\d{2}(?: ?[ap]m)?)?(?: ?(?:gmt|bst|utc))?",
    re.IGNORECASE,
)
_BIO = re.compile(
    rf"{_NAME}(?: {_NAME}){{0,4}} (?:(?:is|are) (?:an?|the|our)\b.{{0,80}}\b"
    r"(?:reporter|correspondent|editor|journalist|columnist|author|writer|researcher|lecturer|professor|consultant|solicitor|barrister|freelance|fellow)\b"
    r"|(?:covers|writes|reports) (?:for|on|about)?\b)"
)
# A note set above an old article tells of something later than the article does.
_UPDATE_NOTE = re.compile(r"update(?:d)?(?:[ ,(]+\d.{0,25}?)?\)?:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W_]+")


def article_lines(
    lines: Sequence[str], headlines: Sequence[str], rules: Rules, site_names: Sequence[str] = ()
) -> list[str]:
    """The lines that belong to the article, in order and each with white space collapsed.

    Args:
        lines: what extraction gave, a paragraph, heading or list item a line.
        headlines: what stands above the article (title as entry and page give it, author); a line that only
            repeats one is dropped.
        rules: the source's own; the text stops at a line that starts with one of `rules.end`.
        site_names: how the site calls itself; "<name>: ..." is how some papers open a caption.
    """
    texts = [" ".join(line.removeprefix("- ").split()) for line in lines]
    texts = _before(rules.end, [text for text in texts if text])
    titles = {key for key in map(_key, headlines) if key}
    texts = [text for i, text in enumerate(texts) if not _repeats_title(text, titles, i < HEAD_LINES)]
    texts = [text for i, text in enumerate(texts) if i >= NOTE_LINES or not _UPDATE_NOTE.match(text)]
    names = {name for name in map(_squeezed, site_names) if len(name) >= 4}
    texts = _before_end([text for text in texts if not is_furniture(text) and not _opens_with(names, text)])
    return _without_bios(_once(texts))


def is_furniture(line: str) -> bool:
    """Whether a line, by itself, is a label, a prompt, a caption or credit, a byline or a date."""
    if _LABEL.fullmatch(line) or _BYLINE.fullmatch(line) or _DATE_LINE.fullmatch(line):
        return True
    if len(line) <= PROMPT_CHARACTERS and _PROMPT.match(line):
        return True
    return len(line) <= CAPTION_CHARACTERS and _CAPTION.match(line) is not None


def _opens_with(names: set[str], line: str) -> bool:
    """Whether a line is "<paper>:" with or without a caption after it; alone, the last word of the name will do."""
    name, colon, caption = line[:60].partition(":")
    if not colon or len(line) > CAPTION_CHARACTERS:
        return False
    squeezed = _squeezed(name)
    return squeezed in names or (not caption and len(squeezed) >= 4 and any(own.endswith(squeezed) for own in names))


def _squeezed(name: str) -> str:
    return "".join(_WORD.findall(name.lower()))


def _key(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _repeats_title(line: str, titles: set[str], is_head: bool) -> bool:
    """Whether a line is a title or, among the first lines, one cut or lengthened by a few words."""
    if not titles or len(line) > PROMPT_CHARACTERS:
        return False
    key = _key(line)
    if key in titles:
        return True
    return is_head and any(_is_most_of(*sorted((key, title), key=len)) for title in titles)


def _is_most_of(shorter: str, longer: str) -> bool:
    return shorter in longer and len(shorter) > 0.7 * len(longer)


def _before(ends: Sequence[str], lines: list[str]) -> list[str]:
    markers = tuple(" ".join(end.lower().split()) for end in ends if end.strip())
    if not markers:
        return lines
    stop = next((i for i, line in enumerate(lines) if line.lower().startswith(markers)), len(lines))
    return lines[:stop]


def _before_end(lines: list[str]) -> list[str]:
    """Cut at the first end marker that has most of the text before it.

    A marker among the text goes with the headlines under it: all lines up to the next that is a sentence.
    """
    total = sum(map(len, lines))
    seen = 0
    in_teasers = False
    kept: list[str] = []
    for line in lines:
        seen += len(line)
        if len(line) <= MARKER_CHARACTERS and _END.fullmatch(line):
            if total - seen <= TAIL_SHARE * total:
                break
            in_teasers = True
        elif not in_teasers or _SENTENCE_END.search(line):
            in_teasers = False
            kept.append(line)
    return kept


def _once(lines: list[str]) -> list[str]:
    """Each long line once: a standfirst, caption or quotation that is printed again is dropped."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in lines:
        key = _key(line)
        if len(key) > 30 and key in seen:
            continue
        seen.add(key)
        kept.append(line)
    return kept


def _without_bios(lines: list[str]) -> list[str]:
    """Take trailing lines about the writer, and a bare heading above nothing, off the end."""
    kept = list(lines)
    while len(kept) > 3 and (_BIO.match(kept[-1]) or _is_bare_heading(kept[-1], kept[-2])):
        kept.pop()
    return kept


def _is_bare_heading(line: str, before: str) -> bool:
    return len(line) < 60 and not _SENTENCE_END.search(line) and _SENTENCE_END.search(before) is not None
