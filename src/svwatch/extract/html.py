"""Bytes of a page -> clean UTF-8 -> tree, for pages whose charset, characters or shape are wrong.

What libxml2 and trafilatura 2.3 do on their own with such pages: a tag with 100,000 attributes holds them up for
minutes, text below 255 nested tags is lost without a word, and so is all that follows a lone surrogate.
"""

import codecs
import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

LONG_TAG_BYTES = 20_000
MAX_ATTRIBUTES = 500
META_BYTES = 4096

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r") | {127})
_LONG_TAG = re.compile(rb"<([a-zA-Z][\w-]{0,40})[^<>]{%d,}" % LONG_TAG_BYTES)
_WRAPPER = re.compile(
    rb"</?(?:div|span|section|font|b|i|u|em|strong|center|small|big|ul|ol|table|tbody|tr|td)\b[^<>]*>", re.IGNORECASE
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(body: bytes, charset: str | None) -> str:
    """The text of a page, whatever its label says; a byte that fits no charset becomes a replacement character.

    UTF-8 is tried first because it cannot be mistaken for another charset; then the declared one. In a page that is
    UTF-8 but for stray Windows quotes, only those bytes are read as Windows-1252.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, "replace").lstrip("\ufeff")
    wide = _wide_charset(body)
    if wide:
        return body.decode(wide, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        declared = _known_charset(charset) or _known_charset(_meta_charset(body))
    if declared not in (None, "utf-8"):
        return body.decode(declared or "", "replace")
    return body.decode("utf-8", _WINDOWS_QUOTES)


def read_html(body: bytes, charset: str | None) -> bytes:
    """A page as clean UTF-8: no control characters or surrogates, no attributes where a tag has hundreds."""
    markup = decode(body, charset).encode("utf-8", "ignore").translate(None, _CONTROLS)
    if max(map(len, markup.split(b"<"))) > LONG_TAG_BYTES:
        return _LONG_TAG.sub(_shortened, markup)
    return markup


def parse(markup: bytes) -> HtmlElement | None:
    """The tree of a page read by `read_html`; None where there is no element in it.

    A page nested deeper than the parser goes (2,048) is read again without its wrappers, so that no text is lost.
    """
    tree, is_cut = _parsed(markup)
    return _parsed(_WRAPPER.sub(b"\n", markup))[0] if is_cut else tree


def mended(line: str) -> str:
    """A line whose UTF-8 was once read as Windows-1252 ("Councilâ€™s"), mended where that undoes it cleanly."""
    if "â€" not in line and "Ã" not in line and "Â" not in line:
        return line
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _parsed(markup: bytes) -> tuple[HtmlElement | None, bool]:
    parser = HTMLParser(
        encoding="utf-8",
        collect_ids=False,
        default_doctype=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )
    try:
        tree = document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    return tree, any("Excessive depth" in error.message for error in parser.error_log)


def _shortened(tag: re.Match[bytes]) -> bytes:
    return b"<" + tag[1] if tag[0].count(b"=") > MAX_ATTRIBUTES else tag[0]


def _wide_charset(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of its mark-up is zero."""
    head = body[:400]
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _meta_charset(body: bytes) -> str | None:
    found = _META_CHARSET.search(body, 0, META_BYTES)
    return found[1].decode("ascii") if found else None


def _known_charset(name: str | None) -> str | None:
    """Python's name of a charset, or None; Latin-1 and ASCII are read as Windows-1252, as browsers do."""
    try:
        known = codecs.lookup((name or "").strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    return "cp1252" if known in ("iso8859-1", "ascii") else known


_WINDOWS_QUOTES = "svwatch.windows_quotes"


def _windows_quotes(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows-1252, and an encoded surrogate as one unreadable character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    surrogate = error.object[error.start : error.start + 2]
    if b"\xed\xa0" <= surrogate <= b"\xed\xbf":
        return "\ufffd", min(error.start + 3, len(error.object))
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_WINDOWS_QUOTES, _windows_quotes)
