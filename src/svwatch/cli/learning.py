"""Commands of the learning loop: train, evaluate, promote, rollback, models, gold check, gold add, gold pin."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from svwatch.cli.show import note, say, say_json, table
from svwatch.errors import ConfigError, Exit, GoldError
from svwatch.workspace import carried, model_folders

if TYPE_CHECKING:
    from svwatch.learn.gold import GoldArticle
    from svwatch.tag.tagger import Tagger

gold_app = typer.Typer(no_args_is_help=True, help="The labelled articles that train and test the tagger: gold/.")
HEADS = ("what", "n", "precision", "recall", "F1", "95% interval of F1")
GoldOption = Annotated[Path | None, typer.Option("--gold", help="Folder of labelled articles; default gold/.")]


def learning(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help=TRAIN_HELP)(train)
    app.command(help=EVALUATE_HELP)(evaluate)
    app.command(help=PROMOTE_HELP)(promote)
    app.command(help="Make the model live again that was live before the present one.")(rollback)
    app.command(help="List the models of the workspace: which is live, its size, and whether it can be trusted.")(
        models
    )
    gold_app.command("check", help="Check every labelled article: one message with every problem.")(check)
    gold_app.command("pin", help="Pin every labelled article as it stands: rewrite gold/MANIFEST after a change.")(pin)
    gold_app.command("add", help="Add articles written in the marked form (docs/gold.md) to a gold file.")(add)


TRAIN_HELP = """Train a model on the gold and write it to a folder; the live model stays as it is.

    svwatch train models/mine

The folder holds the model, its scores out of fold, plots and a model card (card.md). The same gold always gives the same
bytes. Gold that differs from what gold/MANIFEST pins is refused. To use the model:  svwatch promote models/mine"""


def train(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder to write the model to; must not be there yet.")],
    gold: GoldOption = None,
) -> int:
    """Train and save."""
    from svwatch.learn.candidate import train_candidate

    if folder.exists():
        raise ConfigError(f"{folder} is there already; name a new folder")
    folder.mkdir(parents=True)  # where it cannot be made, say so now and not after minutes of training
    folder.rmdir()
    found = train_candidate(gold or context.obj / "gold", folder)
    table(HEADS, [row.cells() for row in found.rows])
    say(f"trained {folder}; these are its scores out of fold; its card is {folder}/card.md")
    say(f"compare it with the live model and use it:  svwatch promote {folder}")
    return Exit.DONE


EVALUATE_HELP = """Score a model on the gold: councils, roles, topics, relevance and events.

    svwatch evaluate
    svwatch evaluate councils --page errors.md

With `councils`: mentions and articles, roles, by kind of name and kind of trap; `--page` writes every error to read.

Every figure has its n and a 95% interval (bootstrap over happenings). Look at the dev split while you work; the test
split is for the end."""


class Part(StrEnum):
    """What of the tagger is scored."""

    ALL = "all"
    COUNCILS = "councils"


def evaluate(
    context: typer.Context,
    part: Annotated[Part, typer.Argument(help="What to score.")] = Part.ALL,
    split: Annotated[str, typer.Option(help="train, dev or test.")] = "dev",
    model: Annotated[Path | None, typer.Option(help="Model folder; default the live one.")] = None,
    gold: GoldOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong, article by article.")] = False,
    page: Annotated[
        Path | None, typer.Option("--page", help="With councils: write the errors there, as Markdown.")
    ] = None,
    json_out: Annotated[bool, typer.Option("--json", help="Write JSON for programs.")] = False,
) -> int:
    """Tag a split and print the scores."""
    from svwatch.learn.evaluate import evaluate_tagger
    from svwatch.learn.gold import SPLITS, load_gold
    from svwatch.learn.promote import record_read
    from svwatch.tag.model import current_model, load_tagger

    if split not in SPLITS:
        raise ConfigError(f'there is no split "{split}"; splits are {", ".join(SPLITS)}')
    tagger = load_tagger(model or current_model(model_folders(context.obj)))
    records = load_gold(gold or context.obj / "gold", split)
    if split == "test" and (context.obj / "models").is_dir():
        times = record_read(context.obj / "models", tagger.model_name, "evaluate", datetime.now(UTC))
        note(f"the test split has now been read {times} time(s); each further look makes its figures tell less")
    if part is Part.COUNCILS:
        return _evaluate_councils(records, tagger, split, errors=errors, page=page, json_out=json_out)
    if page is not None:
        raise ConfigError("--page goes with councils: svwatch evaluate councils --page FILE")
    result = evaluate_tagger(records, tagger)
    if json_out:
        for row in result.to_json():
            say_json(row)
    else:
        say(f"{tagger.model_name} on {result.articles} {split} articles, {result.happenings} happenings")
        table(HEADS, [row.cells() for row in result.rows])
        found = result.calibration
        say(f"calibration error {found.error:.3f} ({found.low:.3f} to {found.high:.3f}), n = {found.n} scores")
    for error in result.errors if errors else ():
        note(error)
    return Exit.DONE


def _evaluate_councils(
    records: "Sequence[GoldArticle]", tagger: "Tagger", split: str, *, errors: bool, page: Path | None, json_out: bool
) -> int:
    from svwatch.learn.council_scores import error_lines, errors_page, evaluate_councils

    result = evaluate_councils(records, tagger)
    if json_out:
        for row in [*(one.to_json() for one in result.scores), *(one.to_json() for one in result.shares)]:
            say_json(row)
    else:
        say(f"{tagger.model_name} on {result.articles} {split} articles, {result.happenings} happenings")
        table(HEADS, [row.cells() for row in result.scores])
        say()
        table(("what", "n", "share right", "95% interval"), [row.cells() for row in result.shares])
    for line in error_lines(result.errors) if errors else ():
        note(line)
    if page is not None:
        try:
            page.write_text(errors_page(result, tagger.model_name, split), encoding="utf-8")
        except OSError as error:
            raise ConfigError(
                f"{page} cannot be written ({error.strerror}); name a file in a folder of yours"
            ) from error
        note(f"{len(result.errors)} errors are in {page}")
    return Exit.DONE


PROMOTE_HELP = """Make a candidate the live model, if it is no worse than the present one on the test split.

    svwatch promote models/mine
    svwatch promote models/mine --override --name "A. Editor" --reason "the old one knows only eight topics"

