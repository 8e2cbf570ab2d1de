"""What the lessons say, computed: writing, handwriting, real pictures, and what was only cited."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from core.attention.encoder.named_heads import HEADS
from core.language.bert.job import pretraining
from core.language.bert.setting import BertSetting
from core.recurrent.sine.attending import attended
from core.recurrent.text import texts, writing
from core.recurrent.text.job import JOB as TEXT
from core.recurrent.text.shown import CARDS as TEXTS
from core.recurrent.text.texts import encoded
from core.recurrent.text.writer import trained
from core.training import shipped
from core.vision import mnist, preprocess
from core.vision.drawing import Drawing
from core.vision.hand import digit as hand_digit
from core.vision.hand import sample
from core.vision.imagenet import lite as imagenet
from core.vision.imagenet.labels import labels
from core.vision.nets import build
from core.vision.networks import network as shown_network
from core.vision.pen import measure
from core.vision.photo.cut import cut
from core.vision.photo.path import drawings
from core.vision.training.setting import CnnSetting
from core.weights import load
from tests.core.vision.test_mnist import needs_mnist


def _written(code: str) -> list[str]:
    """What the saved run writes at each moment that was saved, some samples one after the other."""
    recording = shipped.load(TEXTS[code])
    setting = TEXT.read(recording.config)
    return [
        "\n".join(
            "".join(letter for letter, _ in sample["written"])
            for draw in range(4)
            if (sample := writing.sample(setting, saved.state, {"draw": str(draw)}))
        )
        for saved in recording.saved
    ]


@pytest.mark.parametrize(
    ("code", "file", "real"), [("en", "alice.txt", 0.6), ("ko", "constitution.txt", 0.2)]
)
def test_a_text_begins_as_noise_and_then_has_spaces_and_words(
    code: str, file: str, real: float
) -> None:
    """Text that writes itself: at the first moment after noise, and more words at the end."""
    whole = (Path(texts.__file__).parent / file).read_text("utf-8").lower()
    known = set(re.findall(r"[^\W\d_]+", whole))
    spaces, share = [], []
    for text in _written(code):
        words = [word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 1]
        spaces.append(text.count(" ") / len(text) / (whole.count(" ") / len(whole)))
        share.append(sum(word in known for word in words) / max(1, len(words)))
    assert spaces[0] < 0.2 and min(spaces[1:]) > 0.8
    assert share[0] < 0.15 and share[1] > real and share[-1] > share[1] + 0.05


@pytest.mark.parametrize("code", ["en", "ko"])
@torch.no_grad()
def test_without_chance_a_text_repeats_itself(code: str) -> None:
    """Text that writes itself: the likeliest letter each time, from the start of a line."""
    recording = shipped.load(TEXTS[code])
    setting = TEXT.read(recording.config)
    model = trained(setting, recording.saved[-1].state)
    letter, state = encoded(setting.read_text().kinds, "\n")[None], model.begin(1)
    said = []
    for _ in range(1500):
        scores, state = model(letter, state)
        letter = scores[:, -1].argmax(-1)[None]
        said.append(int(letter))
    end = said[-500:]
    assert any(end[period:] == end[:-period] for period in range(1, 250))


def _inked(drawing: Drawing, pen: float, side: int = 180) -> torch.Tensor:
    """A digit that is written with a pen of so many pixels, true where ink is."""
    points = torch.as_tensor(np.concatenate(drawing.strokes), dtype=torch.float64)
    low, high = points.amin(0), points.amax(0)
    scale = 130 / float((high - low).max())
    near = torch.full((side, side), torch.inf, dtype=torch.float64)
    rows, columns = torch.meshgrid(
        torch.arange(side) + 0.5, torch.arange(side) + 0.5, indexing="ij"
    )
    for stroke in drawing.strokes:
        way = (
            torch.tensor(np.array(stroke), dtype=torch.float64) - (low + high) / 2
        ) * scale + side / 2
        for (x, y), (to_x, to_y) in itertools.pairwise(way.tolist()):
            dx, dy = to_x - x, to_y - y
            along = ((columns - x) * dx + (rows - y) * dy) / max(dx * dx + dy * dy, 1e-9)
            along = along.clamp(0, 1)
            near = near.minimum((columns - x - along * dx).hypot(rows - y - along * dy))
    return near < pen / 2


def test_a_thick_pen_and_a_thin_one_give_nearly_the_same_picture() -> None:
    """Photographed handwriting: the way of the pen is found, and drawn with one pen."""

    def alike(one: Any, other: Any) -> float:
        return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))

    for digit in range(10):
        masks = [_inked(sample(digit), pen).numpy() for pen in (6, 18)]
        pictures = []
        for mask in masks:
            ink = np.where(mask, np.float32(0.8), np.float32(0))
            [drawing] = drawings(ink, 0.5, cut(mask), mask)
            pictures.append(preprocess.render(drawing))
        assert masks[1].sum() > 2.5 * masks[0].sum()
        assert alike(*pictures) > 0.9 > 0.65 > alike(*masks)


def test_a_thick_pen_costs_answers_and_a_thin_one_hardly_any() -> None:
    """Photographed handwriting: what would happen if the pen stayed as wide as it was."""
    net = shown_network("ours").model
    draw = np.random.default_rng(5)
    labels = torch.arange(300) % 10
    written = [hand_digit(int(label), draw, held_out=True) for label in labels]

    def right(pen: float) -> float:
        pictures = [preprocess.paint(one.strokes, _with_pen(one, pen)) for one in written]
        with torch.no_grad():
            answers = net(torch.as_tensor(np.stack(pictures))[:, None] * 2 - 1).argmax(1)
        return float((answers == labels).float().mean())

    usual = right(preprocess.PEN_PIXELS)
    assert usual > 0.95 and right(1.6) > usual - 0.02 and right(6.0) < usual - 0.2


def _with_pen(drawing: Drawing, pen: float) -> preprocess.Placement:
    """Where a drawing is placed if its ink is to fit the same box with another pen."""
    place = preprocess.place(drawing)
    points = np.concatenate(drawing.strokes).astype(float)
    middle = (points.min(0) + points.max(0)) / 2
    scale = place.scale * (preprocess.BOX - pen) / (preprocess.BOX - preprocess.PEN_PIXELS)
    dx, dy = middle * (place.scale - scale) + (place.dx, place.dy)
    return preprocess.Placement(scale, float(dx), float(dy), pen)


@needs_mnist
def test_the_pens_of_mnist_are_of_many_widths() -> None:
    """Draw a digit: one width is a step of ours; the box and the middle of mass are MNIST's."""
    learning, _ = mnist.split()
    ones = learning.images[learning.labels == 1][:1500].numpy().astype(np.float32) / 255
    low, middle, high = measure(ones).widths
    assert high - low > 0.25 * middle
    assert low < preprocess.PEN_PIXELS < high
    ink = learning.images[:500].float() / 255
    rows, columns = (ink.sum(axis) > 0 for axis in (2, 1))
    assert int(torch.maximum(rows.sum(1), columns.sum(1)).max()) <= preprocess.BOX


