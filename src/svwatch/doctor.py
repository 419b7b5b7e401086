"""What is wrong with a workspace, and the remedy; each check stands alone."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from svwatch.config import Config, load_config
from svwatch.errors import ConfigError, SvwatchError
from svwatch.report import SourceState
from svwatch.store.records import SourceHealth
from svwatch.tag.model import current_model, load_tagger
from svwatch.wiring import store_of
from svwatch.workspace import model_folders

LEAST_FREE_MIB = 200
LONGEST_PAUSE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: all is well, or what is wrong and the remedy."""

    check: str
    is_well: bool
    text: str


def examine(workspace: Path, now: datetime) -> Iterator[Finding]:
    """Every check, in the order in which a fault hides those behind it."""
    try:
        config = load_config(workspace)
    except ConfigError as error:
        yield Finding("configuration", False, str(error))
        return
    checks: dict[str, Callable[[], str]] = {
        "configuration": lambda: _configuration(config),
        "contact": lambda: _contact(config),
        "model": lambda: _model(workspace),
        "disk": lambda: _disk(config),
        "output": lambda: _output(config),
        "database": lambda: _database(config),
        "last run": lambda: _last_run(config, now),
        "sources": lambda: _sources(config),
    }
    for check, ask in checks.items():
        yield _asked(check, ask)


def _asked(check: str, ask: Callable[[], str]) -> Finding:
    try:
        return Finding(check, True, ask())
    except (SvwatchError, OSError) as error:
        return Finding(check, False, str(error))


def _configuration(config: Config) -> str:
    on = sum(source.enabled for source in config.sources)
    if not on:
        raise ConfigError("no source is on, so nothing is watched; switch one on in config/sources.yaml")
    return f"{len(config.sources)} sources, {on} of them on"


def _contact(config: Config) -> str:
    if not config.settings.crawl.contact and not config.settings.crawl.allow_private_hosts:
        raise ConfigError("sites cannot reach you; set crawl.contact in config/settings.yaml to a mail address or page")
    return config.settings.crawl.agent()


def _model(workspace: Path) -> str:
    folder = current_model(model_folders(workspace))
    load_tagger(folder)
    return f"{folder} can be trusted and read"


def _disk(config: Config) -> str:
    free = shutil.disk_usage(config.workspace).free // 2**20
    if free < LEAST_FREE_MIB:
        raise ConfigError(f"only {free} MiB are free in {config.workspace}; make room, at least {LEAST_FREE_MIB} MiB")
    return f"{free} MiB free"


def _output(config: Config) -> str:
    probe = config.output_path / ".svwatch-probe"
    try:
        config.output_path.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"digests cannot be written to {config.output_path} ({error.strerror}); give this user the right to write "
            "there, or set output in config/settings.yaml to another folder"
        ) from error
    return f"{config.output_path} can be written"


def _database(config: Config) -> str:
    if not config.database_path.exists():
        return f"{config.database_path} is made by the first `svwatch run`"
    store_of(config)
    return f"{config.database_path} is sound ({config.database_path.stat().st_size // 2**10} KiB)"


def _last_run(config: Config, now: datetime) -> str:
    past = store_of(config).last_run() if config.database_path.exists() else None
    if past is None:
        return "none yet; `svwatch run` makes the first"
    if past.finished_at is None and now - past.started_at > timedelta(hours=6):
        raise ConfigError(f"the run of {past.started_at:%Y-%m-%d %H:%M} UTC was cut short; `svwatch run` takes it up")
    if now - past.started_at > LONGEST_PAUSE:
        raise ConfigError(f"the last run was on {past.started_at:%Y-%m-%d}; check what starts `svwatch run` every day")
    return f"{past.started_at:%Y-%m-%d %H:%M} UTC"


def _sources(config: Config) -> str:
    if not config.database_path.exists():
        return "none asked yet"
    names = {source.id: source.name for source in config.sources if source.enabled}
    healths = [health for health in store_of(config).source_health() if health.source_id in names]
    troubles = [f"{names[health.source_id]}: {trouble}" for health in healths if (trouble := _trouble(health))]
    if troubles:
        raise ConfigError("; ".join(troubles) + "; look at the addresses, or switch these sources off with a reason")
    return "every source asked could be read"


def _trouble(health: SourceHealth) -> str | None:
    if health.stopped:
        return f"given up: {health.stopped} (`svwatch sources enable {health.source_id}` takes it up again)"
    if health.state is SourceState.FAILED:
        return f"{health.failure} ({health.failures_in_a_row} times in a row)"
    if health.moved_to:
        return f"it has moved for good to {health.moved_to}; put that into config/sources.yaml"
    return None
