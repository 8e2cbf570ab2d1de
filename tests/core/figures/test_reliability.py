"""The diagram shows the groups that it is given."""

from core.figures.reliability import Bin, reliability_figure


def test_each_full_group_is_a_point_and_empty_ones_are_left_out() -> None:
    groups = [Bin(0.5, 0.4, 10), Bin(0.7, 0.0, 0), Bin(0.99, 0.98, 900)]
    figure = reliability_figure(groups, "confidence", "right", "perfect")
    points = figure.data[1]
    assert list(points.x) == [0.5, 0.99]
    assert list(points.y) == [0.4, 0.98]
    assert list(points.customdata) == [10, 900]
    assert points.marker.size[1] > points.marker.size[0]


def test_no_group_at_all_is_an_empty_diagram() -> None:
    assert len(reliability_figure([], "x", "y", "z").data[1].x) == 0
