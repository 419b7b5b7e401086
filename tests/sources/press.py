"""A small press on loopback, workspaces that watch it, and svwatch called as a user does."""

import io
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from svwatch.cli import main

TEXT = "Councillors met at the town hall to talk of the library roof, which will be mended in the spring of next year. "


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answers."""

    body: str = ""
    status: int = 200
    kind: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Press:
    """A web server; `answers` says what each path answers, `asked` which paths were asked for."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda path: None

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def publish(self, *numbers: int, date: str = "Mon, 02 Nov 2026 06:00:00 GMT") -> None:
        """Put articles on the site and into its feed."""
        items = ""
        for n in numbers:
            title = f"Library roof number {n} to be mended"
            items += f"<item><title>{title}</title><link>/news/{n}</link><pubDate>{date}</pubDate></item>"
            text = f"<p>{TEXT * 6} This is about roof number {n} and {'nothing else ' * n}.</p>"
            page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
            self.answers[f"/news/{n}"] = Answer(page)
        self.answers["/feed"] = Answer(f"<rss><channel><title>The Press</title>{items}</channel></rss>")


def serve(press: Press) -> ThreadingHTTPServer:
    """Start the press; its owner shuts it down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            press.asked.append(self.path)
            press.before(self.path)
            try:
                self.answer()
            except OSError:
                self.close_connection = True  # the client left in the middle, as it should

        def answer(self) -> None:
            found = press.answers.get(self.path, Answer("nothing here", 404))
            body = found.body.encode()
            self.send_response(found.status)
            for name, value in {"Content-Type": found.kind, **found.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep test output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    press.base = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server


def lay(folder: Path, sources: str, **settings: Any) -> Path:
    """A workspace whose sources file is that text; no pauses, loopback allowed."""
    crawl = {"per_host_delay_seconds": 0, "page_delay_seconds": 0, "allow_private_hosts": ["127.0.0.1"], "workers": 1}
    (folder / "config").mkdir(parents=True, exist_ok=True)
    (folder / "config" / "sources.yaml").write_text(sources, encoding="utf-8")
    settings["crawl"] = crawl | settings.get("crawl", {})
    (folder / "config" / "settings.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> list[Any]:
        """Each line of the result, read as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def call(workspace: Path, *words: object) -> Ended:
    """Run a command in this process; no traceback may be shown."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["svwatch", "--workspace", str(workspace), *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert "Traceback" not in out.getvalue() + err.getvalue(), err.getvalue()
    return Ended(int(ended.value.code or 0), out.getvalue(), err.getvalue())
