"""What a network makes of a picture: classes, maps, heat, the strongest places, any number."""

from __future__ import annotations

from typing import Any

import numpy as np
import orjson
import pytest
import torch

from core.headed import read_head
from core.memory import Full, Store
from core.schema import Refusal
from core.vision.imagenet import answer, heat, pictures
from core.vision.imagenet.answer import (
    HeatQuestion,
    LayerQuestion,
    MapQuestion,
    NumberQuestion,
    PeakQuestion,
    PictureQuestion,
)
from core.vision.imagenet.networks import NAMES, load, plan
from core.vision.imagenet.peaks import highest, seen
from core.vision.imagenet.photographs import FOLDER
from core.vision.imagenet.program import program
from core.vision.imagenet.steps import run
from tests.core.vision.imagenet.weights import needs_weights
from tests.program import printed

pytestmark = needs_weights


def unpacked(content: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The head, and the values of each array that its codes stand for."""
    head, code = read_head(content)
    found = {}
    for layer in head["layers"]:
        size = int(np.prod(layer["shape"]))
        codes = np.frombuffer(code, np.int8, size, layer["at"])
        rows = codes.reshape(len(layer["scales"]), -1) / 127
        found[layer["name"]] = (rows * np.array(layer["scales"])[:, None]).reshape(layer["shape"])
    return head, found


def test_the_answer_holds_five_classes_and_maps_of_every_stage() -> None:
    head, maps = unpacked(answer.answer(PictureQuestion()))
    _, _, arrays = answer.traced(PictureQuestion())
    shares = arrays["logits"].double().softmax(0)
    assert [each["p"] for each in head["best"]] == pytest.approx(shares.topk(5).values.tolist())
    assert head["best"][0]["name"] in ("tiger cat", "tabby", "Egyptian cat")
    stages = answer.stages("lite0")
    assert [stage["array"] for stage in stages] == [
        name for name in maps if name not in ("input", "kernels")
    ]
    assert maps["stem_relu"].shape == (32, 28, 28)  # each the mean of 4 x 4 numbers
    whole = arrays["stem_relu"].view(32, 28, 4, 28, 4).mean((2, 4)).numpy()
    np.testing.assert_allclose(maps["stem_relu"], whole, atol=float(whole.max()) / 100)
    assert maps["block16_project_norm"].shape == (320, 7, 7) and maps["mean"].shape == (1280,)


def test_an_answer_is_small_enough_to_send() -> None:
    assert len(answer.answer(PictureQuestion())) < 600_000
    for array in ("block2_expand_conv", "block12_depthwise_relu"):
        assert len(answer.layer(LayerQuestion(array=array))) < 400_000


def test_a_map_comes_whole_with_its_kernel() -> None:
    head, maps = unpacked(answer.one_map(MapQuestion(array="stem_conv", map=5)))
    network, _, arrays = answer.traced(PictureQuestion())
    whole = arrays["stem_conv"][5].numpy()
    np.testing.assert_allclose(maps["stem_conv"][0], whole, atol=abs(whole).max() / 200)
    row, column = head["largest"]
    assert whole[row, column] == whole.max()
    kernel = network.steps[0].layer.weight[5].flatten()  # type: ignore[union-attr, operator, index]
    np.testing.assert_allclose(maps["kernel"], kernel, atol=float(abs(kernel).max()) / 200)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "asked"),
    [
        (LayerQuestion, {"array": "conv99"}),
        (MapQuestion, {"array": "mean"}),
        (MapQuestion, {"array": "logits"}),
        (MapQuestion, {"array": "stem_conv", "map": 32}),
        (PictureQuestion, {"network": "resnet"}),
        (HeatQuestion, {"target": 1000}),
    ],
)
def test_what_is_not_there_is_refused(record: Any, asked: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        record.read(asked)


def test_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="no number"):
        answer.number(NumberQuestion.read({"number": "stem_conv.32.0.0"}))
    with pytest.raises(Refusal, match="written as"):
        answer.number(NumberQuestion.read({"number": ""}))


@pytest.mark.parametrize(
    "number",
    [
        "pixels.0.100.100",
        "input.2.0.0",
        "stem_conv.3.111.111",
        "stem_norm.3.56.56",
        "stem_relu.3.56.56",
        "block4_depthwise_conv.100.27.27",
        "block4_depthwise_relu.3.2.2",
        "block9_project_conv.7.3.3",
        "block10_sum.7.3.3",
        "mean.1000.0.0",
        "logits.282",
        "probabilities.282",
    ],
)
def test_every_number_opens_and_adds_up_to_what_the_network_computed(number: str) -> None:
    found = answer.number(NumberQuestion.read({"number": number}))
    opened = found["opened"]
    assert opened["total"] == pytest.approx(opened["value"], rel=1e-3, abs=1e-3)
    assert len(orjson.dumps(found["opened"])) < 120_000
    assert float(printed(found["program"])) == pytest.approx(opened["value"], rel=1e-3, abs=1e-3)


def test_heat_lies_where_the_cat_is_and_what_covers_it_matters() -> None:
    network, prepared, arrays = answer.traced(PictureQuestion())
    target = int(arrays["logits"].argmax())
    seen_ = heat.grad_cam(network, arrays["head_relu"], target)
    assert seen_.shape == (7, 7) and float(seen_.min()) >= 0
    # behind a mean and one layer the weight of a map is its weight there, over all places
    weights = network.steps[-1].layer.weight[target]  # type: ignore[union-attr, index]
    by_hand = ((weights[:, None, None] / 49) * arrays["head_relu"]).sum(0).clamp(min=0)  # type: ignore[operator, index]
    torch.testing.assert_close(seen_, by_hand, atol=1e-3, rtol=1e-3)
    covered = heat.occlusion(network, prepared.normalised, target)
    picture = prepared.normalised.clone()
    picture[:, 96:128, 128:160] = 0
    arrays_ = run(network.steps, picture)
    fall = float(arrays["logits"][target] - arrays_["logits"][target])
    assert float(covered.falls[3, 4]) == pytest.approx(fall, abs=1e-3)
    assert int(covered.answers[3, 4]) == int(arrays_["logits"].argmax())


def test_the_strongest_places_are_those_of_all_pictures() -> None:
    found = answer.peaks(PeakQuestion(array="block3_sum", map=2))["peaks"]
    values = [peak["value"] for peak in found]
    assert len(found) == 9 and values == sorted(values, reverse=True)
    tops = []
    for name in pictures.SET:
        _, _, arrays = answer.traced(PictureQuestion(picture=name))
        tops.append(float(arrays["block3_sum"][2].max()))
    assert values[0] == max(tops)
    first = found[0]
    _, _, arrays = answer.traced(PictureQuestion(picture=first["picture"]))
    assert float(arrays["block3_sum"][2, first["row"], first["column"]]) == first["value"]


def test_the_pixels_that_a_number_sees_are_those_that_can_change_it() -> None:
    network = load("lite0")
    _, prepared, arrays = answer.traced(PictureQuestion())
    top, left, bottom, right = seen(network, "block1_project_norm", 50, 0)
    assert (top, left, bottom, right) == (98, 0, 105, 5)
    changed = prepared.normalised.clone()
    changed[:, top:bottom, left:right] = 0.0
    outside = prepared.normalised.clone()
    outside[:] = 0.0
    outside[:, top:bottom, left:right] = prepared.normalised[:, top:bottom, left:right]
    value = arrays["block1_project_norm"][3, 50, 0]
    assert run(network.steps, outside)["block1_project_norm"][3, 50, 0] == value
    assert run(network.steps, changed)["block1_project_norm"][3, 50, 0] != value


# -- pictures of one's own -----------------------------------------------------------------------


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Store[Any]:
    store = Store[Any](3_000_000)
    monkeypatch.setattr(pictures, "HELD", store)
    highest.cache_clear()
    return store


def test_a_picture_of_ones_own_is_answered_and_joins_the_set(held: Store[Any]) -> None:
    cat = (FOLDER / "cat.jpg").read_bytes()
    name, read = pictures.hold(cat, "me")
    assert (read.width, read.height) == (451, 300)
    theirs, _ = unpacked(answer.answer(PictureQuestion(picture=name)))
    shipped, _ = unpacked(answer.answer(PictureQuestion()))
    assert theirs["best"][0]["name"] == shipped["best"][0]["name"]
    assert theirs["best"][0]["p"] == pytest.approx(shipped["best"][0]["p"], abs=1e-4)
    found = answer.peaks(PeakQuestion(array="block3_sum", map=2, own=(name,)))["peaks"]
    alone = answer.peaks(PeakQuestion(array="block3_sum", map=2))["peaks"]
    assert [p["value"] for p in found] >= [p["value"] for p in alone]


def test_a_picture_that_has_been_forgotten_says_so(held: Store[Any]) -> None:
    for use in (
        lambda: answer.answer(PictureQuestion(picture="own-nobodys")),
        lambda: answer.peaks(PeakQuestion(array="stem_relu", map=2, own=("own-nobodys",))),
    ):
        with pytest.raises(Refusal, match="forgotten"):
            use()
    with pytest.raises(Refusal, match="no picture of this name"):
        pictures.find("../cat")


def test_room_for_pictures_is_bounded(held: Store[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "HELD", Store[Any](100_000))
    with pytest.raises(Full):
        pictures.hold((FOLDER / "cat.jpg").read_bytes(), "me")


# -- programs, and networks without weights ------------------------------------------------------


@pytest.mark.parametrize("picture", ["cat", "discs"])
def test_a_program_prints_the_five_classes(picture: str) -> None:
    question = PictureQuestion(picture=picture)
    lines = printed(program(question)).splitlines()
    head, _ = unpacked(answer.answer(question))
    for line, wanted in zip(lines, head["best"], strict=True):
        share, at, name = line.split(maxsplit=2)
        assert (int(at), name) == (wanted["class"], wanted["name"])
        assert float(share) == pytest.approx(wanted["p"], abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_stages_are_told_without_weights(name: str) -> None:
    wanted = {"lite0": 4_652_008, "alexnet": 61_100_840, "vgg11": 132_863_336, "vgg16": 138_357_544}
    stages = answer.stages(name)
    assert sum(stage["parameters"] for stage in stages) == wanted[name]
    assert stages[-1]["parts"][-1]["shape"] == (1000,)
    assert len({stage["name"] for stage in stages}) == len(stages)
    last = {"lite0": "head_relu", "alexnet": "conv5_pool", "vgg11": "conv8_pool"}
    assert plan(name).last == last.get(name, "conv13_pool")
