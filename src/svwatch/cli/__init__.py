"""The command line: parse, call one function, print, exit code. Heavy imports stand in the commands that need them."""

import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from svwatch import __version__
from svwatch.cli.learning import gold_app, learning
from svwatch.cli.reading import reading
from svwatch.cli.show import OutputClosed, complain, forget_output, note
from svwatch.cli.sources import keeping
from svwatch.cli.watching import sources_app, watching
from svwatch.errors import Exit, SvwatchError

app = typer.Typer(
    name="svwatch",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""Watch the English education press for what the Safety Valve programme does to councils and families.

    A morning's work:  svwatch run  reads every source that is due, tags what is new and writes today's digest to
    output/.  Start with  svwatch init DIR  (lays down a workspace)  or  svwatch demo  (an invented press, no internet).

    Exit codes: 0 done, 1 a bug in svwatch, 2 wrong use or configuration, 3 refused (model not trusted), 4 done in part,
    5 database, 130 interrupted.""",
)
watching(app)
reading(app)
learning(app)
keeping(app, sources_app)
app.add_typer(sources_app, name="sources")
app.add_typer(gold_app, name="gold")


def _version(is_asked: bool) -> None:
    if is_asked:
        print(f"svwatch {__version__}")  # noqa: T201 - results go to standard output
        raise typer.Exit


@app.callback()
def _everywhere(
    context: typer.Context,
    workspace: Annotated[
        Path, typer.Option("--workspace", "-w", help="Folder with config/, models/, output/ and svwatch.db.")
    ] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = workspace


def main() -> None:
    """Run the command line and end with the documented exit code."""
    try:
        code = app(standalone_mode=False) or Exit.DONE
        sys.stdout.flush()  # where little was written, a reader that has left is met only here
    except SvwatchError as error:
        _end(str(error), error.exit_code, error)
    except (OutputClosed, BrokenPipeError):
        forget_output()
        sys.exit(Exit.DONE)
    except (typer.Abort, KeyboardInterrupt):
        code = Exit.INTERRUPTED
    except Exception as error:
        _fail(error)
    if code == Exit.INTERRUPTED:
        _end("stopped; run the same command again to carry on", Exit.INTERRUPTED)
    sys.exit(code)


def _fail(error: Exception) -> NoReturn:
    """End for a wrong use of the command line (click's own errors), a file that refuses, or a bug."""
    format_message = getattr(error, "format_message", None)
    if format_message is not None:
        message = format_message().rstrip(".")
        if message.startswith("Usage:"):  # a group of commands was named without one: this is its help
            note(message)
            sys.exit(Exit.USAGE)
        _end(f"{message}; see svwatch --help", Exit.USAGE)
    if isinstance(error, OSError) and error.filename is not None:
        _end(f"{error.filename}: {error.strerror}; check the name, its permissions and free space", Exit.USAGE, error)
    _end(
        f"this is a bug in svwatch: {type(error).__name__}: {error}; run again with --debug and report it",
        Exit.BUG,
        error,
    )


def _end(message: str, code: Exit, error: Exception | None = None) -> NoReturn:
    if error is not None and "--debug" in sys.argv:
        traceback.print_exception(error)
    complain(message)
    sys.exit(code)
