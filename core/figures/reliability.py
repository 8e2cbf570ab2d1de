"""Reliability diagram: of the answers given with this confidence, how many were right?

Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from core.figures.palette import GREY, INK, css


@dataclass(frozen=True)
class Bin:
    """One group of answers: mean confidence, share that was right, how many."""

    confidence: float
    accuracy: float
    count: int


def reliability_figure(
    bins: Sequence[Bin], confidence: str, accuracy: str, perfect: str
) -> go.Figure:
    """The diagram; empty bins are left out, and each point's area grows with its count.

    Args:
        bins: the groups, in any order.
        confidence: title of the horizontal axis.
        accuracy: title of the vertical axis.
        perfect: name of the diagonal.
    """
    full = [group for group in bins if group.count]
    largest = max((group.count for group in full), default=1)
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", name=perfect, line={"color": css(GREY), "dash": "dot"}
    )
    figure.add_scatter(
        x=[group.confidence for group in full],
        y=[group.accuracy for group in full],
        mode="lines+markers",
        line={"color": css(INK)},
        marker={
            "size": [8 + 22 * (group.count / largest) ** 0.5 for group in full],
            "color": css(INK),
        },
        customdata=[group.count for group in full],
        hovertemplate="%{x:.3f} → %{y:.3f}<br>n = %{customdata:,}<extra></extra>",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_layout(
        xaxis={"title": confidence, "range": [0, 1]},
        yaxis={"title": accuracy, "range": [0, 1], "scaleanchor": "x"},
        margin={"l": 50, "r": 10, "t": 30, "b": 45},
        height=380,
        legend={"orientation": "h", "y": 1.1},
    )
    return figure
