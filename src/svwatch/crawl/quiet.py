"""Whether a source has fallen silent: judged by its own longest silence, never by the calendar. Pure.

A feed that goes on answering but gives nothing new is the failure nobody sees: it took one project five days, another
three and a half months, to notice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

MEMORY = timedelta(weeks=8)
LEAST_ENTRIES = 8
SHORTEST_SILENCE = timedelta(days=2)
MARGIN = timedelta(days=1)


def quiet_since(times: Sequence[datetime], now: datetime, expect: tuple[float, float] | None) -> datetime | None:
    """The time of the newest entry, where a source has been silent for longer than it usually is.

    Args:
        times: when its entries of the `MEMORY` before its newest appeared, in order; what lies ahead counts as now.
        now: the present.
        expect: how many entries a week the operator expects, at least and at most; None where nothing is said.

    Returns:
        None where the silence is no longer than the longest of that time and a day, or too little is known.
    """
    usual = _usual_silence(times, expect)
    if usual is None or not times:
        return None
    newest = min(times[-1], now)
    return newest if now - newest > max(usual + MARGIN, SHORTEST_SILENCE) else None


def _usual_silence(times: Sequence[datetime], expect: tuple[float, float] | None) -> timedelta | None:
    """The longest silence there was; where too few entries tell, three of the gaps the operator expects."""
    if len(times) >= LEAST_ENTRIES:
        return max(later - earlier for earlier, later in pairwise(times))
    if expect is not None and expect[0]:
        return 3 * timedelta(weeks=1) / expect[0]
    return None