It is refused (exit code 3) where the mean F1 over topics may fall by more than 0.01 (lower bound of the 95% interval of
the paired change), or the recall of a topic or of the councils falls by more than 0.05."""


def promote(
    context: typer.Context,
    candidate: Annotated[Path, typer.Argument(help="Folder of the candidate, as `svwatch train` wrote it.")],
    gold: GoldOption = None,
    override: Annotated[bool, typer.Option("--override", help="Promote a refused candidate nevertheless.")] = False,
    name: Annotated[str, typer.Option(help="Who overrides.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
) -> int:
    """Compare and switch."""
    from svwatch.learn.promote import Override
    from svwatch.learn.promote import promote as make_live

    if override and not (name.strip() and reason.strip()):
        raise ConfigError('an override needs --name and --reason, as --name "A. Editor" --reason "..."; give both')
    who = Override(name.strip(), reason.strip()) if override else None
    home = context.obj / "models"
    done = make_live(
        candidate, home, gold or context.obj / "gold", now=datetime.now(UTC), fallback=carried("models"), override=who
    )
    if done.verdict:
        change = done.verdict
        say(f"mean F1 over topics {change.change:+.3f}, 95% interval {change.low:+.3f} to {change.high:+.3f} (paired)")
    say(f"{done.name} is live{' by override' if done.is_overridden else ''}; before: {done.former or 'none'}")
    return Exit.DONE


def rollback(context: typer.Context) -> int:
    """Switch back."""
    from svwatch.learn.promote import rollback as switch_back

    former, present = switch_back(context.obj / "models", now=datetime.now(UTC))
    say(f"{present} is live again, {former} no longer")
    return Exit.DONE


def models(
    context: typer.Context,
    json_out: Annotated[bool, typer.Option("--json", help="Write JSON for programs.")] = False,
) -> int:
    """List them."""
    from svwatch.learn.promote import count_reads, list_models

    home = context.obj / "models"
    found = list_models(home)
    if json_out:
        for one in found:
            say_json(asdict(one))
        return Exit.DONE
    rows = [
        (
            one.name,
            "live" if one.is_live else "",
            f"{one.size_bytes / 1e6:.1f} MB",
            one.articles,
            one.problem or "sound",
        )
        for one in found
    ]
    table(("model", "", "size", "articles", "state"), rows)
    say(f"the test split has been read {count_reads(home)} time(s)")
    return Exit.DONE


def pin(context: typer.Context, gold: GoldOption = None) -> int:
    """Check the gold, then pin it."""
    from svwatch.learn.gold import load_gold
    from svwatch.learn.pins import MANIFEST, pin_gold

    folder = gold or context.obj / "gold"
    load_gold(folder)
    say(f"pinned {pin_gold(folder)} labelled articles in {folder / MANIFEST}")
    return Exit.DONE


def check(context: typer.Context, gold: GoldOption = None) -> int:
    """Say that the gold is sound, or every problem."""
    from svwatch.learn.gold import SPLITS, load_gold

    records = load_gold(gold or context.obj / "gold")
    split = ", ".join(f"{sum(r.split == name for r in records)} {name}" for name in SPLITS)
    say(f"{len(records)} labelled articles on {len({r.happening for r in records})} happenings are sound ({split})")
    return Exit.DONE


def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file of articles in the marked form.")],
    to: Annotated[str, typer.Option(help="Name of the gold file to add to.")] = "added",
    origin: Annotated[str, typer.Option(help="Who wrote these, and how.")] = "added by hand",
    gold: GoldOption = None,
) -> int:
    """Read marked articles and append their records."""
    from svwatch.learn.gold import gold_to_json
    from svwatch.learn.markup import gold_article, read_marked

    folder = gold or context.obj / "gold"
    try:
        with file.open(encoding="utf-8") as lines:
            records = [gold_article(marked, origin) for marked in read_marked(lines)]
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file} cannot be read: {error}; give a UTF-8 text file") from error
    with (folder / f"{to}.jsonl").open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(gold_to_json(record), ensure_ascii=False) + "\n" for record in records)
    say(f"added {len(records)} articles to {folder / to}.jsonl; now  svwatch gold check  and  svwatch gold pin")
    return Exit.DONE
