"""Digests as files: a folder a day, the latest beside it, and an archive page. A reader never sees half a file."""

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from svwatch.errors import ConfigError, InputError
from svwatch.publish.digest import Digest
from svwatch.publish.markdown import render_markdown
from svwatch.publish.render import ArchivedDigest, read_json, render_html, render_index, render_json
from svwatch.publish.text import render_text

_DAY_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class DigestFiles:
    """Where an issue was written; `index` is the archive page."""

    html: Path
    text: Path
    markdown: Path
    json: Path
    index: Path


def write_digest(digest: Digest, folder: Path) -> DigestFiles:
    """Write an issue in all its forms, and bring the archive page up to date.

    The forms are ``<date>/digest.html``, ``.txt``, ``.md`` and ``.json``; an issue of the same date is replaced. The
    newest issue is also there as ``latest.html`` and so on.

    Raises:
        ConfigError: the folder cannot be written.
    """
    day = folder / digest.day.isoformat()
    forms = {
        ".html": render_html(digest),
        ".txt": render_text(digest),
        ".md": render_markdown(digest),
        ".json": render_json(digest),
    }
    try:
        _write_all(day, "digest", forms)
        if digest.day >= max(archived_days(folder)):
            _write_all(folder, "latest", forms)
        _write_whole(folder / "index.html", render_index(digest.title, list(_archive(folder))))
    except OSError as error:
        raise ConfigError(f"{folder}: the digest cannot be written ({error.strerror}); {_remedy(error)}") from error
    html, text, markdown, json = (day / f"digest{suffix}" for suffix in forms)
    return DigestFiles(html, text, markdown, json, index=folder / "index.html")


def archived_days(folder: Path) -> list[date]:
    """The days that have an issue in the folder, newest first."""
    names = (path.parent.name for path in folder.glob("*/digest.json"))
    return sorted((date.fromisoformat(name) for name in names if _DAY_FOLDER.fullmatch(name)), reverse=True)


def _archive(folder: Path) -> Iterator[ArchivedDigest]:
    for day in archived_days(folder):
        yield ArchivedDigest(day, _subject_of(folder / day.isoformat() / "digest.json"))


def _subject_of(path: Path) -> str | None:
    """The subject line of an issue; None where the file is damaged, so that one bad file does not spoil the archive."""
    try:
        return read_json(path.read_text(encoding="utf-8")).subject
    except (InputError, UnicodeDecodeError):
        return None


def _write_all(folder: Path, stem: str, forms: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, text in forms.items():
        _write_whole(folder / f"{stem}{suffix}", text)


def _write_whole(path: Path, text: str) -> None:
    """Put the whole text in place at once, or leave what was there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space on that disk"
    return "give this user the right to write there, or set output in config/settings.yaml to another folder"
