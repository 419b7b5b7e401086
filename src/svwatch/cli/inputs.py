"""What `svwatch tag` reads: text, HTML or JSON Lines, from files or standard input."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
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


_KEYS = {"id", "title", "text", "published", "url"}
_FORMS = {".html": Form.HTML, ".htm": Form.HTML, ".jsonl": Form.JSONL, ".ndjson": Form.JSONL}


def read_articles(files: list[Path], form: Form) -> Iterator[Article | BadInput]:
    """Every article of the named files, or of standard input where none is named, in order."""
    for path in files or [Path("-")]:
        chosen = form if form is not Form.AUTO else _FORMS.get(path.suffix.lower(), Form.TEXT)
        name = "standard input" if str(path) == "-" else str(path)
        try:
            content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        except OSError as error:
            yield BadInput(f"{name} cannot be read: {error.strerror}; check the name and its permissions")
            continue
        yield from _articles(content, name, chosen)


def _articles(content: bytes, name: str, form: Form) -> Iterator[Article | BadInput]:
    if form is Form.HTML:
        yield _from_html(content, name)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        yield BadInput(f"{name} is not UTF-8 text (byte 0x{byte:02x} at {error.start}); save or convert it as UTF-8")
        return
    if form is Form.JSONL:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _from_json(line, f"{name}, line {number}")
    else:
        yield from_text(text, name)


def from_text(text: str, name: str) -> Article:
    """Plain text as an article: where a short first line stands apart, it is the title."""
    first, _, rest = text.strip().partition("\n")
    has_title = rest.startswith("\n") and len(first) <= 160 and not first.endswith((".", "!", "?", '"'))
    title, body = (first, rest.strip()) if has_title else ("", text.strip())
    return Article(url="", id=name, title=title, text=body)


def _from_html(content: bytes, name: str) -> Article | BadInput:
    from svwatch.extract.article import extract_article

    page = Page(url="", body=content, content_type="text/html")
    article = extract_article(page, Entry(source_id="", url="", title=""), Rules())
    return article or BadInput(f"{name} holds no article text; give a saved page of one article")


def _from_json(line: str, where: str) -> Article | BadInput:
    try:
        return article_from_json(json.loads(line))
    except json.JSONDecodeError as error:
        return BadInput(f"{where} is not JSON ({error.msg} at column {error.colno}); give one object a line")
    except InputError as error:
        return BadInput(f"{where}: {error}")


def article_from_json(raw: Any) -> Article:
    """An article from ``{"id", "title", "text", "published"?, "url"?}``; other keys are passed over.

    Raises:
        InputError: a needed key is missing or a value is of another type.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise InputError('give an object with "id", "title" and "text"')
    given = {key: raw[key] for key in _KEYS if raw.get(key) is not None}
    wrong = [key for key, value in given.items() if not isinstance(value, str)]
    if wrong and wrong != ["id"]:
        raise InputError(f'"{wrong[0]}" must be text')
    published = _moment(given["published"]) if "published" in given else None
    return Article(
        url=given.get("url", ""),
        id=str(raw.get("id", "")),
        title=given.get("title", ""),
        text=raw["text"],
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
