"""How commands speak: results on standard output, the rest on standard error, colour and progress only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any


def say(text: str = "") -> None:
    """One line of a command's result."""
    sys.stdout.write(f"{shown(text)}\n")


def say_json(value: Any) -> None:
    """One JSON value on one line; a lone surrogate of a broken page is escaped."""
    line = json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= character <= "\udfff" for character in line):
        line = json.dumps(value)
    sys.stdout.write(line + "\n")


def note(text: str) -> None:
    """One line about what is going on."""
    sys.stderr.write(f"{shown(text)}\n")


def complain(message: str) -> None:
    """An error: thing, cause, remedy."""
    note(f"svwatch: {message}")


def shown(text: str) -> str:
    """Text from outside with control characters made visible, so that no title moves the cursor or colours a line."""
    return "".join(c if c in "\n\t" or c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of plain columns, each as wide as its longest cell."""
    listed = [[shown(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(heads), *listed]) for i in range(len(heads))]
    for row in [list(heads), *listed]:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()
