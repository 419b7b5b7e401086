"""The sample press as it stands one November morning, and its servers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from svwatch.sample.press import Press, load_press
from svwatch.sample.server import PressServer

TODAY = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def press() -> Press:
    return load_press(TODAY)


@pytest.fixture(scope="session")
def server(press: Press) -> Iterator[PressServer]:
    """For tests that only read."""
    with PressServer(press) as server:
        yield server


@pytest.fixture
def own_server(press: Press) -> Iterator[PressServer]:
    """For a test that switches the edition or counts requests."""
    with PressServer(press) as server:
        yield server
