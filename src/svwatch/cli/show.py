"""How commands speak: results on standard output, the rest on standard error, colour and progress only on a terminal."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import category


class OutputClosed(Exception):
    """Whoever read our output has left, as `head` does; nothing is wrong."""


def say(text: str = "") -> None:
    """One line of a command's result."""
    _write(shown(text))


def say_json(value: Any) -> None:
    """One JSON value on one line; what JSON lets through, yet breaks lines, moves cursors or is no text, is escaped."""
    line = json.dumps(value, ensure_ascii=False)
    _write(re.sub("[\x7f-\x9f\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", line))


def _write(line: str) -> None:
    try:
        sys.stdout.write(f"{line}\n")
    except BrokenPipeError as error:
        raise OutputClosed from error  # typer would end with 1


def forget_output() -> None:
    """Let what Python still holds for standard output go nowhere, so that its last flush succeeds."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(text: str) -> None:
    """One line about what is going on."""
    sys.stderr.write(f"{shown(text)}\n")


def complain(message: str) -> None:
    """An error: thing, cause, remedy."""
    note(f"svwatch: {message}")


def shown(text: str) -> str:
    """Text from outside with control characters made visible, so that no title moves the cursor or colours a line."""
    return "".join(c if c in "\n\t" or c.isprintable() or category(c) == "Zs" else f"\\u{ord(c):04x}" for c in text)


def one_line(text: str) -> str:
    """The same of text that must not start a line of its own, such as a title or an address."""
    return shown(" ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of plain columns, each as wide as its longest cell."""
    listed = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(heads), *listed]) for i in range(len(heads))]
    for row in [list(heads), *listed]:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()
