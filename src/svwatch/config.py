"""Files of a workspace -> one frozen Config; every problem of a file in one message, each with its remedy.

`config/sources.yaml` says what is watched, `config/settings.yaml` everything else an operator sets. Every setting is
optional; its meaning stands beside it below and in docs/configuration.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from rapidfuzz import process

from svwatch import __version__
from svwatch.errors import ConfigError
from svwatch.records import Rules, Source

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

PROJECT_PAGE = "https://github.com/svwatch/svwatch"


def _duration(value: object) -> object:
    """Read "30m", "2h" or "1d" as a timedelta."""
    match = re.fullmatch(r"(\d{1,5})\s*(m|h|d)", value.strip()) if isinstance(value, str) else None
    if match is None or not int(match[1]):
        raise ValueError('write a time span such as "30m", "2h" or "1d"')
    unit = {"m": "minutes", "h": "hours", "d": "days"}[match[2]]
    return timedelta(**{unit: int(match[1])})


def _clock_time(value: object) -> object:
    """Read "07:00" as a time of day."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('write a time of day in quotes, such as "07:00"')
    if match[1] == "01":
        raise ValueError("the hour from 01:00 comes twice or never when clocks change; choose another time")
    return time(int(match[1]), int(match[2]))


def _web_address(value: str) -> str:
    if "@" in value.rpartition("://")[2].partition("/")[0]:
        raise ValueError("it holds a user name or a password, which svwatch never sends; take it out")
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise ValueError(f'"{value}" is not a web address; start it with https://')
    return value


