"""Running svwatch as a user does: in this process for speed, or in one of its own to be piped, interrupted or killed."""

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
import yaml

from svwatch.cli import main
from svwatch.records import Source


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        """Each line of the result, read as JSON."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def call(*words: object, stdin: bytes = b"") -> Ended:
    """Run a command in this process. Unless it was asked for, no traceback may be shown."""
    given = [str(word) for word in words]
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["svwatch", *given])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
    code = ended.value.code
    assert isinstance(code, int)
    assert "--debug" in given or "Traceback" not in out.getvalue() + err.getvalue(), err.getvalue()
    return Ended(int(code), out.getvalue(), err.getvalue())


def start(*words: object, cwd: Path | None = None, stderr: int = PIPE) -> "subprocess.Popen[bytes]":
    """Start a command in a process group of its own, as a terminal does."""
    command = [sys.executable, "-m", "svwatch", *map(str, words)]
    return subprocess.Popen(command, cwd=cwd, stdin=PIPE, stdout=PIPE, stderr=stderr, start_new_session=True)


def lay(folder: Path, sources: Iterable[Source], **crawl: object) -> Path:
    """A workspace that watches `sources` on loopback without pauses; the keywords are further crawl settings."""
    at_once = {"per_host_delay_seconds": 0, "page_delay_seconds": 0, "allow_private_hosts": ["127.0.0.1"]}
    settings = {"crawl": at_once | crawl}
    (folder / "config").mkdir(parents=True, exist_ok=True)
    rows = [{"id": source.id, "name": source.name, "url": source.url} for source in sources]
    for name, content in (("settings", settings), ("sources", {"sources": rows})):
        (folder / "config" / f"{name}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder
