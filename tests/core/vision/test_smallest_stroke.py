import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core import weights
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.models import SimpleCNN, normalise
from core.vision.preprocess import Stages, paint, place, render
from core.vision.smallest_stroke import _arc, _Parts, _piece, smallest_stroke

FLAGPOLE = Drawing.of([[[300, 200], [700, 200], [500, 820]], [[380, 520], [640, 520]]])  # a 7


class Blackness(torch.nn.Module):
    """Answers 1 while more than `enough` of the picture's ink is there, otherwise 0."""

    def __init__(self, enough: float) -> None:
        super().__init__()
        self.enough = enough

    def logits(self, pictures: torch.Tensor) -> torch.Tensor:
        ink = ((pictures + 1) / 2).flatten(1).sum(1)
        out = torch.zeros(len(pictures), 10)
        out[:, 1] = ink - self.enough
        return out


@pytest.fixture(scope="module")
def model() -> SimpleCNN:
    return weights.load("simple_cnn_notes")[0]


@pytest.fixture
def black(monkeypatch: pytest.MonkeyPatch) -> type[Blackness]:
    """The search with a network that only weighs ink: what it must find can be said beforehand."""
    monkeypatch.setattr(
        "core.vision.smallest_stroke.logits_of", lambda model, pictures: model.logits(pictures)
    )
    return Blackness


def ask(model: SimpleCNN, strokes: tuple[np.ndarray, ...], drawing: Drawing, stages: Stages) -> int:
    picture = paint(strokes, place(drawing, stages))
    with torch.no_grad():
        return int(model(normalise(torch.from_numpy(picture))[None, None]).argmax())


def by_hand(model: SimpleCNN, drawing: Drawing, stages: Stages, units: int) -> float | None:
    """The length of the shortest piece, with every candidate painted and asked alone."""
    before = ask(model, drawing.strokes, drawing, stages)
    total = sum(_arc(stroke)[-1] for stroke in drawing.strokes)
    found = []
    for index, stroke in enumerate(drawing.strokes):
        count = max(1, round(units * _arc(stroke)[-1] / total))
        for first in range(count):
            for last in range(first + 1, count + 1):
                rest = [s for i, s in enumerate(drawing.strokes) if i != index]
                rest += [_piece(stroke, 0, first / count)] if first else []
                rest += [_piece(stroke, last / count, 1)] if last < count else []
                if rest and ask(model, tuple(rest), drawing, stages) != before:
                    found.append(_arc(stroke)[-1] * (last - first) / count)
    return min(found) if found else None


ALL = Stages()
AS_DRAWN = Stages(crop=False, fit=False, centre=False, pen=False)


@pytest.mark.parametrize(
    ("number", "stages", "units"),
    [(number, ALL, 8) for number in (0, 2, 4, 5, 7, 8, 9)]
    + [(2, ALL, 16), (6, ALL, 16), (9, ALL, 16), (2, AS_DRAWN, 8), (4, AS_DRAWN, 8)],
)
def test_it_is_the_shortest_piece_that_changes_the_answer(
    model: SimpleCNN, number: int, stages: Stages, units: int
) -> None:
    drawing = sample(number)
    removal = smallest_stroke(model, drawing, stages, units)
    expected = by_hand(model, drawing, stages, units)
    if removal is None or expected is None:
        assert removal is expected is None
        return
    assert removal.length == pytest.approx(expected, rel=1e-6)
    assert removal.before == ask(model, drawing.strokes, drawing, stages) != removal.after
    total = sum(_arc(stroke)[-1] for stroke in drawing.strokes)
    assert removal.share == pytest.approx(expected / total)
    assert _arc(removal.piece)[-1] == pytest.approx(expected, abs=2 * len(removal.piece))


def test_the_piece_lies_on_its_stroke(model: SimpleCNN) -> None:
    for number in range(10):
        drawing = sample(number)
        removal = smallest_stroke(model, drawing)
        if removal is None:
            continue
        path = drawing.strokes[removal.stroke].astype(float)
        dense = np.concatenate(
            [np.linspace(a, b, 200) for a, b in zip(path, path[1:], strict=False)]
        )
        nearest = np.hypot(*(removal.piece[:, None] - dense[None]).transpose(2, 0, 1)).min(1)
        assert nearest.max() < 3 and 0 < removal.share < 1