def _header_text(value: str) -> str:
    if not value.isprintable():
        raise ValueError("it goes into a header of every request, so it must be one line without control characters")
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
HeaderText = Annotated[str, AfterValidator(_header_text)]
FileName = Annotated[str, Field(min_length=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class CrawlSettings(_Section):
    """How pages are fetched and read."""

    user_agent: HeaderText | None = None
    """The whole User-Agent; by default made from the version, the project page and `contact`."""
    contact: HeaderText = ""
    """An address where a site's owner reaches you; goes into the User-Agent."""
    per_host_delay_seconds: float = Field(5.0, ge=0)
    """Pause between two requests to one site."""
    page_delay_seconds: float = Field(10.0, ge=0)
    """Pause before an article's page of the same site."""
    timeout_seconds: float = Field(30.0, gt=0, le=300)
    """Wall-clock limit of one request, redirects and body included."""
    max_bytes: int = Field(8 * 2**20, gt=0)
    """A decoded answer longer than this is refused."""
    allow_private_hosts: tuple[str, ...] = ()
    """Hosts ("127.0.0.1", "127.0.0.1:8080") that may be fetched although their address is private."""
    respect_robots: bool = True
    """Obey robots.txt; leave it on."""
    workers: int = Field(2, ge=1, le=64)
    """Processes that read pages."""
    page_seconds: float = Field(10.0, gt=0, le=120)
    """A page that takes a worker longer than this is given up."""
    page_memory_mib: int = Field(1024, ge=256)
    """Address space a worker may use before it is ended."""
    check_every: Duration = timedelta(minutes=5)
    """How often `svwatch schedule` looks for sources that are due."""

    def agent(self) -> str:
        """The User-Agent sent with every request."""
        contact = f"; {self.contact}" if self.contact else ""
        return self.user_agent or f"svwatch/{__version__} (+{PROJECT_PAGE}{contact})"


class DigestSettings(_Section):
    """What the digest shows."""

    title: str = "Safety Valve watch"
    """The name at the top of the digest."""
    days: int = Field(1, ge=1, le=31)
    """How many days back a digest looks by default."""
    at: ClockTime = time(7)
    """London time at which `svwatch schedule` writes the digest."""


class Settings(_Section):
    """config/settings.yaml."""

    crawl: CrawlSettings = CrawlSettings()
    digest: DigestSettings = DigestSettings()
    database: FileName = "svwatch.db"
    """The SQLite file, relative to the workspace."""
    output: FileName = "output"
    """The folder digests are written to, relative to the workspace."""


class _Rules(_Section):
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


class _Expect(_Section):
    min: float = Field(ge=0)
    max: float = Field(ge=0)

    @field_validator("max")
    @classmethod
    def _is_no_less_than_min(cls, value: float, row: ValidationInfo) -> float:
        if value < row.data.get("min", 0):
            raise ValueError("must not be less than min")
        return value


class _SourceRow(_Section):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Annotated[str, Field(min_length=1)]
    url: WebAddress
    kind: str = "news"
    every: Duration = timedelta(hours=1)
    enabled: bool = True
    reason: Annotated[str | None, Field(validate_default=True)] = None
    match: tuple[str, ...] = ()
    expect: _Expect | None = None
    rules: _Rules = _Rules()

    @field_validator("reason")
    @classmethod
    def _is_there_where_off(cls, value: str | None, row: ValidationInfo) -> str | None:
        if not row.data.get("enabled", True) and not value:
            raise ValueError("a source that is off needs a reason; say here why it is off")
        return value

    def source(self) -> Source:
        expect = (self.expect.min, self.expect.max) if self.expect else None
        rules = Rules(self.rules.drop, self.rules.keep, self.rules.end)
        return Source(
            self.id, self.name, self.url, self.kind, self.every, self.enabled, self.reason, self.match, expect, rules
        )


class _SourcesFile(_Section):
    sources: tuple[_SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """All that an operator has said, for one workspace."""

    workspace: Path
    sources: tuple[Source, ...]
    settings: Settings

    @property
    def database_path(self) -> Path:
        """Where the SQLite file is."""
        return self.workspace / self.settings.database

    @property
    def output_path(self) -> Path:
        """Where digests are written."""
        return self.workspace / self.settings.output


def load_config(workspace: Path) -> Config:
    """Read and check both files of a workspace.

    Raises:
        ConfigError: a file is missing, not YAML, or holds wrong values; the message lists every problem of both.
    """
    problems: list[str] = []
    sources = _gathered(problems, _load_sources, workspace / "config" / "sources.yaml")
    settings = _gathered(problems, _load_settings, workspace / "config" / "settings.yaml")
    if problems or sources is None or settings is None:
        raise ConfigError("\n".join(problems))
    return Config(workspace, sources, settings)


def _gathered(problems: list[str], load: Callable[[Path], T], path: Path) -> T | None:
    try:
        return load(path)
    except ConfigError as error:
        problems.append(str(error))
        return None


def _load_sources(path: Path) -> tuple[Source, ...]:
    raw = _read_yaml(path)
    if raw is None:
        raise ConfigError(
            f"{path} is missing: run `svwatch init DIR` to lay down a workspace, or name one with --workspace"
        )
    return tuple(row.source() for row in _validated(_SourcesFile, raw, path, _repeated_ids(raw)).sources)


def _load_settings(path: Path) -> Settings:
    raw = _read_yaml(path)
    return Settings() if raw is None else _validated(Settings, raw, path)


def _repeated_ids(raw: object) -> Iterator[str]:
    """A problem for each source whose id an earlier one has; the rows may be wrong in other ways too."""
    rows = raw.get("sources") if isinstance(raw, Mapping) else None
    first: dict[str, int] = {}
    for i, row in enumerate(rows if isinstance(rows, list) else ()):
        row_id = row.get("id") if isinstance(row, Mapping) else None
        if isinstance(row_id, str) and first.setdefault(row_id, i) != i:
            yield f'sources[{i}].id: "{row_id}" is taken by sources[{first[row_id]}]; give each source its own id'


class _StrictLoader(yaml.SafeLoader):
    """Safe YAML that refuses repeated keys and aliases (an alias bomb needs them; a config does not)."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.constructor.ConstructorError(
                None,
                None,
                "aliases (*name) are not allowed",
                self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f'"{key.value}" is set twice', key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read_yaml(path: Path) -> object:
    """What a file holds, an empty mapping where it is empty; None where there is no such file."""
    try:
        return yaml.load(path.read_bytes(), _StrictLoader) or {}  # noqa: S506 - a subclass of SafeLoader
    except FileNotFoundError:
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ConfigError(f"{path}{where}: {getattr(error, 'problem', None) or error}; mend the YAML there") from error
    except (ValueError, RecursionError) as error:
        cause = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise ConfigError(f"{path} cannot be read as YAML: {cause}; put dates and times in quotes") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}; check the file's owner and permissions") from error


def _validated(model: type[M], raw: object, path: Path, more: Iterable[str] = ()) -> M:
    """The file as a checked model; raises ConfigError with the model's problems and those in `more`."""
    if not isinstance(raw, Mapping):
        raise ConfigError(f"{path} holds no keys at the top; write lines such as `{next(iter(model.model_fields))}:`")
    problems = list(more)
    try:
        checked = model.model_validate(raw)
    except ValidationError as error:
        problems = [_problem(model, issue) for issue in error.errors()] + problems
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise ConfigError(f"{path} has {count}:\n" + "\n".join(f"  {problem}" for problem in problems))
    return checked


_REMEDIES = {
    "missing": "is required; add it",
    "string_type": "must be text; put it in quotes",
    "tuple_type": 'must be a list, such as ["one", "two"]',
    "model_type": "must hold keys of its own, each with a value",
    "string_pattern_mismatch": "must be small letters, digits and hyphens, such as schools-week",
    "string_too_short": "must not be empty; write something",
}


def _problem(model: type[BaseModel], issue: Any) -> str:
    where = _dotted(issue["loc"])
    if issue["type"] == "extra_forbidden":
        key = str(issue["loc"][-1])
        known = _known_keys(model, issue["loc"][:-1])
        near = process.extractOne(key, known)
        hint = f'; did you mean "{near[0]}"?' if near and near[1] >= 60 else f"; known here: {', '.join(known)}"
        return f'{where}: there is no key "{key}"{hint}'
    said = issue["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    return f"{where}: {_REMEDIES.get(issue['type'], said)}"


def _dotted(location: Sequence[str | int]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _known_keys(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """The keys allowed at a place of the file, found by walking the model along the error's location."""
    current: Any = model
    for part in location:
        if isinstance(part, str) and hasattr(current, "model_fields"):
            current = _model_inside(current.model_fields[part].annotation)
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def _model_inside(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for arg in getattr(annotation, "__args__", ()) if (found := _model_inside(arg))), None)
