"""Commands that keep the sources in order: check, add, switch, import, export; and the schedule and its gauges."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from svwatch.cli.show import note, one_line, say, say_json
from svwatch.errors import ConfigError, Exit, InputError

if TYPE_CHECKING:
    from svwatch.config import Config
    from svwatch.probing import Probe
    from svwatch.records import Source

JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]
IdArgument = Annotated[str, typer.Argument(help="The source's id; `svwatch sources list` names them.")]
UrlArgument = Annotated[str, typer.Argument(help="An address: a feed, or a page of a site that has one.")]


def keeping(everything: typer.Typer, app: typer.Typer) -> None:
    """Add the commands to ``svwatch`` itself and to ``svwatch sources``."""
    everything.command(help=SCHEDULE_HELP)(schedule)
    everything.command(help=METRICS_HELP)(metrics)
    app.command("check", help="Ask feeds now and say in plain words what is there. Ends with 4 where one fails.")(check)
    app.command("discover", help="Say what is at an address, and which feeds can be found from there.")(discover)
    app.command("add", help=ADD_HELP)(add)
    app.command("enable", help="Switch a source on, also one that svwatch gave up.")(enable)
    app.command("disable", help="Switch a source off; say why.")(disable)
    app.command("import", help="Add the feeds of an OPML file, switched off until you have checked them.")(import_opml)
    app.command("export", help="Write the sources as OPML to standard output.")(export_opml)
    app.command("history", help="The last times a feed was asked, and how each ended.")(history)


def check(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Sources; all that are on if none is named.")] = None,
    json_out: JsonOption = False,
) -> int:
    """Probe feeds and print what was found."""
    from svwatch import probing
    from svwatch.config import load_config

    config, now = load_config(context.obj), datetime.now(UTC)
    chosen = _named(config, ids) if ids else [source for source in config.sources if source.enabled]
    probes = probing.check(config, chosen, now, _resting(config, now))
    for source, probe in zip(chosen, probes, strict=True):
        if json_out:
            say_json({"id": source.id, **_probe_json(probe)})
        else:
            say(f"{'well ' if probe.is_feed and probe.entries else 'WRONG'}  {source.id}: {one_line(probe.sentence)}")
    return Exit.DONE if all(probe.is_feed and probe.entries for probe in probes) else Exit.PARTIAL


def discover(context: typer.Context, url: UrlArgument, json_out: JsonOption = False) -> int:
    """Print what is at an address."""
    from svwatch.config import load_config

    probe = _discovered(load_config(context.obj), url)
    if json_out:
        say_json(_probe_json(probe))
    else:
        _tell(probe)
    return Exit.DONE if probe.is_feed or probe.proposals else Exit.PARTIAL


ADD_HELP = """Add a source, once its feed has been read.

Given a web page instead of a feed, it says which feeds were found from there and adds nothing; ends with 2."""


def add(
    context: typer.Context,
    url: UrlArgument,
    name: Annotated[str | None, typer.Option(help="What readers see; the feed's own title if not given.")] = None,
    source_id: Annotated[str | None, typer.Option("--id", help="Its id; made from the name if not given.")] = None,
    kind: Annotated[str | None, typer.Option(help="What sort of publisher it is.")] = None,
) -> int:
    """Read the feed, then append it to config/sources.yaml."""
    from svwatch.config import load_config
    from svwatch.watchlist import NewSource, add_sources, free_id, watched_at

    config = load_config(context.obj)
    probe = _discovered(config, url)
    if not probe.is_feed:
        _tell(probe)
        return Exit.USAGE
    if known := watched_at(config, probe.url):
        raise ConfigError(f"{probe.url} is watched already, as {known.id}; there is nothing to add")
    called = one_line(name or probe.title) or probe.url
    new = NewSource(source_id or free_id(called, [source.id for source in config.sources]), called, probe.url, kind)
    add_sources(context.obj, [new])
    say(f"added {new.id}: {one_line(probe.sentence)}")
    say(f"Next: svwatch run --source {new.id}")
    return Exit.DONE


def enable(context: typer.Context, source_id: IdArgument) -> int:
    """Switch a source on."""
    from svwatch.config import load_config
    from svwatch.watchlist import switch
    from svwatch.wiring import store_of

    config = load_config(context.obj)
    (source,) = _named(config, [source_id])
    if not source.enabled:
        config = switch(context.obj, source_id, reason=None)
    if config.database_path.exists():
        store_of(config).resume(source_id)
    say(f"{source_id} is on; it is asked by the next run")
    return Exit.DONE


def disable(
    context: typer.Context,
    source_id: IdArgument,
    reason: Annotated[str, typer.Option(help="Why; shown by `svwatch sources list`.")],
) -> int:
    """Switch a source off."""
    from svwatch.config import load_config
    from svwatch.watchlist import switch

    _named(load_config(context.obj), [source_id])
    switch(context.obj, source_id, reason=one_line(reason) or "switched off by hand")
    say(f"{source_id} is off; what was stored of it stays")
    return Exit.DONE


def import_opml(context: typer.Context, file: Annotated[Path, typer.Argument(help="An OPML file.")]) -> int:
    """Append the feeds of a list that are not watched yet."""
    from svwatch.config import load_config
    from svwatch.opml import MAX_BYTES, read_opml
    from svwatch.watchlist import add_sources, new_sources

    config = load_config(context.obj)
    with file.open("rb") as opened:
        found = read_opml(opened.read(MAX_BYTES + 1))
    new = new_sources(config, [(feed.name, feed.url) for feed in found.feeds])
    if new:
        add_sources(context.obj, new)
    for source in new:
        say(f"added {source.id}: {one_line(source.url)}")
    for reason in found.left_out:
        note(f"left out {one_line(reason)}")
    say(f"{len(new)} added, {len(found.feeds) - len(new)} watched already, {len(found.left_out)} left out")
    if new:
        say("They are off: look at each with `svwatch sources check ID`, then `svwatch sources enable ID`")
    return Exit.PARTIAL if found.left_out else Exit.DONE


def export_opml(context: typer.Context) -> int:
    """Write all sources as OPML."""
    from svwatch.config import load_config
    from svwatch.opml import write_opml

    config = load_config(context.obj)
    sys.stdout.write(write_opml(config.sources, config.settings.digest.title).decode("utf-8"))
    return Exit.DONE


def history(context: typer.Context, source_id: IdArgument, json_out: JsonOption = False) -> int:
    """Print what is known of one feed, and the last times it was asked."""
    from svwatch.config import load_config
    from svwatch.wiring import store_of

    config, now = load_config(context.obj), datetime.now(UTC)
    (source,) = _named(config, [source_id])
    polls = store_of(config).history(source.id)
    for poll in polls:
        if json_out:
            say_json({"at": poll.at.isoformat(), "state": str(poll.state), "reason": poll.reason})
        else:
            say(f"{poll.at:%Y-%m-%d %H:%M} UTC  {poll.state}{f': {one_line(poll.reason)}' if poll.reason else ''}")
    if not json_out:
        for line in _known_of(config, source, now):
            say(line)
    return Exit.DONE


def schedule(context: typer.Context) -> int:
    """Crawl and write digests until a signal ends it."""
    from svwatch.scheduler import Jobs
    from svwatch.scheduler import schedule as run_schedule

    return run_schedule(Jobs(context.obj, note))


SCHEDULE_HELP = """Watch without end: read sources as they fall due and write the digest at `digest.at`, London time.

