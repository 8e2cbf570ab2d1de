"""The live answer: what is painted and what is read are the running model's tensors."""

from typing import Any

import numpy as np
import pytest
import torch

from core.headed import read_head
from core.vision import forward, networks
from core.vision.answer import answer
from core.vision.drawing import Drawing
from core.vision.hand import sample
from core.vision.off import Off
from core.vision.place import SHAPES, Place
from core.vision.preprocess import Stages, place, render, strip
from core.vision.question import DrawingQuestion
from core.vision.reasons import reasons
from core.vision.trace import LAYERS, SIGNED, silenced, trace


def opened(body: bytes) -> tuple[dict[str, Any], bytes]:
    return read_head(body)


def read(head: dict[str, Any], data: bytes) -> dict[str, np.ndarray]:
    """The values of all layers, as their codes say them."""
    codes: dict[str, np.ndarray] = {}
    values = {}
    for layer in head["layers"]:
        name, shape = layer["name"], layer["shape"]
        scales = np.reshape(layer["scales"], (-1,) + (1,) * (len(shape) - 1))
        above = scales
        if "of" not in layer:
            codes[name] = np.frombuffer(data, np.int8, np.prod(shape), layer["at"]).reshape(shape)
            above = np.reshape(layer.get("above", scales), scales.shape)
        elif layer["by"] == "relu":
            codes[name] = np.where((codes[layer["of"]] > 0) & (scales > 0), codes[layer["of"]], 0)
        else:
            maps, height, width = shape
            windows = codes[layer["of"]].reshape(maps, height, 2, width, 2)
            codes[name] = windows.max((2, 4))
        values[name] = codes[name] * np.where(codes[name] > 0, above, scales) / 127
    return values


@pytest.mark.parametrize("model", networks.MODELS)
@pytest.mark.parametrize("stages", [Stages(), Stages(centre=False, pen=False)])
def test_every_painted_value_is_the_models_within_half_a_code(model: str, stages: Stages) -> None:
    drawing = sample(4)
    head, data = opened(answer(DrawingQuestion(drawing, model, stages, Off((2,)))))
    ink = torch.from_numpy(render(drawing, stages))[None]
    run = trace(networks.network(model).model, ink, {"conv1": (2,)})
    assert [layer["name"] for layer in head["layers"]] == ["kernels", *LAYERS[:-1]]
    values = read(head, data)
    for layer in head["layers"]:
        if layer["name"] == "kernels":
            expected = networks.network(model).model.conv1.weight[:, 0].numpy()
        else:
            expected = run[layer["name"]][0].numpy()
            assert expected.shape == SHAPES[layer["name"]]
            assert layer["signed"] == (layer["name"] in SIGNED)
        assert tuple(layer["shape"]) == expected.shape
        scales = np.reshape(layer["scales"], (-1,) + (1,) * (expected.ndim - 1))
        apart = np.abs(values[layer["name"]] - expected).reshape(len(scales), -1).max(1)
        assert (apart <= scales.ravel() / 254 + 1e-5).all()
    assert head["logits"] == pytest.approx(run["logits"][0].tolist(), abs=1e-4)


def test_what_follows_from_another_layer_does_not_travel() -> None:
    head, data = opened(answer(DrawingQuestion(sample(4), strip=False)))
    follow = {layer["name"]: layer["of"] for layer in head["layers"] if "of" in layer}
    assert follow == {"relu1": "conv1", "pool1": "relu1", "relu2": "conv2", "pool2": "relu2"}
    sent = [layer["shape"] for layer in head["layers"] if "of" not in layer]
    assert len(data) == sum(int(np.prod(shape)) for shape in sent)


def test_zero_is_painted_as_zero() -> None:
    head, data = opened(answer(DrawingQuestion(sample(4))))
    run = forward.run(DrawingQuestion(sample(4)))
    for name, values in read(head, data).items():
        if name != "kernels":
            assert (values[run[name][0].numpy() == 0] == 0).all()


def test_the_strip_is_the_preparation_and_its_answers_are_the_networks() -> None:
    drawing = sample(8)
    head, data = opened(answer(DrawingQuestion(drawing)))
    pictures = np.frombuffer(data, np.uint8, 5 * 784, head["strip"]["at"]).reshape(5, 28, 28)
    assert np.abs(pictures / 255 - strip(drawing, Stages())).max() <= 0.5 / 255 + 1e-6
    run = trace(networks.network("ours").model, torch.from_numpy(strip(drawing, Stages())))
    said = [answer["digit"] for answer in head["strip"]["answers"]]
    assert said == run["logits"].argmax(1).tolist()
    assert head["placement"] == pytest.approx(vars(place(drawing, Stages())))


