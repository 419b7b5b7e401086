"""Commands that read and tell: tag, export, search, digest."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svwatch.cli.inputs import STDIN, BadInput, Form, form_of, read_articles
from svwatch.cli.show import complain, note, one_line, say, say_json
from svwatch.errors import ConfigError, Exit
from svwatch.records import Annotation, Article, Span

if TYPE_CHECKING:
    from svwatch.store.records import Selection

JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for programs.")]


def reading(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(help=TAG_HELP)(tag)
    app.command(help=EXPORT_HELP)(export)
    app.command(help=SEARCH_HELP)(search)
    app.command(help=DIGEST_HELP)(digest)


TAG_HELP = """Tag text, HTML or JSON Lines: which councils, which topics, which dated events, in which words.

Needs no database and no network. Give files, or pipe text in:

    svwatch tag article.txt

    curl -s https://example.org/story | svwatch tag --format html --json

    svwatch tag --format jsonl < articles.jsonl > tagged.jsonl

JSON Lines in ({"id", "title", "text", "published"?, "url"?}) give JSON Lines out, in order. Text may start with a title
on a line of its own, followed by an empty line.

Input that cannot be read (not UTF-8, not JSON, empty, no such file) is named on standard error, with its line; the rest
is tagged, and the command ends with 4."""


def tag(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Files to read; none or - for standard input.")] = None,
    form: Annotated[
        Form, typer.Option("--format", help="What the input is; auto goes by the file's ending.")
    ] = Form.AUTO,
    json_out: JsonOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show why each tag was given (not in JSON).")] = False,
) -> int:
    """Tag what is given and print it."""
    from svwatch.contract import article_to_json
    from svwatch.tag.model import current_model, load_tagger
    from svwatch.tag.tagger import annotate
    from svwatch.workspace import model_folders

    tagger = load_tagger(current_model(model_folders(context.obj)))
    bad = 0
    for path in files or [STDIN]:
        chosen = form_of(path, form)
        for article in read_articles(path, chosen):
            if isinstance(article, BadInput):
                complain(one_line(article.reason))
                bad += 1
            elif json_out or chosen is Form.JSONL:
                say_json(article_to_json(article, annotate(article, tagger)))
            else:
                show_annotation(article, annotate(article, tagger), explain)
    return Exit.PARTIAL if bad else Exit.DONE


def show_annotation(article: Article, annotation: Annotation, explain: bool) -> None:
    """What is said of one article, for a person to read."""
    from svwatch.gazetteer import load_councils
    from svwatch.taxonomy import load_taxonomy

    taxonomy, councils = load_taxonomy(), load_councils()
    say(one_line(article.title or article.id or "(no title)"))
    about = "about SEND" if annotation.relevant else "not about SEND"
    say(f"  {about} (score {annotation.relevance_score:.2f})")
    for tag in annotation.councils:
        say(f"  council  {councils[tag.slug].name} ({tag.slug}), {tag.role}: {_quoted(tag.spans)}")
        _why(explain, tag.why)
    for topic in annotation.topics:
        say(f"  topic    {taxonomy.topic_name(topic.id)} (score {topic.score:.2f}): {_quoted(topic.evidence[:2])}")
        _why(explain, topic.why)
    for event in annotation.events:
        values = ", ".join(f"{key} {value}" for key, value in event.values.items())
        when = event.date or "date not stated"
        say(
            f"  event    {event.kind} {', '.join(event.councils) or 'national'}; {when}; {values}: {_quoted((event.evidence,))}"
        )
    say()


def _quoted(spans: tuple[Span, ...]) -> str:
    return " | ".join(dict.fromkeys(f'"{" ".join(span.text.split())}"' for span in spans))


def _why(is_asked: bool, why: str) -> None:
    if is_asked and why:
        say(f"           why: {why}")


class ExportForm(StrEnum):
    """The form of an export."""

    JSONL = "jsonl"
    CSV = "csv"


DayOption = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="A London date.")]
CouncilOption = Annotated[
    list[str] | None, typer.Option("--council", "-c", help="Slug, name or alias; may be repeated.")
]
TopicOption = Annotated[list[str] | None, typer.Option("--topic", "-t", help="Topic id; may be repeated.")]

EXPORT_HELP = """Write stored articles as JSON Lines or CSV to standard output.

    svwatch export --since 2026-11-01 --council bury --topic rating > bury.jsonl

