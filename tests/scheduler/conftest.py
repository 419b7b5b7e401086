"""A press on loopback for each test."""

from sources.conftest import press

__all__ = ["press"]
