"""Edits of config/sources.yaml that leave every other line, comments included, as a person wrote it.

A file is changed as text and only kept if it can still be read as the configuration that was meant.
"""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from svwatch.config import Config, load_config
from svwatch.errors import ConfigError
from svwatch.records import Source

_ROW = re.compile(r"(?P<indent>[ \t]*)-([ \t]|$)")
_ID = re.compile(r"""[ \t]*(?:-[ \t]+)?id:[ \t]*(?P<quote>["']?)(?P<id>[a-z0-9][a-z0-9-]*)(?P=quote)[ \t]*(?:#.*)?$""")
_SWITCH = re.compile(r"[ \t]*(?:enabled|reason):")
Sources = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be added; `kind` is None where nobody said. With a `reason` it is off for now."""

    id: str
    name: str
    url: str
    kind: str | None = None
    reason: str | None = None

    def source(self) -> Source:
        """The source that the file then describes."""
        return Source(self.id, self.name, self.url, self.kind or "news", enabled=not self.reason, reason=self.reason)


def add_sources(workspace: Path, wanted: Sequence[NewSource]) -> Config:
    """Append sources to the list; the configuration as it then is.

    Raises:
        ConfigError: the file cannot be edited, or would be wrong then; it is left as it was.
    """

    def change(lines: list[str]) -> list[str]:
        return [*_ready_for_more(lines), *(line for new in wanted for line in _row(new))]

    return _edit(workspace, change, lambda sources: (*sources, *(new.source() for new in wanted)))


def switch(workspace: Path, source_id: str, *, reason: str | None) -> Config:
    """Switch a source off for a reason, or on where there is none; the configuration as it then is.

    Raises:
        ConfigError: there is no such source, or the file cannot be edited; it is left as it was.
    """

    def meant(sources: Sources) -> Sources:
        is_on = reason is None
        return tuple(
            replace(source, enabled=is_on, reason=reason) if source.id == source_id else source for source in sources
        )

    return _edit(workspace, lambda lines: _switched(lines, source_id, reason), meant)


def free_id(name: str, taken: Sequence[str]) -> str:
    """An id made of a name's letters and digits that no other source has."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")[:50].strip("-") or "source"
    number = 2
    made = base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    return made


def watched_at(config: Config, url: str) -> Source | None:
    """The source that is watched at an address already, if any."""
    return next((source for source in config.sources if source.url == url), None)


def new_sources(config: Config, feeds: Sequence[tuple[str, str]]) -> list[NewSource]:
    """Sources for those feeds, each a name and an address, that are not watched yet; off until a person looks."""
    taken = [source.id for source in config.sources]
    made: list[NewSource] = []
    for name, url in feeds:
        if watched_at(config, url) is None:
            made.append(NewSource(free_id(name, taken), name, url, reason="imported; check it, then switch it on"))
            taken.append(made[-1].id)
    return made


def _edit(workspace: Path, change: Callable[[list[str]], list[str]], meant: Callable[[Sources], Sources]) -> Config:
    """Change the file's lines; keep that only if it says what was meant, and the same of every other source."""
    path = workspace / "config" / "sources.yaml"
    config = load_config(workspace)  # a file that is wrong already is for a person to mend first
    before = path.read_text(encoding="utf-8")
    _write(path, "\n".join(change(before.split("\n"))).rstrip("\n") + "\n")
    try:
        after = load_config(workspace)
    except ConfigError as error:
        _write(path, before)
        raise ConfigError(f"{path} was left as it was, because after the change it would be wrong: {error}") from error
    if after.sources != meant(config.sources):
        _write(path, before)
        raise ConfigError(f"{path} is written in a way that svwatch cannot change safely; edit it by hand")
    return after


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader or a crash never meets half of it."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.chmod(path.stat().st_mode & 0o777)
        os.replace(draft, path)  # noqa: PTH105 - as plain as Path.replace
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; check its owner and permissions") from error


def _ready_for_more(lines: list[str]) -> list[str]:
    """The lines, less blank ones at the end and an empty list's brackets."""
    kept = "\n".join(lines).rstrip().split("\n")
    return [re.sub(r"^sources:[ \t]*\[[ \t]*\]", "sources:", line) for line in kept]


def _row(new: NewSource) -> list[str]:
    rest = {"name": new.name, "kind": new.kind, "url": new.url}
    written = [f"    {key}: {_quoted(value)}" for key, value in rest.items() if value is not None]
    off = [] if new.reason is None else ["    enabled: false", f"    reason: {_quoted(new.reason)}"]
    return ["", f"  - id: {new.id}", *written, *off]


def _quoted(value: str) -> str:
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000).strip()


def _switched(lines: list[str], source_id: str, reason: str | None) -> list[str]:
    start, end = _rows_lines(lines, source_id)
    row = [lines[start], *(line for line in lines[start + 1 : end] if not _SWITCH.match(line))]
    if reason is not None:
        indent = " " * (len(lines[start]) - len(lines[start].lstrip(" -")))
        off = [f"{indent}enabled: false", f"{indent}reason: {_quoted(reason)}"]
        last = max(i for i, line in enumerate(row) if line.strip() and not line.lstrip().startswith("#"))
        row = [*row[: last + 1], *off, *row[last + 1 :]]
    return [*lines[:start], *row, *lines[end:]]


def _rows_lines(lines: list[str], source_id: str) -> tuple[int, int]:
    """The first line of a source's row and the line after its last, comments that follow it included."""
    starts = _row_starts(lines)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        ids = (found["id"] for line in lines[start:end] if (found := _ID.match(line)))
        if source_id in ids:
            return start, end
    raise ConfigError(f'"{source_id}" cannot be found in sources.yaml as a row of its own; edit the file by hand')


def _row_starts(lines: list[str]) -> list[int]:
    """Where the rows of the list begin: dashes as far in as the first."""
    found = [(i, mark["indent"]) for i, line in enumerate(lines) if (mark := _ROW.match(line))]
    return [i for i, indent in found if indent == found[0][1]]  # a deeper dash is an entry of a source's own list
