"""Plots of a candidate as SVG: small, without a library, the same bytes every time."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import numpy as np
from sklearn.metrics import precision_recall_curve

from svwatch.learn.calibration import Calibration
from svwatch.learn.examples import Bools
from svwatch.tag.linear import Floats

SIDE, EDGE = 300, 40
Point = tuple[float, float]


def calibration_plot(found: Calibration) -> str:
    """What scores say against what is true: on the diagonal where they mean what they say."""
    points = [(one.said, one.true) for one in found.bins]
    return _plot("Calibration", "mean score", "share true", [[(0.0, 0.0), (1.0, 1.0)], points], points)


def precision_recall_plot(name: str, scores: Floats, truth: Bools) -> str:
    """Precision against recall of one topic, over every threshold."""
    if not truth.any():
        return _plot(name, "recall", "precision", [], [])
    precision, recall, _ = precision_recall_curve(truth, scores)
    return _plot(name, "recall", "precision", [list(zip(recall, precision, strict=True))], [])


def _plot(title: str, across: str, up: str, lines: Iterable[Sequence[Point]], dots: Iterable[Point]) -> str:
    size = SIDE + 2 * EDGE
    drawn = [f'<polyline fill="none" stroke="#1d4f91" points="{" ".join(map(_place, line))}"/>' for line in lines]
    drawn += [_dot(point) for point in dots]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">',
            f"<title>{escape(title)}: {up} against {across}</title>",
            f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
            f'<text x="{EDGE}" y="{EDGE - 12}">{escape(title)}</text>',
            f'<text x="{size / 2}" y="{size - 12}">{across} (0 to 1)</text>',
            f'<text x="12" y="{size / 2}" transform="rotate(-90 12 {size / 2})">{up} (0 to 1)</text>',
            *drawn,
            "</svg>\n",
        ]
    )


def _place(point: Point) -> str:
    across, up = np.clip(point, 0, 1)
    return f"{EDGE + SIDE * across:.1f},{EDGE + SIDE * (1 - up):.1f}"


def _dot(point: Point) -> str:
    across, up = _place(point).split(",")
    return f'<circle cx="{across}" cy="{up}" r="3" fill="#1d4f91"/>'
