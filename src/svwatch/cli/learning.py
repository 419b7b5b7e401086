"""Commands of the learning loop: train, evaluate, gold check, gold add."""

import json
from pathlib import Path
from typing import Annotated

import typer

from svwatch.cli.show import note, say, say_json, table
from svwatch.errors import ConfigError, Exit, GoldError

gold_app = typer.Typer(no_args_is_help=True, help="The labelled articles that train and test the tagger: gold/.")
GoldOption = Annotated[Path | None, typer.Option("--gold", help="Folder of labelled articles; default gold/.")]


def learning(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help=TRAIN_HELP)(train)
    app.command(help=EVALUATE_HELP)(evaluate)
    gold_app.command("check", help="Check every labelled article: one message with every problem.")(check)
    gold_app.command("add", help="Add articles written in the marked form (docs/gold.md) to a gold file.")(add)


TRAIN_HELP = """Train a model on the gold and write it to a folder; the live model stays as it is.

    svwatch train models/mine

The same gold always gives the same bytes. To use it, write its name into models/CURRENT."""


def train(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder to write the model to; must not be there yet.")],
    gold: GoldOption = None,
) -> int:
    """Train and save."""
    from svwatch.learn.train import train as train_on
    from svwatch.tag.model import save_model

    if folder.exists():
        raise ConfigError(f"{folder} is there already; name a new folder")
    save_model(train_on(gold or context.obj / "gold"), folder)
    say(f"trained {folder}; score it with  svwatch evaluate --model {folder}")
    return Exit.DONE


EVALUATE_HELP = """Score a model on the gold: councils, roles, topics, relevance and events.

Every figure has its n and a 95% interval (bootstrap over happenings). Look at the dev split while you work; the test
split is for the end."""


def evaluate(
    context: typer.Context,
    split: Annotated[str, typer.Option(help="train, dev or test.")] = "dev",
    model: Annotated[Path | None, typer.Option(help="Model folder; default the live one.")] = None,
    gold: GoldOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what went wrong, article by article.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="Write JSON for programs.")] = False,
) -> int:
    """Tag a split and print the scores."""
    from svwatch.learn.evaluate import evaluate_tagger
    from svwatch.learn.gold import SPLITS, load_gold
    from svwatch.tag.model import current_model, load_tagger
    from svwatch.workspace import model_folders

    if split not in SPLITS:
        raise ConfigError(f'there is no split "{split}"; splits are {", ".join(SPLITS)}')
    tagger = load_tagger(model or current_model(model_folders(context.obj)))
    result = evaluate_tagger(load_gold(gold or context.obj / "gold", split), tagger)
    if json_out:
        for row in result.rows:
            say_json(row.to_json())
    else:
        say(f"{tagger.model_name} on {result.articles} {split} articles, {result.happenings} happenings")
        table(("what", "n", "precision", "recall", "F1", "95% interval of F1"), [row.cells() for row in result.rows])
    for error in result.errors if errors else ():
        note(error)
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
    say(f"added {len(records)} articles to {folder / to}.jsonl; now  svwatch gold check")
    return Exit.DONE
