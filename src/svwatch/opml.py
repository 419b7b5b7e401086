"""Lists of feeds as other readers keep them (OPML), read with limits and written."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from svwatch.crawl.urls import web_address
from svwatch.errors import InputError
from svwatch.records import Source

MAX_BYTES = 4 * 1024 * 1024
MAX_FEEDS = 1000
MAX_NAME_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed that a list names."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, each once, and in plain words what of it was left out."""

    feeds: tuple[Listed, ...]
    left_out: tuple[str, ...]


def read_opml(raw: bytes) -> FeedList:
    """Read an OPML file; an address that is no plain web address is left out with the reason.

    Raises:
        InputError: it is an archive, too long, no OPML, declares entities, or names more than `MAX_FEEDS` feeds.
    """
    root = _parsed(raw)
    outlines = [element for element in root.iter("outline") if element.get("xmlUrl")]
    if len(outlines) > MAX_FEEDS:
        raise InputError(f"the list names {len(outlines):,} feeds; svwatch takes {MAX_FEEDS:,} at once: split it")
    feeds: dict[str, Listed] = {}
    left_out: list[str] = []
    for outline in outlines:
        written = outline.get("xmlUrl", "")
        name = " ".join((outline.get("title") or outline.get("text") or "").split())[:MAX_NAME_CHARACTERS]
        try:
            url = web_address(written.strip())
        except ValueError as error:
            left_out.append(f"{written[:200]}: {error}")
            continue
        feeds.setdefault(url, Listed(name or url, url))
    return FeedList(tuple(feeds.values()), tuple(left_out))


def write_opml(sources: Iterable[Source], title: str) -> bytes:
    """The sources as an OPML 2.0 document in UTF-8."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        etree.SubElement(body, "outline", type="rss", text=source.name, title=source.name, xmlUrl=source.url)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _parsed(raw: bytes) -> etree._Element:
    if raw.startswith((b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        raise InputError("this is an archive, which svwatch does not open; take the list out of it first")
    if len(raw) > MAX_BYTES:
        raise InputError(f"the list is longer than {MAX_BYTES // 2**20} MiB; split it")
    if b"<!ENTITY" in raw.upper():
        raise InputError("the list declares entities of its own, which svwatch does not read; export it again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"the list is not XML ({error.msg}); export it again as OPML") from error
    if root.tag != "opml":
        raise InputError(f"this is <{str(root.tag)[:40]}>, not a list of feeds (OPML); export it again as OPML")
    return root
