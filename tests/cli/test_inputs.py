"""What `svwatch tag` reads, and what it says of input that it cannot read."""

import io
import os
import sys
from pathlib import Path

import pytest

from svwatch.cli.inputs import STDIN, BadInput, Form, form_of, read_articles
from svwatch.records import Article


def read(form: Form, content: bytes) -> list[Article | BadInput]:
    """What is read of standard input."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        return list(read_articles(STDIN, form))


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.txt", Form.TEXT), ("a.HTM", Form.HTML), ("a.html", Form.HTML), ("a.ndjson", Form.JSONL), ("-", Form.TEXT)],
)
def test_the_form_goes_by_the_ending_unless_it_is_named(name: str, form: Form) -> None:
    assert form_of(Path(name), Form.AUTO) is form
    assert form_of(Path(name), Form.JSONL) is Form.JSONL


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        pytest.param("A title\n\nA body.", "A title", "A body.", id="a title stands apart"),
        pytest.param("A title\r\n\r\nA body.\r\n", "A title", "A body.", id="as Windows writes it"),
        pytest.param("\ufeff\n A title\n\nA body.", "A title", "A body.", id="a byte order mark"),
        pytest.param("A line\nand another", "", "A line\nand another", id="no empty line"),
        pytest.param("A sentence.\n\nAnother.", "", "A sentence.\n\nAnother.", id="a sentence is no title"),
        pytest.param(f"{'long ' * 40}\n\nA body.", "", f"{'long ' * 40}\n\nA body.", id="a paragraph is no title"),
    ],
)
def test_a_short_first_line_that_stands_apart_is_the_title(text: str, title: str, body: str) -> None:
    (article,) = read(Form.TEXT, text.encode())
    assert isinstance(article, Article)
    assert (article.title, article.text) == (title, body)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        pytest.param(b'{"id": "x", "text": ', "this is not JSON (Expecting value at column 20)", id="cut short"),
        pytest.param(b"5", 'give an object with "id", "title" and "text"', id="a number"),
        pytest.param(b'{"id": "x"}', 'give an object with "id", "title" and "text"', id="no text"),
        pytest.param(b'{"text": ["x"]}', 'give an object with "id", "title" and "text"', id="a list for the text"),
        pytest.param(b'{"id": 1, "title": 5, "text": "x"}', '"title" must be text', id="a number for the title"),
        pytest.param(b'{"id": {}, "text": "x"}', '"id" must be text', id="an object for the id"),
        pytest.param(b'{"text": "x", "published": "May"}', "write an ISO 8601 time such as", id="no date"),
        pytest.param(b'{"text": "caf\xe9"}', "this is not UTF-8 text (byte 0xe9 at 13)", id="Latin-1"),
        pytest.param(b'{"text": ' + b"[" * 100_000, "this JSON cannot be read", id="deep nesting"),
        pytest.param(b'{"id": ' + b"9" * 5000 + b', "text": "x"}', "this JSON cannot be read", id="a huge number"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(bad: bytes, why: str) -> None:
    first, wrong, last = read(Form.JSONL, b'{"text": "a"}\r\n\n' + bad + b'\n{"text": "b"}')
    assert isinstance(first, Article) and isinstance(last, Article) and isinstance(wrong, BadInput)
    assert (first.text, last.text) == ("a", "b")
    assert wrong.reason.startswith("standard input, line 3: ") and why in wrong.reason


@pytest.mark.parametrize(
    ("line", "article_id"),
    [
        pytest.param('{"id": "x", "text": ""}', "x", id="text"),
        pytest.param('{"id": 7, "text": ""}', "7", id="a number"),
        pytest.param('{"id": null, "text": ""}', "", id="null"),
        pytest.param('{"text": "", "more": [1]}', "", id="none, and a key that is passed over"),
    ],
)
def test_an_id_is_text_or_a_number(line: str, article_id: str) -> None:
    (article,) = read(Form.JSONL, line.encode())
    assert isinstance(article, Article) and article.id == article_id


@pytest.mark.parametrize(
    ("form", "content", "why"),
    [
        pytest.param(Form.TEXT, b"\xff\xfeB\x00", "this is not UTF-8 text (byte 0xff at 0)", id="UTF-16"),
        pytest.param(Form.TEXT, b" \n", "there is no text in it", id="no text"),
        pytest.param(Form.HTML, b"", "there is no article text in it", id="nothing"),
        pytest.param(Form.HTML, b"<p>\x00", "there is no article text in it", id="an empty page"),
    ],
)
def test_input_without_text_is_refused(form: Form, content: bytes, why: str) -> None:
    (bad,) = read(form, content)
    assert isinstance(bad, BadInput) and bad.reason.startswith(f"standard input: {why}")


@pytest.mark.parametrize(("name", "why"), [("gone.txt", "No such file or directory"), ("", "Is a directory")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, why: str) -> None:
    (bad,) = read_articles(tmp_path / name, Form.TEXT)
    assert isinstance(bad, BadInput) and bad.reason.startswith(f"{tmp_path / name} cannot be read: {why}; ")


def test_json_lines_are_answered_while_more_are_to_come(tmp_path: Path) -> None:
    """Nothing waits for the end of a stream."""
    os.mkfifo(tmp_path / "stream.jsonl")
    keep_open = os.open(tmp_path / "stream.jsonl", os.O_RDWR)
    os.write(keep_open, b'{"id": "1", "text": "a"}\n' + b" " * 9000 + b"\n")
    first = next(read_articles(tmp_path / "stream.jsonl", Form.JSONL))
    os.close(keep_open)
    assert isinstance(first, Article) and first.id == "1"
