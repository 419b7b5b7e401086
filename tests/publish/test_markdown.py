"""Markdown that shows outside text as it stands."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from svwatch.publish.markdown import escaped, linked, render_markdown
from svwatch.publish.render import render_html

from .invented import rich_digest
from .test_render import PAYLOADS, hostile_digest, html_links

MARKS = [
    "*bold*",
    "_it_",
    "`code`",
    "[x](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "# no heading",
    "<b>x</b>",
    "<https://evil.example>",
    "a | b",
    "~~x~~",
    "&copy;",
    "\\*",
    "[x]: https://evil.example",
    "$x$",
]


def inline_tokens(markdown: str) -> list[Token]:
    return [token for block in MarkdownIt().parse(markdown) for token in block.children or ()]


@pytest.mark.parametrize("text", [*MARKS, *PAYLOADS])
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    """Every mark is a character, not mark-up."""
    tokens = inline_tokens(f"“{escaped(text)}”")
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == f"“{text}”"


@pytest.mark.parametrize(
    "text", ["see https://evil.example/x", "see www.evil.example", "to a@evil.example", "MAILTO:x"]
)
def test_addresses_in_text_are_not_made_links(text: str) -> None:
    """Not even by readers that link bare addresses, as GitHub does."""
    assert not any(bare in escaped(text) for bare in ("https://", "www.", "a@", "MAILTO:"))


def test_a_link_keeps_its_address() -> None:
    """Ampersands and brackets included."""
    url = "https://a.example/x_(y)?a=1&copy;=2*"
    assert [token.attrs["href"] for token in inline_tokens(linked("[t]", url)) if token.type == "link_open"] == [url]


@pytest.mark.parametrize("payload", [*MARKS, *PAYLOADS])
def test_a_hostile_digest_has_the_structure_of_a_plain_one(payload: str) -> None:
    """No list, heading, rule or HTML comes of outside text."""
    hostile, plain = (MarkdownIt().parse(render_markdown(hostile_digest(text))) for text in (payload, "plain"))
    assert [token.type for token in hostile] == [token.type for token in plain]


def test_page_and_markdown_carry_the_same_links() -> None:
    """Nothing is left out of one of them."""
    tokens = inline_tokens(render_markdown(rich_digest()))
    assert {token.attrs["href"] for token in tokens if token.type == "link_open"} == html_links(
        render_html(rich_digest())
    )
