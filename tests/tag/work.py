"""How much work a call does, counted in lines run: the same on a slow machine and a fast one."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def events_of(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
