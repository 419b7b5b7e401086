"""A press on loopback for each test."""

from collections.abc import Iterator

import pytest

from .press import Press, serve


@pytest.fixture
def press() -> Iterator[Press]:
    """A web server that answers nothing yet."""
    press = Press()
    server = serve(press)
    yield press
    server.shutdown()
    server.server_close()
