"""What a lesson link holds comes back exactly, and rubbish is refused with a sentence."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vision import link
from core.vision.drawing import Drawing
from core.vision.off import Off
from core.vision.place import SHAPES, Place
from core.vision.preprocess import Stages
from core.vision.trace import MAPS

READERS = [link.read_drawing, link.read_stages, link.read_place, link.read_off]


@given(st.builds(Stages, *[st.booleans()] * 4))
def test_stages_come_back(stages: Stages) -> None:
    assert link.read_stages(link.write_stages(stages)) == stages


@given(st.data(), st.sampled_from(list(SHAPES)))
def test_places_come_back(data: st.DataObject, layer: str) -> None:
    place = Place(layer, *(data.draw(st.integers(0, size - 1)) for size in SHAPES[layer]))
    assert link.read_place(link.write_place(place)) == place


filters = st.fixed_dictionaries(
    {layer: st.lists(st.integers(0, count - 1), max_size=count) for layer, count in MAPS.items()}
)


@given(filters)
def test_switched_off_filters_come_back(off: dict[str, list[int]]) -> None:
    sorted_off = Off(**{layer: tuple(sorted(set(some))) for layer, some in off.items()})
    written = link.write_off(Off(**{layer: tuple(some) for layer, some in off.items()}))
    assert link.read_off(written) == sorted_off


def test_nobody_has_drawn_is_not_the_blank_canvas() -> None:
    assert link.write_drawing(None) == "sample"
    assert link.read_drawing("sample") is None
    assert link.read_drawing(link.write_drawing(Drawing.empty())) == Drawing.empty()


@pytest.mark.parametrize("read", READERS)
@given(
    text=st.text(max_size=40) | st.from_regex(r"[a-z0-9]+(\.[0-9]+)*(,[a-z0-9]+)*", fullmatch=True)
)
def test_rubbish_is_refused_with_a_sentence_or_read(
    read: Callable[[str], object], text: str
) -> None:
    try:
        read(text)
    except ValueError as error:
        sentence = str(error)
    else:
        return
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    ["conv1", "conv1.1.2", "conv1.01.2.3", "fc1.3.0.0", "conv1.1.2.28", "x.1", "conv1.1.2.³"],
)
def test_places_have_one_way_to_be_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        link.read_place(text)


@pytest.mark.parametrize(
    "text", ["conv1.2.2", "conv1.3.2", "conv2.1,conv1.1", "conv1", "conv1.1,conv1.2", "fc1.3"]
)
def test_filters_have_one_way_to_be_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        link.read_off(text)


@pytest.mark.parametrize("text", ["blur", "fit,crop", "crop,crop", "crop, fit"])
def test_stages_have_one_way_to_be_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        link.read_stages(text)
