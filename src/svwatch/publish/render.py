"""A digest as an HTML page that also suits a mail, as JSON, and the archive page.

The JSON is public (version 1): an object with ``version`` and the fields of `Digest`, nested as the records are; times
are ISO 8601, tuples are arrays, what is not known is null. `url` fields hold http or https addresses only. A field may
be added within a version; one that goes or changes its meaning makes the next.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from pydantic import TypeAdapter, ValidationError

from svwatch.errors import InputError
from svwatch.publish import sentences
from svwatch.publish.digest import Digest
from svwatch.publish.words import counted, date_in_words, day_in_words

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class ArchivedDigest:
    """One line of the archive page: the day of an issue and its subject line (None where it cannot be read)."""

    day: date
    subject: str | None


def render_html(digest: Digest) -> str:
    """One self-contained page: no script, nothing loaded from elsewhere; every text escaped."""
    return _template("digest.html").render(digest=digest)


def render_index(title: str, digests: Sequence[ArchivedDigest]) -> str:
    """The archive page, in the order given; links to ``<date>/digest.html`` beside it."""
    return _template("index.html").render(title=title, digests=digests)


def render_json(digest: Digest) -> str:
    """The public JSON form, indented, ending in a newline."""
    fields = _digest_type().dump_python(digest, mode="json")
    return json.dumps({"version": JSON_VERSION, **fields}, ensure_ascii=False, indent=1) + "\n"


def read_json(text: str) -> Digest:
    """The digest that `render_json` wrote.

    Raises:
        InputError: it is not JSON, of another version, or lacks a field.
    """
    try:
        fields = json.loads(text)
        version = fields.pop("version", None)
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(f"this is not a digest: {error}; give a digest.json that svwatch wrote") from error
    if version != JSON_VERSION:
        raise InputError(f"this digest has version {version}, not {JSON_VERSION}; use the svwatch that wrote it")
    try:
        return _digest_type().validate_python(fields)
    except ValidationError as error:
        raise InputError(f"this digest is damaged: {error}; write it again with `svwatch digest`") from error


@cache
def _digest_type() -> TypeAdapter[Digest]:
    return TypeAdapter(Digest)


def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(say=sentences, counted=counted)
    environment.filters.update(day=day_in_words, date=date_in_words)
    return environment


def _read_template(name: str) -> str:
    return files("svwatch.publish").joinpath("templates", name).read_text(encoding="utf-8")
