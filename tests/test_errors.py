"""What each error tells the shell, and what a failed fetch carries."""

import pytest

from svwatch.errors import (
    ConfigError,
    Exit,
    FeedError,
    FetchError,
    GoldError,
    InputError,
    ModelError,
    PageError,
    SourceError,
    StoreError,
    SvwatchError,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(ConfigError, 2, id="configuration"),
        pytest.param(InputError, 2, id="input"),
        pytest.param(GoldError, 2, id="gold"),
        pytest.param(ModelError, 3, id="model"),
        pytest.param(SourceError, 4, id="source"),
        pytest.param(FeedError, 4, id="feed"),
        pytest.param(PageError, 4, id="page"),
        pytest.param(StoreError, 5, id="database"),
    ],
)
def test_each_error_has_its_exit_code(error: type[SvwatchError], code: int) -> None:
    assert error("why").exit_code == code
    assert issubclass(error, SvwatchError)


def test_the_exit_codes_are_those_of_the_readme() -> None:
    assert {code.name: code.value for code in Exit} == {
        "DONE": 0,
        "BUG": 1,
        "USAGE": 2,
        "REFUSED": 3,
        "PARTIAL": 4,
        "DATABASE": 5,
        "INTERRUPTED": 130,
    }


def test_a_failed_fetch_may_succeed_later_unless_it_says_otherwise() -> None:
    error = FetchError("the site did not answer")
    assert (str(error), error.status, error.is_temporary, error.retry_after_seconds) == (
        "the site did not answer",
        None,
        True,
        None,
    )


def test_a_failed_fetch_carries_what_the_site_said() -> None:
    error = FetchError("gone", status=410, is_temporary=False, retry_after_seconds=5.0)
    assert (error.status, error.is_temporary, error.retry_after_seconds, error.exit_code) == (410, False, 5.0, 4)
