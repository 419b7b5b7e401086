"""What a run tells: outcomes counted once each, failures kept, and the exit code that follows."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from svwatch.errors import Exit, FeedError, ModelError, SourceError, StoreError
from svwatch.records import Annotation, Article
from svwatch.report import OUTCOME_MEANINGS, Outcome, RunReport, SourceState

NOW = datetime(2026, 5, 15, tzinfo=UTC)
Change = Callable[[RunReport], object]


def report() -> RunReport:
    return RunReport(NOW)


@pytest.mark.parametrize(
    ("is_summary", "annotation", "outcome"),
    [
        pytest.param(True, None, Outcome.SUMMARY_ONLY, id="a summary is never classified"),
        pytest.param(False, None, Outcome.UNTAGGED, id="no model"),
        pytest.param(False, Annotation(True, 0.9), Outcome.RELEVANT, id="relevant"),
        pytest.param(False, Annotation(False, 0.1), Outcome.NOT_RELEVANT, id="not relevant"),
    ],
)
def test_a_new_article_ends_in_one_outcome(
    *, is_summary: bool, annotation: Annotation | None, outcome: Outcome
) -> None:
    assert Outcome.of(Article("", "", "", is_summary=is_summary), annotation) is outcome


def test_every_outcome_has_a_meaning_in_words() -> None:
    assert set(OUTCOME_MEANINGS) == set(Outcome)


def test_entries_met_are_the_sum_of_all_outcomes() -> None:
    run = report()
    run.count(Outcome.KNOWN, 7)
    run.count(Outcome.RELEVANT)
    run.count(Outcome.RELEVANT)
    assert (run.met, run.outcomes[Outcome.RELEVANT]) == (9, 2)


def test_sources_that_failed_are_listed_by_name() -> None:
    run = report()
    run.sources = {"b": SourceState.FAILED, "c": SourceState.READ, "a": SourceState.FAILED, "d": SourceState.UNCHANGED}
    assert run.failed_sources == ["a", "b"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda run: None, Exit.DONE, id="nothing went wrong"),
        pytest.param(lambda run: run.fail("a", "u", FeedError("no feed")), Exit.PARTIAL, id="a site misbehaved"),
        pytest.param(lambda run: run.fail("a", "u", ValueError("oh")), Exit.BUG, id="a bug of ours"),
        pytest.param(lambda run: setattr(run, "model_problem", "no model"), Exit.REFUSED, id="no model to trust"),
        pytest.param(
            lambda run: (run.fail("a", "u", KeyError("x")), setattr(run, "model_problem", "no model")),
            Exit.BUG,
            id="a bug outweighs the model",
        ),
    ],
)
def test_the_exit_code_tells_the_worst(change: Change, code: Exit) -> None:
    run = report()
    change(run)
    assert run.exit_code is code


@pytest.mark.parametrize(
    ("error", "reason", "is_bug"),
    [
        pytest.param(SourceError("too slow"), "too slow", False, id="a site"),
        pytest.param(ModelError("no model"), "no model", False, id="a model"),
        pytest.param(
            ZeroDivisionError("by zero"), "svwatch made a mistake here: ZeroDivisionError: by zero", True, id="us"
        ),
    ],
)
def test_a_guard_records_a_failure_and_carries_on(error: Exception, reason: str, *, is_bug: bool) -> None:
    run = report()
    with run.guard("a", "https://example.org/1"):
        raise error
    [failure] = run.failures
    assert (failure.source_id, failure.url, failure.reason) == ("a", "https://example.org/1", reason)
    assert bool(failure.trace and "Traceback" in failure.trace) is is_bug


@pytest.mark.parametrize("error", [StoreError("locked"), KeyboardInterrupt()], ids=["database", "Ctrl-C"])
def test_a_guard_lets_what_ends_the_run_through(error: BaseException) -> None:
    run = report()
    with pytest.raises(type(error)), run.guard("a", "u"):
        raise error
    assert run.failures == []