def test_probabilities_are_a_distribution_and_the_logits_at_the_cards_temperature() -> None:
    unsure = Drawing.of(
        [[[200, 200], [800, 250], [300, 800], [750, 780]], [[500, 100], [520, 900]]]
    )
    head, _ = opened(answer(DrawingQuestion(unsure, "notes", strip=False)))
    temperature = networks.network("notes").doubt.temperature
    expected = torch.softmax(torch.tensor(head["logits"]) / temperature, 0)
    raw = torch.softmax(torch.tensor(head["logits"]), 0)
    assert (expected - raw).abs().max() > 0.01  # or the temperature would not be seen
    assert sum(head["probabilities"]) == pytest.approx(1)
    assert head["probabilities"] == pytest.approx(expected.tolist(), abs=1e-5)
    assert "strip" not in head


def test_the_arithmetic_in_the_answer_is_that_of_the_place() -> None:
    question = DrawingQuestion(sample(5), place=Place("conv2", 11, 3, 4), strip=False)
    head, _ = opened(answer(question))
    expected = float(forward.run(question)["conv2"][0, 11, 3, 4])
    assert head["opened"]["number"]["value"] == pytest.approx(expected)
    assert head["opened"]["number"]["total"] == pytest.approx(expected, abs=1e-5)
    assert head["opened"]["field"] == {"top": 3, "left": 5, "bottom": 11, "right": 13}


def test_same_question_same_bytes() -> None:
    question = DrawingQuestion(sample(6))
    assert answer(question) == answer(question)
    assert reasons(question) == reasons(question)


def test_reasons_are_about_the_network_as_it_is_switched() -> None:
    question = DrawingQuestion(sample(3), off=Off(conv2=(1, 2, 3)))
    found = reasons(question)
    model = silenced(networks.network("ours").model, vars(question.off))
    image = (torch.from_numpy(render(question.drawing, question.stages)) - 0.5) / 0.5
    logits = model(image[None, None])[0]
    assert found["digit"] == int(logits.argmax())
    for effect in found["filters"]["conv2"]:
        assert effect["map"] not in (1, 2, 3)
        without = silenced(model, {"conv2": [effect["map"]]})(image[None, None])[0]
        assert effect["logit"] == pytest.approx(float((without - logits)[found["digit"]]), abs=1e-4)
        assert effect["digit"] == int(without.argmax())
    assert all(len(found[name]) == 784 for name in ("ink", "occlusion", "conv1", "conv2"))


def test_a_blank_canvas_has_no_reasons_and_is_no_digit() -> None:
    question = DrawingQuestion.read({"drawing": []})
    assert reasons(question) == {"blank": True}
    head, _ = opened(answer(question))
    assert head["verdict"]["isDigit"] is False
    assert head["verdict"]["reason"] == "blank"


@pytest.mark.parametrize(
    "strokes",
    [
        [[[512, 512]]],
        [[[512, 512], [512, 512]]],
        [[[-900, -900], [-800, 1900]]],
        [[[10 * i % 1024, 7 * i % 1024] for i in range(9_000)]],
        [[[i, i]] for i in range(250)],
    ],
)
def test_odd_drawings_are_answered(strokes: list[list[list[int]]]) -> None:
    head, _ = opened(answer(DrawingQuestion.read({"drawing": strokes})))
    assert all(np.isfinite(layer["scales"]).all() for layer in head["layers"])
    assert np.isfinite(head["probabilities"]).all()


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        {"drawing": 3},
        {"drawing": [], "model": "theirs"},
        {"drawing": [], "model": ["ours"]},
        {"drawing": [], "stages": {"crop": 1}},
        {"drawing": [], "stages": {"blur": True}},
        {"drawing": [], "stages": []},
        {"drawing": [], "off": {"conv1": "3"}},
        {"drawing": [], "off": {"fc1": [0]}},
        {"drawing": [], "off": {"conv1": [32]}},
        {"drawing": [], "off": {"conv2": [-1]}},
        {"drawing": [], "off": {"conv1": [True]}},
        {"drawing": [], "off": []},
        {"drawing": [], "place": {"layer": "conv1"}},
        {"drawing": [], "place": {"layer": ["conv1"], "map": 0}},
        {"drawing": [], "place": {"layer": "conv1", "map": 0, "depth": 1}},
        {"drawing": [], "place": {"layer": "conv1", "map": 1e9}},
        {"drawing": [], "place": "conv1"},
        {"drawing": [], "colour": 1},
    ],
)
def test_what_is_not_a_question_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        DrawingQuestion.read(raw)


def test_a_question_says_whether_the_strip_is_wanted() -> None:
    assert DrawingQuestion.read({"drawing": [], "strip": False}).strip is False
    assert DrawingQuestion.read({"drawing": []}).strip is True
