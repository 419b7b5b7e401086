"""What `svwatch tag` reads: text, HTML or JSON Lines, from files or standard input."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from svwatch.errors import InputError
from svwatch.records import Article, Entry, Page, Rules


class Form(StrEnum):
    """The form of an input; AUTO goes by a file's ending, and takes standard input as text."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class BadInput:
    """One piece of input that could not be read, and why; the others go on."""

    reason: str


STDIN = Path("-")
_KEYS = ("id", "title", "text", "published", "url")
_FORMS = {".html": Form.HTML, ".htm": Form.HTML, ".jsonl": Form.JSONL, ".ndjson": Form.JSONL}


def form_of(path: Path, form: Form) -> Form:
    """The form a file is read as."""
    return form if form is not Form.AUTO else _FORMS.get(path.suffix.lower(), Form.TEXT)


def read_articles(path: Path, form: Form) -> Iterator[Article | BadInput]:
    """Every article of a file, or of standard input where it is ``-``, in order; JSON Lines are read as they come."""
    name = "standard input" if path == STDIN else str(path)
    try:
        with nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb") as content:
            if form is Form.JSONL:
                lines = enumerate(content, 1)
                yield from (_read(_from_json, line, f"{name}, line {n}") for n, line in lines if line.strip())
            else:
                yield _read(_from_html if form is Form.HTML else from_text, content.read(), name)
    except OSError as error:
        yield BadInput(f"{name} cannot be read: {error.strerror}; check the name and its permissions")


def _read(read: Callable[[bytes, str], Article], content: bytes, name: str) -> Article | BadInput:
    try:
        return read(content, name)
    except InputError as error:
        return BadInput(f"{name}: {error}")


def from_text(content: bytes, name: str) -> Article:
    """Plain text as an article: where a short first line stands apart, it is the title.

    Raises:
        InputError: it is not UTF-8, or there is nothing in it.
    """
    text = _decoded(content).replace("\r\n", "\n").strip()
    if not text:
        raise InputError("there is no text in it; give the text of an article")
    first, _, rest = text.partition("\n")
    has_title = rest.startswith("\n") and len(first) <= 160 and not first.endswith((".", "!", "?", '"'))
    title, body = (first, rest.strip()) if has_title else ("", text)
    return Article(url="", id=name, title=title, text=body)


def _from_html(content: bytes, name: str) -> Article:
    from svwatch.extract.article import extract_article

    page = Page(url="", body=content, content_type="text/html")
    article = extract_article(page, Entry(source_id="", url="", title=""), Rules())
    if article is None:
        raise InputError("there is no article text in it; give a saved page of one article")
    return replace(article, id=name)


def _from_json(line: bytes, _: str) -> Article:
    text = _decoded(line).rstrip()  # else the column of an error would be counted from the line break
    try:
        return article_from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise InputError(f"this is not JSON ({error.msg} at column {error.colno}); give one object a line") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"this JSON cannot be read ({error}); give one plain object a line") from error


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise InputError(
            f"this is not UTF-8 text (byte 0x{byte:02x} at {error.start}); save or convert it as UTF-8"
        ) from error


def article_from_json(raw: Any) -> Article:
    """An article from ``{"id", "title", "text", "published"?, "url"?}``; other keys are passed over.

    Half a surrogate pair, which no text can hold, becomes U+FFFD.

    Raises:
        InputError: a needed key is missing or a value is of another type.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise InputError('give an object with "id", "title" and "text"')
    given = {key: raw[key] for key in _KEYS if raw.get(key) is not None}
    if isinstance(given.get("id"), int):
        given["id"] = str(given["id"])
    for key, value in given.items():
        if not isinstance(value, str):
            raise InputError(f'"{key}" must be text')
        given[key] = re.sub("[\ud800-\udfff]", "\ufffd", value)
    published = _moment(given["published"]) if "published" in given else None
    return Article(
        url=given.get("url", ""),
        id=given.get("id", ""),
        title=given.get("title", ""),
        text=given["text"],
        published_at=published,
    )


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise InputError(
            f'"published" is "{written}"; write an ISO 8601 time such as 2024-05-10T07:00:00+00:00'
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