def test_pre_training_has_two_tasks_and_a_network_of_hidden_words_has_one() -> None:
    """Attention in a trained model: hidden words only, one of the two tasks of BERT."""
    setting = BertSetting()
    model = setting.model()
    pretraining(model, setting, torch.Generator().manual_seed(0)).backward()
    for head in ("hidden", "follows"):
        asked = [
            part.grad for name, part in model.named_parameters() if name.startswith(f"{head}.")
        ]
        assert asked and all(grad is not None and bool(grad.any()) for grad in asked), head
    assert load("it_mlm")[1]["recipe"]["objective"] == "masked"


def test_sigmoids_starve_the_first_layers_and_batch_normalisation_evens_out() -> None:
    """Train a CNN: the bars of the gradients, over the weights of their layers."""

    def uneven(**options: Any) -> tuple[float, float]:
        torch.manual_seed(0)
        setting = CnnSetting.read({"architecture": "vgg", "activation": "sigmoid", **options})
        net = build(setting.plan)
        pictures = np.stack([preprocess.render(sample(n)) for n in range(40)])
        outputs = net(torch.as_tensor(pictures)[:, None] * 2 - 1)
        nn.functional.cross_entropy(outputs, torch.arange(40) % 10).backward()
        bars = [
            float(part.grad.norm() / part.detach().norm())
            for part in net.parameters()
            if part.ndim > 1 and part.grad is not None
        ]
        return bars[0], max(bars) / min(bars)

    (first, apart), (normed, closer) = uneven(), uneven(norm=True)
    assert apart > 100_000 and closer < 1_000
    assert normed > 1_000 * first


def test_attention_to_a_series_finds_the_closest_window() -> None:
    """Sine, live: and not the largest, as dot products alone would."""
    draw = torch.Generator().manual_seed(0)
    queries, keys = (torch.randn(50, 8, generator=draw, dtype=torch.float64) for _ in range(2))
    keys = keys * torch.linspace(0.5, 2, 50, dtype=torch.float64)[:, None]
    _, weights = attended(queries, keys, torch.zeros(50, dtype=torch.float64))
    closest = torch.cdist(queries, keys).argmin(1)
    assert torch.equal(weights.argmax(1), closest)
    assert not torch.equal((queries @ keys.T).argmax(1), closest)


def test_one_head_beats_naive_rules_and_not_one_made_for_the_task() -> None:
    """Attention in a trained model: what a pronoun stands for, as the paper's table has it."""
    *others, coreference = HEADS
    rules = coreference.rules
    assert rules["nearest mention"] < rules["head-word match"] < coreference.share
    assert coreference.share < rules["rule-based system"]
    assert all(head.share > head.rules["best fixed offset"] for head in others)


def test_an_orthogonal_matrix_loses_only_what_tanh_takes_away() -> None:
    """Long dependencies: the Jacobian is that of tanh times a rotation."""
    torch.manual_seed(0)
    turn = nn.init.orthogonal_(torch.empty(16, 16))
    for size in (0.0, 1.0):
        state = size * torch.randn(16)
        jacobian = (1 - torch.tanh(turn @ state) ** 2)[:, None] * turn
        values = torch.linalg.svdvals(jacobian)
        taken = (1 - torch.tanh(turn @ state) ** 2).sort(descending=True).values
        torch.testing.assert_close(values, taken, atol=1e-5, rtol=0)
        assert float(values.max()) <= 1 + 1e-5


def test_classes_of_imagenet() -> None:
    """Real networks: more than a hundred kinds of dogs, no giraffe and no rose."""
    named = labels()
    assert len(named) == imagenet.CLASSES
    assert named[151] == "Chihuahua" and named[268] == "Mexican hairless"  # all dogs between
    words = {word.lower() for label in named for word in label.split()}
    assert not words & {"giraffe", "rose"}


def test_what_the_blocks_of_a_real_network_are_made_of() -> None:
    """Real networks: six times as many channels between, 3 x 3 or 5 x 5, and linear at the end."""
    groups = imagenet.GROUPS
    assert groups[0][2] == 1 and {expansion for _, _, expansion, _, _ in groups[1:]} == {6}
    assert {kernel for kernel, *_ in groups} == {3, 5}
    narrow, wide = 100, 1_000
    for channels, less in ((narrow, 0.122), (wide, 0.112)):
        assert (9 * channels + channels**2) / (9 * channels**2) == pytest.approx(less, abs=0.001)