Each line of JSON Lines is one annotated article in the public form (docs/json.md), with the addresses of its copies.
CSV has one row an article, without the text, and is safe to open in a spreadsheet."""


def export(
    context: typer.Context,
    form: Annotated[ExportForm, typer.Option("--format", help="jsonl or csv.")] = ExportForm.JSONL,
    since: DayOption = None,
    until: DayOption = None,
    council: CouncilOption = None,
    topic: TopicOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also articles that are not about SEND.")] = False,
) -> int:
    """Print every stored article that is asked for, originals only; copies stand with them."""
    from svwatch.config import load_config
    from svwatch.contract import article_to_json
    from svwatch.wiring import store_of

    store = store_of(load_config(context.obj))
    rows = store.articles(_selection(since, until, council, topic, everything))
    lines = (article_to_json(row.article, row.annotation, row.copies) for row in rows)
    if form is ExportForm.JSONL:
        for line in lines:
            say_json(line)
    else:
        for text in _csv_lines(lines):
            say(text)
    return Exit.DONE


def _selection(
    since: str | None, until: str | None, council: list[str] | None, topic: list[str] | None, everything: bool
) -> "Selection":
    from svwatch.gazetteer import find_slug, load_councils
    from svwatch.store.records import Moment, Selection

    return Selection(
        since=_day_start(since),
        until=_day_start(until),
        councils=tuple(find_slug(name, load_councils()) for name in council or ()),
        topics=tuple(_known_topic(name) for name in topic or ()),
        relevant=None if everything else True,
        by=Moment.PUBLISHED,
    )


def _known_topic(name: str) -> str:
    from svwatch.taxonomy import load_taxonomy

    known = load_taxonomy().topic_ids
    if name not in known:
        raise ConfigError(f'there is no topic "{name}"; topics are {", ".join(known)}')
    return name


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise ConfigError(f'"{written}" is not a date; write it as 2026-11-22') from None
    if not 1900 <= day.year <= 2200:
        raise ConfigError(f'"{written}" is in another age; give a date between 1900 and 2200')
    return day


def _day_start(written: str | None) -> datetime | None:
    from svwatch.wiring import LONDON

    return None if written is None else datetime.combine(_day(written), time(), LONDON).astimezone(UTC)


_CSV_HEADS = ("url", "source", "published", "title", "councils", "subjects", "topics", "events", "copies")


def _csv_lines(articles: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield _csv_row(_CSV_HEADS)
    for article in articles:
        councils = article.get("councils", [])
        yield _csv_row(
            (
                article.get("url", ""),
                article.get("source", ""),
                article.get("published", ""),
                article["title"],
                " ".join(tag["slug"] for tag in councils),
                " ".join(tag["slug"] for tag in councils if tag["role"] == "subject"),
                " ".join(tag["id"] for tag in article.get("topics", [])),
                " ".join(event["kind"] for event in article.get("events", [])),
                " ".join(article["copies"]),
            )
        )


def _csv_row(cells: tuple[str, ...]) -> str:
    """One row; a cell that a spreadsheet would take for a formula is opened with an apostrophe (OWASP)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_inert(cell) for cell in cells])
    return out.getvalue()


def _inert(cell: str) -> str:
    plain = one_line(cell)
    return f"'{plain}" if plain.lstrip(" '\"")[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") else plain


SEARCH_HELP = """Find stored articles by their words.

    svwatch search "transport Bury" --topic cuts"""


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that must all be in the title or the text.")],
    council: CouncilOption = None,
    topic: TopicOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many articles.")] = 20,
    json_out: JsonOption = False,
) -> int:
    """Print the articles that hold every word, best first."""
    from svwatch.config import load_config
    from svwatch.contract import article_to_json
    from svwatch.wiring import store_of

    store = store_of(load_config(context.obj))
    found = store.search(" ".join(words), _selection(None, None, council, topic, everything=True), limit=limit)
    for row in found:
        if json_out:
            say_json(article_to_json(row.article, row.annotation, row.copies))
        else:
            dated = row.article.published_at or row.first_seen_at
            say(f"{dated:%Y-%m-%d}  {one_line(row.article.title)}\n            {one_line(row.article.url)}")
    if not found:
        note("nothing found; try fewer words")
    return Exit.DONE


DIGEST_HELP = """Write the digest of a day to output/: web page, plain text, Markdown and JSON.

    svwatch digest

    svwatch digest --day 2026-11-21 --days 7

It tells what was first seen in the period. `svwatch run` writes today's by itself."""


def digest(
    context: typer.Context,
    day: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The last London day covered; default today.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=366, help="How many days; default from the settings.")] = None,
    show: Annotated[bool, typer.Option("--print", help="Also print the plain text.")] = False,
    json_out: JsonOption = False,
) -> int:
    """Write the digest and say where it is."""
    from svwatch.config import load_config
    from svwatch.publish.render import render_json
    from svwatch.publish.text import render_text
    from svwatch.wiring import LONDON, digest_of, period, store_of, write_digest

    config = load_config(context.obj)
    now = datetime.now(UTC)
    covered = period(_day(day) if day else now.astimezone(LONDON).date(), days or config.settings.digest.days)
    made = digest_of(config, store_of(config), covered, now)
    written = write_digest(config, made)
    if json_out:
        say(render_json(made))
    elif show:
        say(render_text(made))
    note(f"{made.subject}\nthe digest is at {written}")
    return Exit.DONE
