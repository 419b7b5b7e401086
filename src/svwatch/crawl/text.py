"""Plain text out of what feeds put into titles, summaries and names; bounded, whatever the text."""

import re
from html import unescape

MAX_TITLE_CHARACTERS = 2048
MAX_SUMMARY_CHARACTERS = 20_000
MAX_SUMMARY_HTML_CHARACTERS = 200_000

# Tags and scripts are cut out in one pass each, with patterns that never look at a character twice: an HTML parser
# takes seconds over 40,000 nested tags.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"<(?=/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|figure|figcaption)\b)", re.IGNORECASE)
_CODE = re.compile(r"<(?=/?(?:script|style)\b)", re.IGNORECASE)

_C1_BYTES = {chr(code): bytes([code]) for code in range(0x80, 0xA0)}
_CP1252_BYTES = {bytes([code]).decode("cp1252", "ignore"): bytes([code]) for code in range(0x80, 0x100)}
_BYTES = {**{chr(code): bytes([code]) for code in range(0x80)}, **_C1_BYTES, **_CP1252_BYTES}


def plain_title(raw: str) -> str:
    """A title without tags or entities, however often it was escaped, in one line.

    Two rounds undo what feeds do; a third would undo what a headline means to say (``the &lt;b&gt; tag``).
    """
    text = repaired(raw[:MAX_TITLE_CHARACTERS])
    for _ in range(2):
        text = unescape(_TAG.sub("", text))
    return _one_line(_TAG.sub("", text))


def plain_text(html: str) -> str:
    """The text of a summary, in one line; blocks are kept apart by a space."""
    bare = _without_code(_without_comments(html[:MAX_SUMMARY_HTML_CHARACTERS]))
    text = unescape(_TAG.sub("", _BLOCK.sub(" <", bare)))
    return _one_line(repaired(unescape(text)))[:MAX_SUMMARY_CHARACTERS]


def plain_name(raw: str) -> str | None:
    """An author's name; None where there is none, or only a mail address."""
    name = plain_title(raw)
    return None if not name or ("@" in name and " " not in name) else name


def repaired(text: str) -> str:
    """Text that was UTF-8 read as Windows-1252 and saved again ("Councilâ€™s"), put right; all else as it is.

    Only a clean round trip counts: one character that Windows-1252 lacks, or one byte out of place, and the text
    stays as it came.
    """
    if not any(sign in text for sign in "âÃÂ"):
        return text
    try:
        return b"".join(_BYTES[character] for character in text).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return text


def _without_comments(html: str) -> str:
    """HTML without comments; one that is never closed takes the rest with it, as it does in a browser."""
    first, *rest = html.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def _without_code(html: str) -> str:
    """HTML without the contents of scripts and style sheets."""
    first, *rest = _CODE.split(html)
    return first + "".join(f"<{part}" for part in rest if part.startswith("/"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
