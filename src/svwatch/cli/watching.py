"""Commands that watch the press and keep the watch in order: run, sources, init, doctor, demo."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from svwatch.cli.show import is_terminal, note, one_line, say, say_json, table
from svwatch.errors import Exit

if TYPE_CHECKING:
    from svwatch.report import Failure, RunReport

JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]
sources_app = typer.Typer(no_args_is_help=True, help="The sources that are watched: config/sources.yaml.")


def watching(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help=RUN_HELP)(run)
    app.command(help=INIT_HELP)(init)
    app.command(help=DOCTOR_HELP)(doctor)
    app.command(help=DEMO_HELP)(demo)
    sources_app.command("list", help="Every source: whether it is on, how often it is asked, and how that went.")(
        list_sources
    )


RUN_HELP = """One pass: read every source that is due, tag what is new, store it and write today's digest.

A second run at once asks the sources whether anything has changed and stores nothing twice. A run that was cut short is
taken up by the next one. Ends with 4 where a source failed; the others are read all the same."""


def run(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Option("--source", "-s", help="Only this source, due or not; may be repeated.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every source that is on, due or not.")] = False,
    json_out: JsonOption = False,
) -> int:
    """Run once and say what came of it."""
    from svwatch.config import load_config
    from svwatch.report import RunReport
    from svwatch.wiring import LONDON, digest_of, period, store_of, write_digest
    from svwatch.wiring import run as run_once

    config = load_config(context.obj)
    now = datetime.now(UTC)
    report = RunReport(started=now)
    only = source or ([s.id for s in config.sources if s.enabled] if everything else [])
    with progress(report):
        run_once(config, now, only=only, report=report)
    made = digest_of(config, store_of(config), period(now.astimezone(LONDON).date(), config.settings.digest.days), now)
    written = write_digest(config, made)
    if json_out:
        say_json(_report_json(report) | {"digest": str(written)})
    else:
        tell(report)
        say(f"The digest: {written}")
    return report.exit_code


@contextmanager
def progress(report: "RunReport") -> Iterator[None]:
    """Show on a terminal how many entries have been met; nothing in a pipe."""
    if not is_terminal():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    def line() -> Text:
        return Text(f"{len(report.sources)} sources, {report.met} entries met, {len(report.failures)} failures")

    with Live(get_renderable=line, console=Console(stderr=True), refresh_per_second=4, transient=True):
        yield


def tell(report: "RunReport") -> None:
    """What a run did, in words: outcomes with their meaning, then every failure."""
    from svwatch.report import OUTCOME_MEANINGS, SourceState

    read = sum(state is not SourceState.FAILED for state in report.sources.values())
    say(f"{read} of {len(report.sources)} sources read, {report.met} entries met.")
    for outcome, meaning in OUTCOME_MEANINGS.items():
        if report.outcomes[outcome]:
            say(f"  {report.outcomes[outcome]:5d} {outcome}: {meaning}")
    for (source_id, reason), failures in grouped(report.failures).items():
        rest = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
        note(f"  {source_id}: {one_line(reason)}\n    {one_line(failures[0].url)}{rest}")
        if failures[0].trace and "--debug" in sys.argv:
            note(failures[0].trace)
    if report.model_problem:
        note(f"Articles were stored without tags: {report.model_problem}")


def grouped(failures: "Sequence[Failure]") -> "dict[tuple[str, str], list[Failure]]":
    """Failures by source and reason, so that a site in trouble takes one line."""
    by_reason: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        by_reason.setdefault((failure.source_id, failure.reason), []).append(failure)
    return by_reason


def _report_json(report: "RunReport") -> dict[str, object]:
    return {
        "started": report.started.isoformat(),
        "finished": report.finished.isoformat() if report.finished else None,
        "outcomes": {str(outcome): count for outcome, count in report.outcomes.items() if count},
        "sources": {source: str(state) for source, state in report.sources.items()},
        "failures": [asdict(failure) for failure in report.failures],
        "model_problem": report.model_problem,
        "exit_code": int(report.exit_code),
    }


INIT_HELP = """Lay down a workspace: a folder with config/, models/ and output/, ready for `svwatch run`.

What is there already is left as it is."""


def init(folder: Annotated[Path, typer.Argument(help="The folder; made if it is not there.")]) -> int:
    """Make a workspace and say what to do next."""
    from svwatch.workspace import init_workspace

    made = init_workspace(folder)
    for path in made:
        say(f"made {path}")
    if not made:
        say(f"{folder} is a workspace already; nothing was changed")
    say(f"Next: look at {folder}/config/sources.yaml and settings.yaml, then run\n  svwatch --workspace {folder} run")
    return Exit.DONE


def list_sources(context: typer.Context, json_out: JsonOption = False) -> int:
    """Print the sources as configured, with what is known of each."""
    from svwatch.config import load_config
    from svwatch.wiring import store_of

    config = load_config(context.obj)
    known = {h.source_id: h for h in store_of(config).source_health()} if config.database_path.exists() else {}
    rows = []
    for source in config.sources:
        health = known.get(source.id)
        state = "off" if not source.enabled else str(health.state) if health and health.state else "not asked yet"
        reason = source.reason if not source.enabled else health.failure if health and state == "failed" else None
        every = f"{source.every.total_seconds() / 3600:g}h"
        if json_out:
            read_at = health.read_at.isoformat() if health and health.read_at else None
            say_json(
                {
                    "id": source.id,
                    "name": source.name,
                    "url": source.url,
                    "kind": source.kind,
                    "enabled": source.enabled,
                    "every_seconds": source.every.total_seconds(),
                    "state": state,
                    "reason": reason,
                    "read_at": read_at,
                }
            )
        rows.append((source.id, state, every, source.name, reason or ""))
    if not json_out:
        table(("id", "state", "every", "name", "why"), rows)
    return Exit.DONE


DOCTOR_HELP = """Check a workspace: configuration, database, model, folders, sources. Names what is wrong and the remedy.

Ends with 0 where all is well, 4 where something needs a hand."""


def doctor(context: typer.Context, json_out: JsonOption = False) -> int:
    """Run every check and print its finding."""
    from svwatch.doctor import examine

    findings = list(examine(context.obj, datetime.now(UTC)))
    for finding in findings:
        if json_out:
            say_json({"check": finding.check, "ok": finding.is_well, "finding": finding.text})
        else:
            say(f"{'well ' if finding.is_well else 'WRONG'}  {finding.check}: {finding.text}")
    return Exit.DONE if all(finding.is_well for finding in findings) else Exit.PARTIAL


DEMO_HELP = """Serve an invented press on this machine, watch it, and write a digest. Needs no internet.

Everything it writes is in demo/ and output/; call it again to start afresh."""


def demo(
    context: typer.Context, folder: Annotated[Path, typer.Option(help="Workspace of the demo.")] = Path("demo")
) -> int:
    """Show the main job on the sample press."""
    from svwatch.cli.demo import run_demo

    return run_demo(folder, Path("output"))
