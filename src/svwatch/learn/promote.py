"""Which model is live: promotion past a gate, rollback, and the record of both.

models/CURRENT             the live model's name, switched in one step
models/history.jsonl       one line for each switch: when, from, to, the verdict, and who overrode it and why
models/test-reads.jsonl    one line for each reading of the test split: when, which model, by which command
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from svwatch.errors import ModelError
from svwatch.learn.candidate import add_test_scores
from svwatch.learn.evaluate import counts_table, evaluate_tagger
from svwatch.learn.gold import GoldArticle, gold_digest, load_gold
from svwatch.learn.verdict import Verdict, judge
from svwatch.tag.model import MANIFEST, current_model, load_tagger, load_trained
from svwatch.tag.tagger import annotate

CURRENT, HISTORY, READS = "CURRENT", "history.jsonl", "test-reads.jsonl"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Override:
    """Who promotes a refused candidate nevertheless, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Promotion:
    """What a promotion did; `verdict` is None where there was no live model to compare with."""

    name: str
    former: str | None
    verdict: Verdict | None
    is_overridden: bool


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model folder: whether it is live, its size, what it saw, and why it could not be loaded (None: it can)."""

    name: str
    is_live: bool
    size_bytes: int
    articles: str
    problem: str | None


def promote(
    candidate: Path, models: Path, gold: Path, *, now: datetime, fallback: Path, override: Override | None = None
) -> Promotion:
    """Make a candidate live if it is no worse than the live model on the frozen test split.

    `fallback` is the folder of models used where `models` names none.

    Raises:
        ModelError: the candidate is refused; the live model stays.
    """
    records = load_gold(gold)
    _refuse_other_gold(candidate, records)
    test = [record for record in records if record.split == "test"]
    if not test:
        raise ModelError(f"{gold} has no test split to compare models on; {candidate.name} stays a candidate")
    live = _live(models, fallback)
    verdict = _compared(candidate, live, test, models, now, override)
    if verdict and not verdict.is_accepted and override is None:
        raise ModelError(_refusal(candidate, live, verdict))
    add_test_scores(candidate, evaluate_tagger(test, load_tagger(candidate)), count_reads(models))
    _bring_in(candidate, models)
    is_overridden = override is not None and not (verdict and verdict.is_accepted)
    said = {"verdict": asdict(verdict) if verdict else None, "override": asdict(override) if override else None}
    _switch(models, candidate.name, now, "promote", live.name if live else None, said)
    return Promotion(candidate.name, live.name if live else None, verdict, is_overridden)


def rollback(models: Path, *, now: datetime) -> tuple[str, str]:
    """Make the model live again that was live before the present one; their names, former and present.

    Raises:
        ModelError: no switch is on record, or the former model cannot be trusted.
    """
    present = _named(models)
    former = next((one["from"] for one in reversed(_lines(models / HISTORY)) if _led_to(one, present)), None)
    if present is None or former is None:
        raise ModelError(f"{models / HISTORY} names no model before the live one; nothing was changed")
    load_trained(models / former)
    _switch(models, former, now, "rollback", present, {})
    return present, former


def list_models(models: Path) -> list[ModelState]:
    """Every model folder, by name."""
    live = _named(models)
    return [_state(path.parent, live) for path in sorted(models.glob(f"*/{MANIFEST}"))]


def record_read(models: Path, model: str, command: str, now: datetime) -> int:
    """Write down that the test split was read; how often it has been read by now."""
    _append(models / READS, {"at": now.isoformat(timespec="seconds"), "model": model, "command": command})
    return count_reads(models)


def count_reads(models: Path) -> int:
    """How often the test split has been read."""
    return len(_lines(models / READS))


def _refuse_other_gold(candidate: Path, records: Sequence[GoldArticle]) -> None:
    seen = load_trained(candidate).trained_on.get("gold")
    now = gold_digest(record for record in records if record.split != "test")
    if seen != now:
        raise ModelError(
            f"{candidate.name} was trained on other gold than there is now, so the two cannot be compared; train it anew"
        )


def _live(models: Path, fallback: Path) -> Path | None:
    if not any((folder / CURRENT).is_file() for folder in (models, fallback)):
        return None
    return current_model([models, fallback])


def _compared(
    candidate: Path,
    live: Path | None,
    test: Sequence[GoldArticle],
    models: Path,
    now: datetime,
    override: Override | None,
) -> Verdict | None:
    """The verdict on the test split; None where no live model can be compared (it must then be overridden)."""
    taggers = [load_tagger(candidate)]
    try:
        taggers += [load_tagger(live)] if live else []
    except ModelError as error:
        if override is None:
            raise ModelError(
                f"{candidate.name} cannot be compared with the live model ({error}); to make it live nevertheless, "
                "give --override with --name and --reason"
            ) from error
    record_read(models, candidate.name, "promote", now)
    tables = [counts_table(test, [annotate(record.article, tagger) for record in test]) for tagger in taggers]
    return judge(tables[0], tables[1]) if len(tables) > 1 else None


def _refusal(candidate: Path, live: Path | None, verdict: Verdict) -> str:
    listed = "\n".join(f"  {objection}" for objection in verdict.objections)
    return (
        f"{candidate.name} is refused; {live.name if live else 'nothing'} stays live "
        f"(change of the mean F1 {verdict.change:+.3f}, 95% interval {verdict.low:+.3f} to {verdict.high:+.3f}):\n{listed}\n"
        "Give it more gold, or promote it nevertheless with --override, --name and --reason."
    )


def _bring_in(candidate: Path, models: Path) -> None:
    """Copy a candidate from elsewhere into the models folder, in one step."""
    target = models / candidate.name
    if candidate.resolve() == target.resolve():
        return
    if target.exists():
        raise ModelError(f"{target} is there already; rename the folder {candidate} and promote it again")
    unfinished = models / f".{candidate.name}.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(candidate, unfinished)
    unfinished.rename(target)


def _switch(models: Path, name: str, now: datetime, action: str, former: str | None, said: Json) -> None:
    unfinished = models / f".{CURRENT}.part"
    unfinished.write_text(f"{name}\n", encoding="utf-8")
    os.replace(unfinished, models / CURRENT)  # noqa: PTH105 - one step, also over an existing file
    at = now.isoformat(timespec="seconds")
    _append(models / HISTORY, {"at": at, "action": action, "from": former, "to": name} | said)


def _led_to(one: Json, present: str | None) -> bool:
    return bool(one["action"] == "promote" and one["to"] == present)


def _named(models: Path) -> str | None:
    pointer = models / CURRENT
    return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None


def _state(folder: Path, live: str | None) -> ModelState:
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    try:
        articles, problem = load_trained(folder).trained_on["articles"], None
    except ModelError as error:
        articles, problem = "", str(error)
    return ModelState(folder.name, folder.name == live, size, articles, problem)


def _append(path: Path, line: Json) -> None:
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


def _lines(path: Path) -> list[Json]:
    if not path.is_file():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as error:
        raise ModelError(f"{path} is broken ({error}); mend the line, or move the file away") from error