A digest missed while the machine was off is made once, and covers the gap. Ends within seconds: 0 after SIGTERM, 130
after Ctrl-C. docs/running.md has a systemd unit."""


def metrics(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file for a textfile collector; else standard output.")
    ] = None,
) -> int:
    """Print or write the gauges."""
    from svwatch.config import load_config
    from svwatch.metrics import metrics as gauges
    from svwatch.metrics import write_metrics

    text = gauges(load_config(context.obj), datetime.now(UTC))
    if output is None:
        sys.stdout.write(text)
    else:
        write_metrics(text, output)
    return Exit.DONE


METRICS_HELP = """The state of sources, runs and digests for Prometheus, in its text format."""


def _named(config: "Config", ids: Sequence[str]) -> "list[Source]":
    known = {source.id: source for source in config.sources}
    for source_id in ids:
        if source_id not in known:
            raise ConfigError(f'there is no source "{source_id}"; `svwatch sources list` names them')
    return [known[source_id] for source_id in ids]


def _resting(config: "Config", now: datetime) -> Mapping[str, datetime]:
    from svwatch.wiring import store_of

    return store_of(config).resting(now) if config.database_path.exists() else {}


def _discovered(config: "Config", url: str) -> "Probe":
    from svwatch.crawl.urls import web_address
    from svwatch.probing import discover as look

    now = datetime.now(UTC)
    try:
        address = web_address(url)
    except ValueError as error:
        raise InputError(f"this address cannot be used: {error}") from error
    return look(config, address, now, _resting(config, now))


def _tell(probe: "Probe") -> None:
    say(f"{probe.url}: {one_line(probe.sentence)}")
    for found in probe.proposals:
        say(f"  found {found.url}\n    {one_line(found.title)}: {one_line(found.sentence)}")
        say(f"    to watch it: svwatch sources add {found.url}")
    if not probe.is_feed and not probe.proposals:
        say("  no feed was found from there either; look for an RSS link on the site, or ask the publisher")


def _probe_json(probe: "Probe") -> dict[str, object]:
    return {
        "url": probe.url,
        "is_feed": probe.is_feed,
        "finding": probe.sentence,
        "title": probe.title,
        "entries": probe.entries,
        "newest": probe.newest_at.isoformat() if probe.newest_at else None,
        "proposals": [_probe_json(found) for found in probe.proposals],
    }


def _known_of(config: "Config", source: "Source", now: datetime) -> list[str]:
    """What is known of one feed, each in a line."""
    from svwatch.wiring import silent_since, store_of

    store = store_of(config)
    health = next((one for one in store.source_health(now) if one.source_id == source.id), None)
    if health is None:
        return ["it has not been asked yet"]
    lines = [f"{health.entries_last_week} entries in the last seven days{_expected(source)}"]
    if silent := silent_since(source, store, now):
        lines.append(f"QUIET: nothing new since {silent:%d %B %Y}, longer than it ever was; look at the site")
    lines += [f"remark: {one_line(health.remark)}"] if health.remark else []
    lines += (
        [f"it has moved for good to {health.moved_to}; put that into config/sources.yaml"] if health.moved_to else []
    )
    if health.stopped:
        return [*lines, f"GIVEN UP: {one_line(health.stopped)}; then `svwatch sources enable {source.id}`"]
    return [*lines, f"asked again at {health.next_at:%Y-%m-%d %H:%M} UTC"] if health.next_at else lines


def _expected(source: "Source") -> str:
    return f", {source.expect[0]:g} to {source.expect[1]:g} a week are expected" if source.expect else ""
