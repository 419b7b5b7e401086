"""The gold's MANIFEST: a digest for each record, so that no label changes without anybody saying so.

gold/MANIFEST    one line a record, sorted: SHA-256 of its line, two spaces, file name, colon, id
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from svwatch.errors import GoldError

MANIFEST = "MANIFEST"


def pin_gold(folder: Path) -> int:
    """Write the manifest of a gold folder as it stands; how many records it pins."""
    digests = _digests(folder)
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return len(lines)


def refuse_unpinned(folder: Path) -> None:
    """Check every record against the manifest.

    Raises:
        GoldError: there is no manifest, or naming each record that differs from it, is new or is gone.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise GoldError(f"{path} is missing; look at what is in {folder}, then pin it with `svwatch gold pin`")
    pinned = dict(_pins(path))
    problems = list(_differences(pinned, _digests(folder)))
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise GoldError(
            f"{folder} has {len(problems)} record(s) that {path} does not pin; undo the change, or accept it with "
            f"`svwatch gold pin`:\n{listed}"
        )


def _pins(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        digest, gap, name = line.partition("  ")
        if not gap:
            raise GoldError(f"{path}:{number} is not a digest and a name; make the file anew with `svwatch gold pin`")
        yield name, digest


def _differences(pinned: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(pinned.keys() | found.keys()):
        if name not in found:
            yield f"{name} is gone"
        elif name not in pinned:
            yield f"{name} is new"
        elif pinned[name] != found[name]:
            yield f"{name} has changed"


def _digests(folder: Path) -> dict[str, str]:
    digests = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if line.strip():
                digests[f"{path.name}:{_id_of(line, number)}"] = hashlib.sha256(line).hexdigest()
    return digests


def _id_of(line: bytes, number: int) -> str:
    """The record's id; its line number where a byte has broken the line."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError):
        return f"line {number}"
