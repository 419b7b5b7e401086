"""`svwatch demo`: the sample press on this machine, watched with the same `svwatch run` that a user runs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import yaml

from svwatch.cli.show import say
from svwatch.errors import ConfigError, Exit
from svwatch.records import Source
from svwatch.sample.press import Edition, load_press
from svwatch.sample.server import PressServer
from svwatch.workspace import init_workspace

TITLE = "Safety Valve watch: the sample press"
SETTINGS = {
    "crawl": {"per_host_delay_seconds": 0, "page_delay_seconds": 0, "allow_private_hosts": ["127.0.0.1"]},
    "digest": {"title": TITLE, "days": 22},
}
OPENING = """svwatch demo: an invented press of {sites} sites, {articles} articles, served on this machine.
Its councils are real, everything it tells of them is invented. One site is broken and one has gone quiet, on purpose."""
ENDING = """
The demo is done. One site failed, as it was meant to, so the run says that it was done in part.

  Read the digest:       {digest}
                         (open it in a browser; {text} is the same as plain text)
  Look for an article:   {svwatch} --workspace {workspace} search "transport"
  Take everything out:   {svwatch} --workspace {workspace} export > articles.jsonl
  Tag a text of yours:   {svwatch} tag FILE
  Watch the real press:  {svwatch} init DIR, then {svwatch} --workspace DIR run"""


def run_demo(workspace: Path, output: Path) -> int:
    """Serve the press, watch it twice (before and after two corrections), and say what to do next."""
    press = load_press(datetime.now(UTC))
    with PressServer(press, Edition.FIRST) as server:
        lay_workspace(workspace, output, server.sources())
        say(OPENING.format(sites=len(server.sources()), articles=len(server.expected())))
        first = _run(workspace, "the first pass")
        server.edition = Edition.CORRECTED
        second = _run(
            workspace, "the second pass: nothing is fetched twice, and two articles have been corrected since"
        )
    if {first, second} - {Exit.DONE, Exit.PARTIAL}:
        return max(first, second)
    day = max(path.parent for path in output.glob("*/digest.html"))
    say(ENDING.format(digest=day / "digest.html", text=day / "digest.txt", workspace=workspace, svwatch=_command()))
    return Exit.DONE


def _command() -> str:
    """How a person at this prompt calls svwatch: by its name where it is on the path."""
    return "svwatch" if shutil.which("svwatch") else os.path.relpath(Path(sys.executable).parent / "svwatch")


def lay_workspace(folder: Path, output: Path, sources: Sequence[Source]) -> None:
    """A fresh workspace that watches `sources`; what an earlier demo stored is removed.

    Raises:
        ConfigError: the folder is a workspace that no demo made.
    """
    if not _is_free(folder):
        raise ConfigError(f"{folder} is a workspace, which a demo would overwrite; name another folder with --folder")
    for leftover in folder.glob("svwatch.db*"):
        leftover.unlink()
    init_workspace(folder)
    settings = SETTINGS | {"output": os.path.relpath(output, folder)}
    rows = {"sources": [_row(source) for source in sources]}
    (folder / "config" / "settings.yaml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    (folder / "config" / "sources.yaml").write_text(yaml.safe_dump(rows, sort_keys=False), encoding="utf-8")


def _is_free(folder: Path) -> bool:
    """Whether nothing of value is there: no workspace, or that of an earlier demo."""
    settings = folder / "config" / "settings.yaml"
    is_demo = settings.is_file() and TITLE in settings.read_text(encoding="utf-8")
    return is_demo or not ((folder / "config").exists() or any(folder.glob("svwatch.db*")))


def _row(source: Source) -> dict[str, object]:
    row: dict[str, object] = {"id": source.id, "name": source.name, "url": source.url, "kind": source.kind}
    row["every"] = f"{int(source.every.total_seconds() // 60)}m"
    if source.match:
        row["match"] = list(source.match)
    if source.expect:
        row["expect"] = {"min": source.expect[0], "max": source.expect[1]}
    return row


def _run(workspace: Path, what: str) -> int:
    command = [sys.executable, "-m", "svwatch", "--workspace", str(workspace), "run", "--all"]
    say(f"\n--- {what}: svwatch --workspace {workspace} run --all")
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own command
