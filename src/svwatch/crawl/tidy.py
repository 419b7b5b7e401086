"""A feed's bytes made safe and well-formed: decoded once, without DTD, every short field cut before any regex sees it.

feedparser recovers what is broken with regular expressions, some of them quadratic (its author pattern takes 4.8 s on
32 KB). libxml2 recovers in linear time, so it goes first, and feedparser only ever sees small, well-formed XML.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from svwatch.errors import FeedError

MAX_ENTRIES = 500
MAX_ELEMENTS = 200_000
MAX_MARKS = 800_000
MAX_CHILDREN = 100
MAX_ATTRIBUTES = 50
MAX_FIELD_CHARACTERS = 1024
MAX_NAME_WORD_CHARACTERS = 64

_ENTRY_NAMES = frozenset({"item", "entry"})
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_LONG_FIELDS = frozenset({"title", "description", "summary", "content", "encoded", "body", "fullitem", "abstract"})
_NAME_FIELDS = frozenset(
    {"author", "creator", "name", "email", "managingEditor", "webMaster", "publisher", "contributor", "owner"}
)
_LINK_FIELDS = frozenset({"link", "guid", "id"})
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_USUAL_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
# Maps, podcasts, pictures and licences: nothing we keep, and feedparser stumbles over broken coordinates.
_UNUSED = tuple(
    f"{{{space}}}*"
    for space in (
        "http://www.georss.org/georss",
        "http://www.opengis.net/gml",
        "http://podlove.org/simple-chapters",
        "http://podlove.org/simple-chapters/",
        "http://search.yahoo.com/mrss",
        "http://search.yahoo.com/mrss/",
        "http://backend.userland.com/creativeCommonsRssModule",
    )
)
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9_]")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class TidyFeed:
    """Well-formed UTF-8 XML, and in plain words what had to be done to it."""

    xml: bytes
    is_feed: bool
    root: str
    problems: tuple[str, ...]


def tidy_feed(body: bytes, charset: str | None) -> TidyFeed:
    """Make a feed's bytes safe to parse.

    Args:
        body: as fetched.
        charset: what the HTTP header says, which is believed last.

    Raises:
        FeedError: a DTD declares entities, there are too many elements, or there is no XML at all.
    """
    problems: list[str] = []
    text = _decode(body, charset, problems)
    _require_readable_in_time(text)
    text = _without_doctype(_from_declaration(_clean(text, problems)))
    root, is_whole = _parse(_with_known_entities(text) if "&" in text else text)
    if not is_whole:
        problems.append("the feed is not well-formed XML; what could be read was kept")
        _drop_cut_entry(root, text)
    _trim(root, problems)
    name = _local_name(root)
    return TidyFeed(etree.tostring(root, encoding="utf-8"), name.lower() in _FEED_ROOTS, name, tuple(problems))


def _require_readable_in_time(text: str) -> None:
    """Refuse a feed of little but marks: feedparser takes 1 s over 500,000 line ends, signs or entities.

    A full 8 MiB of articles has about 600,000.
    """
    if sum(text.count(mark) for mark in "<&\n") > MAX_MARKS:
        raise FeedError("the feed is mostly tags, entities or blank lines; ask the publisher")


# --- bytes to text ------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_LATIN = frozenset({"iso8859-1", "ascii", "iso8859-15"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"&#(?:x([0-9a-fA-F]{1,7})|([0-9]{1,7}));")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _decode(body: bytes, charset: str | None, problems: list[str]) -> str:
    """Text from bytes: a byte order mark first, then UTF-8 if it is that, and only then what is declared."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return _decode_leniently(body[len(mark) :], encoding, problems)
    for start, encoding in _BARE_WIDE:
        if body.lstrip(b"\r\n\t ").startswith(start) or body.startswith(start):
            return _decode_leniently(body, encoding, problems)
    declared = _DECLARED.match(body)
    named = [declared[1].decode("ascii") if declared else None, charset]
    for encoding in ("utf-8", *filter(None, map(_codec_name, named))):
        try:
            text = body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding == "utf-8" and "\x1b" in text:  # ISO-2022 is plain ASCII to look at
            continue
        return text
    return _decode_leniently(body, "utf-8", problems)


def _decode_leniently(body: bytes, encoding: str, problems: list[str]) -> str:
    try:
        return body.decode(encoding)
    except UnicodeError:
        problems.append("some bytes are not in the feed's own encoding; they were read as Windows-1252 or replaced")
        return body.decode(encoding, "svwatch-cp1252" if encoding == "utf-8" else "replace")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is not UTF-8 as what editors paste (curly quotes); a surrogate becomes a mark of its own."""
    assert isinstance(error, UnicodeDecodeError)
    if _SURROGATE.match(error.object, error.start):
        return "\ufffd", error.start + 3
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("svwatch-cp1252", _as_cp1252)


def _codec_name(declared: str | None) -> str | None:
    """Python's codec for a declared encoding; Latin-1 is read as its superset Windows-1252, as browsers do."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name in _LATIN:
        return "cp1252"
    return None if name in ("utf-7", "idna", "punycode") or name.startswith(("utf-16", "utf-32")) else name


def _clean(text: str, problems: list[str]) -> str:
    """Text without the characters XML forbids, written plainly or by number."""
    cleaned = _NUMBER.sub(_legal_number, _ILLEGAL.sub("", text))
    if len(cleaned) != len(text):
        problems.append("characters that XML forbids (NUL, control characters, surrogates) were taken out")
    return cleaned


def _legal_number(number: re.Match[str]) -> str:
    code = int(number[1], 16) if number[1] else int(number[2])
    if code in (9, 10, 13) or (code >= 32 and code <= 0x10FFFF and not _ILLEGAL.match(chr(code))):
        return number[0]
    return ""


# --- text to tree -------------------------------------------------------------------------------

