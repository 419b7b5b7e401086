"""Pages with the wrong bytes or a hostile shape: what can be read is read, and in good time."""

import pytest

from svwatch.extract.html import decode, mended, parse, read_html

from .made import BODY, html, read

QUOTED = "The council’s “rescue” plan – £4m"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        pytest.param(QUOTED.encode(), None, id="UTF-8, unlabelled"),
        pytest.param(QUOTED.encode(), "iso-8859-1", id="UTF-8 labelled Latin-1"),
        pytest.param(QUOTED.encode("cp1252"), "utf-8", id="Windows-1252 labelled UTF-8"),
        pytest.param(QUOTED.encode("cp1252"), "ISO-8859-1", id="Windows-1252 labelled Latin-1"),
        pytest.param(QUOTED.encode("cp1252"), "no-such-charset", id="unknown label"),
        pytest.param(b"\xef\xbb\xbf" + QUOTED.encode(), None, id="UTF-8 with a mark"),
        pytest.param(QUOTED.encode("utf-16"), None, id="UTF-16 with a mark"),
        pytest.param(b'<meta charset="cp1252">' + QUOTED.encode("cp1252"), None, id="label in the page"),
    ],
)
def test_R29_charset_is_told_from_the_bytes(body: bytes, charset: str | None) -> None:
    """Quotes, dashes and pounds come out right whatever the label says."""
    assert decode(body, charset).endswith(QUOTED)


def test_R29_stray_windows_quotes_in_utf_8_do_not_spoil_the_rest() -> None:
    """Only the odd bytes are read as Windows-1252; the true UTF-8 around them stays."""
    assert decode("Zoë said: ".encode() + b"\x93no\x94", "utf-8") == "Zoë said: “no”"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_R29_utf_16_without_a_mark_is_read(charset: str) -> None:
    """Every other byte is zero, which no other charset's mark-up has."""
    found = read(html(*BODY).encode(charset))
    assert found is not None and found.text.split("\n") == list(BODY)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param(b"\x00", id="NUL"),
        pytest.param(b"\xed\xa0\x80", id="lone surrogate as bytes"),
        pytest.param(b"&#xD800;", id="lone surrogate as a reference"),
        pytest.param(b"&#55357;&#0;", id="half a pair and NUL as references"),
        pytest.param(b"\x0c\x1b\x07", id="control characters"),
        pytest.param(b"\xff\xfe\xff", id="bytes of no charset"),
    ],
)
def test_R29_text_after_an_odd_character_is_not_lost(odd: bytes) -> None:
    """trafilatura alone drops all that follows a lone surrogate."""
    found = read(html(*BODY).encode().replace(b"a special school", b"a special " + odd + b"school"))
    assert found is not None
    assert found.text.split("\n")[1:] == list(BODY[1:])


def test_R29_truncated_page_gives_what_came() -> None:
    """A body cut in the middle of a tag keeps the paragraphs before it."""
    markup = html(*BODY).encode()
    found = read(markup[: markup.index(BODY[4].encode()) + 40])
    assert found is not None and found.text.split("\n")[:4] == list(BODY[:4])


@pytest.mark.parametrize("depth", [100, 300, 1500, 2500, 20_000])
def test_S16_text_in_deep_nesting_is_not_lost(depth: int) -> None:
    """libxml2 stops at 255 nested tags, or at 2,048 where told to go on; the page is then read without wrappers."""
    found = read(
        html(*BODY[:2], around="{}" + "<div>" * depth + f"<p>{BODY[2]}</p>" + "</div>" * depth + f"<p>{BODY[3]}</p>")
    )
    assert found is not None and found.text.split("\n") == list(BODY[:4])


def test_S16_thousands_of_attributes_are_dropped_before_parsing() -> None:
    """Comparing each attribute of a tag with all others takes libxml2 minutes for 100,000 of them."""
    attributes = " ".join(f'data-{number}="x"' for number in range(100_000))
    markup = read_html(html(*BODY, around=f"<div {attributes}>{{}}</div>").encode(), None)
    assert len(markup) < 5_000
    tree = parse(markup)
    assert tree is not None and BODY[4] in tree.text_content()


def test_long_image_data_is_no_flood_of_attributes() -> None:
    """One attribute may be long; the tag stays as it is."""
    markup = f'<img alt="a" src="data:image/png;base64,{"A" * 60_000}">'.encode()
    assert read_html(markup, None) == markup


def test_S16_two_hundred_thousand_links_leave_the_text() -> None:
    """Furniture of any size is taken out by counting that stops early."""
    links = "".join(f'<li><a href="/{number}">link {number}</a></li>' for number in range(20_000))
    found = read(html(*BODY, around=f"{{}}<ul>{links}</ul><table><tr><td colspan=9007199254740992>x</td></tr></table>"))
    assert found is not None and list(BODY) == found.text.split("\n")[:5] and "link 1" not in found.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The councilâ€™s plan", "The council’s plan"),
        ("It cost Â£4m", "It cost £4m"),
        ("SÃO Paulo", "SÃO Paulo"),
        ("â€“ “curly” quotes beside it", "â€“ “curly” quotes beside it"),
    ],
)
def test_double_encoded_line_is_mended_only_where_that_is_clean(line: str, expected: str) -> None:
    """A line that does not come back whole stays as it was."""
    assert mended(line) == expected
