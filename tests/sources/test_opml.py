"""Lists of feeds are read with limits and written whole."""

import io
import zipfile
from pathlib import Path

import pytest

from svwatch.errors import InputError
from svwatch.opml import MAX_BYTES, MAX_FEEDS, Listed, read_opml, write_opml
from svwatch.records import Source


def opml(*outlines: str) -> bytes:
    return f'<opml version="1.0"><body>{"".join(outlines)}</body></opml>'.encode()


def outline(url: str, name: str = "A") -> str:
    return f'<outline text="{name}" xmlUrl="{url}"/>'


def archive(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr(name, opml(outline("https://a.example/feed")))
    return packed.getvalue()


def test_feeds_are_found_in_folders_and_each_is_taken_once() -> None:
    nested = f'<outline text="Folder">{outline("https://a.example/1")}{outline("https://A.example/1", "B")}</outline>'
    assert read_opml(opml(nested)).feeds == (Listed("A", "https://a.example/1"),)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "/etc/passwd",
        "http://u:p@a.example/",
        "http://0x7f.1/",
    ],
)
def test_S7_what_is_no_plain_web_address_is_left_out_with_the_reason(url: str) -> None:
    found = read_opml(opml(outline(url), outline("https://a.example/1")))
    assert [feed.url for feed in found.feeds] == ["https://a.example/1"]
    assert found.left_out[0].startswith(f"{url}: ")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(archive("../../feeds.opml"), "an archive", id="a zip"),
        pytest.param(b"\x1f\x8b" + b"0" * 100, "an archive", id="gzip"),
        pytest.param(opml(*[outline("https://a.example/")] * (MAX_FEEDS + 1)), "split it", id="too many feeds"),
        pytest.param(b" " * (MAX_BYTES + 1), "longer than 4 MiB", id="too long"),
        pytest.param(b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>', "entities", id="entities"),
        pytest.param(b"<rss/>", "not a list of feeds", id="a feed"),
        pytest.param(b"feeds", "not XML", id="text"),
        pytest.param(b"", "not XML", id="nothing"),
    ],
)
def test_S18_what_is_no_fair_list_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_opml(raw)


def test_what_is_written_can_be_read_again() -> None:
    sources = [Source("a", 'A & "B" <c>', "https://a.example/feed?x=1&y=2")]
    assert read_opml(write_opml(sources, "T & U")).feeds == (Listed(sources[0].name, sources[0].url),)


def test_a_list_may_be_in_any_encoding(tmp_path: Path) -> None:
    raw = f'<?xml version="1.0" encoding="utf-16"?>{opml(outline("https://a.example/1", "É")).decode()}'.encode(
        "utf-16"
    )
    assert read_opml(raw).feeds[0].name == "É"
