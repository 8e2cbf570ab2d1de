"""The steps of reading a sheet, each on its own."""

from __future__ import annotations

import numpy as np
import pytest

from core.vision.drawing import SIDE
from core.vision.photo.cut import cut
from core.vision.photo.light import greys, lit
from core.vision.photo.path import drawings, thinned
from core.vision.photo.pieces import pieces
from core.vision.photo.ruling import ruled
from core.vision.photo.threshold import between
from core.vision.photo.windows import box_mean, closed


@pytest.mark.parametrize("seed", range(4))
def test_pieces_are_those_that_a_flood_finds(seed: int) -> None:
    mask = np.random.default_rng(seed).random((23, 31)) < 0.35
    numbers = pieces(mask).numbers(mask.shape)
    seen = np.full(mask.shape, -1)
    count = 0
    for start in np.argwhere(mask):
        if seen[tuple(start)] >= 0:
            continue
        todo = [tuple(start)]
        while todo:
            row, column = todo.pop()
            inside = 0 <= row < 23 and 0 <= column < 31
            if not inside or not mask[row, column] or seen[row, column] >= 0:
                continue
            seen[row, column] = count
            todo += [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        count += 1
    assert len(pieces(mask)) == count
    pairs = {(int(a), int(b)) for a, b in zip(numbers[mask], seen[mask], strict=True)}
    assert len(pairs) == count and (numbers[~mask] == -1).all()


def test_windows_are_those_of_a_loop() -> None:
    values = np.random.default_rng(0).random((9, 12), np.float32)
    means = box_mean(values, 2, 3)
    for row, column in ((0, 0), (4, 5), (8, 11)):
        window = values[max(0, row - 2) : row + 3, max(0, column - 3) : column + 4]
        assert means[row, column] == pytest.approx(window.mean(), abs=1e-6)
    assert (closed(values, 2) >= values).all()


def test_half_the_light_makes_no_difference_to_the_ink() -> None:
    plane = np.full((200, 200, 3), 200, np.uint8)
    plane[90:110, 40:160] = 50
    shaded = plane.copy()
    shaded[:, 100:] //= 2
    even, half = lit(greys(plane)), lit(greys(shaded))
    inner = np.s_[95:105, 130:150]
    assert half.ink[inner].mean() == pytest.approx(even.ink[inner].mean(), abs=0.01)
    assert lit(greys(shaded), flatten=False).ink[30, 150] > 0.4 > 0.05 > half.ink[30, 150]
    assert lit(greys(255 - plane)).turned and not even.turned


def test_the_threshold_lies_halfway_between_what_it_parts() -> None:
    ink = np.random.default_rng(1).normal(0.02, 0.01, (90, 90)).clip(0).astype(np.float32)
    ink[10:20], ink[30:40] = 0.3, 0.7
    found = between(ink)
    assert found.value == pytest.approx((found.paler + found.darker) / 2, abs=1e-3)
    assert found.darker == pytest.approx(ink[ink > found.value].mean(), abs=0.01)
    assert 0.3 < found.value < 0.7


def test_lines_go_and_strokes_across_them_stay() -> None:
    mask = np.zeros((300, 400), bool)
    for line in range(40, 300, 50):
        mask[line : line + 2] = True
    mask[60:130, 200:206] = True  # a 1 that crosses a line
    ink = np.where(mask, np.float32(0.5), np.float32(0))
    gone = ruled(ink, 0.3)
    left = mask & ~gone
    assert left[60:130, 201:205].all()
    assert left[:, :190].sum() == 0 and left[:, 220:].sum() == 0
    alone = np.zeros_like(mask)
    alone[150:152] = True  # one line alone is no ruling
    assert not ruled(np.where(alone, np.float32(0.5), np.float32(0)), 0.3).any()


def test_parts_that_lie_close_become_one_digit() -> None:
    mask = np.zeros((120, 200), bool)
    mask[20:24, 30:60] = True  # the bar of a 5, and its body below
    mask[28:80, 30:36] = True
    mask[20:80, 120:126] = True  # a 1
    assert cut(mask).boxes.tolist() == [[20, 30, 80, 60], [20, 120, 80, 126]]
    assert len(cut(mask, join=False)) == 3
    mask[110:113, 180:183] = True  # a speck
    assert len(cut(mask)) == 2


def test_a_line_that_climbs_is_one_line() -> None:
    mask = np.zeros((300, 600), bool)
    for step in range(8):
        mask[100 - 8 * step + 60 : 140 - 8 * step + 60, 20 + 70 * step : 40 + 70 * step] = True
        mask[100 - 8 * step + 130 : 140 - 8 * step + 130, 20 + 70 * step : 40 + 70 * step] = True
    assert cut(mask).lines.tolist() == [0] * 8 + [1] * 8


def test_thinning_keeps_pieces_and_holes() -> None:
    ring = np.zeros((1, 40, 40), bool)
    ring[0, 5:35, 5:35] = True
    ring[0, 15:25, 15:25] = False
    thin = thinned(ring)[0]
    assert len(pieces(thin)) == 1 and not thin[20, 20]
    neighbours = sum(
        np.roll(thin, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j
    )
    assert (neighbours[thin] >= 2).all()  # it is still closed


def test_a_stroke_comes_back_in_the_middle_of_the_canvas() -> None:
    ink = np.zeros((100, 80), np.float32)
    ink[20:80, 38:44] = 0.8
    mask = ink > 0.5
    [drawing] = drawings(ink, 0.5, cut(mask), mask)
    points = np.concatenate(drawing.strokes)
    assert len(drawing.strokes) == 1
    assert abs(points.mean(0) - SIDE / 2).max() < 0.02 * SIDE
    assert np.ptp(points[:, 1]) > 0.75 * SIDE and np.ptp(points[:, 0]) < 0.05 * SIDE