_DECLARATION_OR_ROOT = re.compile(r"<\?xml\s[^>]{0,1000}\?>|<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_DOCTYPE = re.compile(r"""<!DOCTYPE(?:[^\[>"']|"[^"]*"|'[^']*')*(\[)?""", re.IGNORECASE)
_SPACE = re.compile(r"\s*")
_SUBSET_END = re.compile(r"\]\s*>")
_NAMED = re.compile(r"&(?!#[0-9]{1,7};|#x[0-9a-fA-F]{1,7};)(?:([A-Za-z][A-Za-z0-9]{0,31});)?")
_CDATA = "<![CDATA["


def _from_declaration(text: str) -> str:
    """Text from the first mark-up on, less the XML declaration: blank lines or a warning of PHP's may come before."""
    first = _DECLARATION_OR_ROOT.search(text, 0, 10_000)
    has_declaration = first is not None and first[0].endswith("?>")
    return (text[first.end() :] if first and has_declaration else text).lstrip("\ufeff \t\r\n")


def _without_doctype(text: str) -> str:
    """Text less the DTD in its prolog, so that no parser sees one.

    Raises:
        FeedError: the DTD declares entities.
    """
    at = 0
    while (end := _end_of_misc(text, at)) > at:
        at = end
    doctype = _DOCTYPE.match(text, at)
    if doctype is None:
        return text
    closing = _SUBSET_END.search(text, doctype.end()) if doctype[1] else None
    end = closing.end() if closing else text.find(">", doctype.end()) + 1
    if not end or "<!ENTITY" in text[at:end].upper():
        raise FeedError("the feed declares its own entities in a DTD, which svwatch does not read; ask the publisher")
    return text[end:]


def _end_of_misc(text: str, at: int) -> int:
    """Where the white space, comment or processing instruction at a place of the prolog ends."""
    for opening, closing in (("<!--", "-->"), ("<?", "?>")):
        if text.startswith(opening, at):
            end = text.find(closing, at + len(opening))
            return at if end < 0 else end + len(closing)
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches always, if only nothing


def _with_known_entities(text: str) -> str:
    """Text with HTML's entities as characters and loose ampersands escaped; CDATA is left alone."""
    first, *rest = text.split(_CDATA)
    parts = [_NAMED.sub(_character, first)]
    for part in rest:
        inside, end, outside = part.partition("]]>")
        parts.append(inside + end + _NAMED.sub(_character, outside))
    return _CDATA.join(parts)


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if name in _XML_ENTITIES:
        return entity[0]
    return html5.get(f"{name};", f"&amp;{entity[0][1:]}")


def _parse(text: str) -> tuple[etree._Element, bool]:
    """The tree, and whether the text was well-formed.

    Raises:
        FeedError: there is no XML in it.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    root = etree.fromstring(text.encode("utf-8"), parser)
    if root is None:
        raise FeedError("this address answered something that is not XML; look for the feed's address on the site")
    return root, len(parser.error_log.filter_from_errors()) == 0


def _drop_cut_entry(root: etree._Element, text: str) -> None:
    """Take out a last entry that the feed broke off in: its link or title may be cut, too."""
    for name in _ENTRY_NAMES:
        if text.rfind(f"<{name}") > text.rfind(f"</{name}"):
            entries = list(root.iter("{*}" + name))
            if entries and entries[-1] is not root:
                entries[-1].getparent().remove(entries[-1])


# --- limits on the tree -------------------------------------------------------------------------


def _trim(root: etree._Element, problems: list[str]) -> None:
    """Cut entries, children and short fields down to size, and bind the prefixes that nobody declared."""
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise FeedError(f"the feed has more than {MAX_ELEMENTS:,} elements, which no feed needs; ask the publisher")
    etree.strip_elements(root, etree.Entity, *_UNUSED, with_tail=False)
    for element in root.iter():
        _bind(element)
    entries = [element for element in root.iter() if _local_name(element) in _ENTRY_NAMES]
    if len(entries) > MAX_ENTRIES:
        problems.append(f"the feed has {len(entries):,} entries; the first {MAX_ENTRIES} were read")
    _remove(entries[MAX_ENTRIES:])
    for parent in [*entries[:MAX_ENTRIES], root, *root]:
        _remove([child for child in parent if _local_name(child) not in _ENTRY_NAMES][MAX_CHILDREN:])
    for element in _short_fields(root):
        _shorten(element)


def _remove(elements: list[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _bind(element: etree._Element) -> None:
    """Give an undeclared prefix the meaning it usually has, or none; what stays unbound would not parse."""
    if len(element.attrib) > MAX_ATTRIBUTES:
        element.attrib.clear()  # all: lxml takes 9 s to read 50,000 of them, and no feed has so many
    if ":" in element.tag and not element.tag.startswith("{"):
        prefix, _, name = element.tag.partition(":")
        space = _USUAL_PREFIXES.get(prefix.lower())
        element.tag = (
            f"{{{space}}}{name}" if space and name.isidentifier() else _NOT_IN_NAME.sub("_", f"unknown_{element.tag}")
        )
    for name in list(element.attrib):
        if ":" in name and not name.startswith("{"):
            del element.attrib[name]


def _short_fields(root: etree._Element) -> Iterator[etree._Element]:
    """Every element outside the fields that may hold an article."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(child for child in element if _local_name(child) not in _LONG_FIELDS)


def _shorten(element: etree._Element) -> None:
    limit, name = MAX_FIELD_CHARACTERS, _local_name(element)
    if element.text:
        short = element.text[:limit]
        if name in _NAME_FIELDS:
            short = _short_words(short)
        elif name in _LINK_FIELDS:
            short = _LINE_BREAK.sub("", short.strip())
        element.text = short
    if element.tail:
        element.tail = element.tail[:limit]
    for attribute, value in element.attrib.items():
        if len(value) > limit:
            element.attrib[attribute] = value[:limit]


def _short_words(text: str) -> str:
    """The words of a name, cut: only long runs of letters make a search for mail addresses slow."""
    return " ".join(word[:MAX_NAME_WORD_CHARACTERS] for word in text.split())


def _local_name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