@pytest.mark.parametrize("stages", [Stages(), Stages(centre=False), Stages(crop=False, pen=False)])
def test_units_together_are_the_whole_drawing(stages: Stages) -> None:
    for drawing in (FLAGPOLE, sample(3), sample(8)):
        counts = [5] * len(drawing.strokes)
        parts = _Parts(drawing, counts, place(drawing, stages))
        assert np.allclose(parts.whole(), render(drawing, stages), atol=0.06)  # cuts are rounded
        assert np.allclose(parts.without(0, 2, 2), parts.whole())


def test_a_part_left_out_is_the_rest_painted_where_the_whole_drawing_lay() -> None:
    where = place(FLAGPOLE)
    parts = _Parts(FLAGPOLE, [6, 3], where)
    first, second = FLAGPOLE.strokes
    rest = (_piece(first, 0, 2 / 6), _piece(first, 5 / 6, 1), second)
    assert np.allclose(parts.without(0, 2, 5), paint(rest, where), atol=0.06)
    assert np.allclose(parts.without(1, 0, 3), paint((first,), where), atol=0.06)


def test_a_network_that_weighs_ink_loses_just_enough_of_it(black: type[Blackness]) -> None:
    line = Drawing.of([[[100, 500], [900, 500]]])
    ink = float(render(line).sum())
    removal = smallest_stroke(black(0.5 * ink), line, units=20)
    assert removal is not None and (removal.before, removal.after) == (1, 0)
    # round ends fill in about a pen's width of the gap, so somewhat more than half must go
    assert 0.5 < removal.share < 0.7
    assert smallest_stroke(black(-1.0), line) is None


def test_of_equally_short_pieces_the_one_that_counts_most_is_taken(
    black: type[Blackness],
) -> None:
    crossed = Drawing.of([[[100, 500], [900, 500]], [[900, 500], [100, 500]], [[500, 800]]])
    ink = float(render(crossed).sum())
    removal = smallest_stroke(black(ink - 0.5), crossed)
    assert removal is not None and removal.stroke == 2  # the lines cover one another; the dot not
    assert removal.length == removal.share == 0.0


def test_of_two_lines_the_bare_one_counts_more(black: type[Blackness]) -> None:
    """The dot stays where its line is taken away, so that line takes less ink with it."""
    lines = Drawing.of([[[100, 700], [900, 700]], [[100, 300], [900, 300]], [[500, 700]]])
    removal = smallest_stroke(black(float(render(lines).sum()) - 1), lines, units=2)
    assert removal is not None and removal.stroke == 1


def test_all_the_ink_is_never_taken_away(black: type[Blackness]) -> None:
    assert smallest_stroke(black(0.5), Drawing.of([[[500, 500]]])) is None
    assert smallest_stroke(black(0.5), Drawing.empty()) is None


def test_placement_stays_so_that_ink_is_tested_and_not_its_centring(model: SimpleCNN) -> None:
    """With a far dot taken away, the rest stays where it was, small and off the centre."""
    dotted = Drawing((*FLAGPOLE.strokes, np.array([[2000, 2000]], np.int16)))
    parts = _Parts(dotted, [1, 1, 1], place(dotted))
    rest = paint(FLAGPOLE.strokes, place(dotted))
    assert np.allclose(parts.without(2, 0, 1), rest, atol=0.06)
    assert not np.allclose(rest, render(FLAGPOLE), atol=0.5)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(-1024, 2047), st.integers(-1024, 2047)), min_size=1, max_size=6
        ),
        max_size=4,
    )
)
def test_any_drawing_gets_an_answer_and_the_same_one_again(strokes: list[list[object]]) -> None:
    torch.manual_seed(1)
    network = SimpleCNN().eval()
    drawing = Drawing.of([[list(point) for point in stroke] for stroke in strokes])
    first, again = (smallest_stroke(network, drawing, units=4) for _ in range(2))
    assert (first is None) == (again is None)
    if first is not None and again is not None:
        assert first.before != first.after and 0 <= first.share <= 1
        assert np.array_equal(first.piece, again.piece) and first.after == again.after


@pytest.mark.parametrize("units", [0, 65])
def test_units_have_a_limit(model: SimpleCNN, units: int) -> None:
    with pytest.raises(ValueError, match="1 to 64"):
        smallest_stroke(model, FLAGPOLE, units=units)
