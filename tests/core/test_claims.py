"""What the lessons say in words and figures, computed by torch and from what ships."""

from __future__ import annotations

import math
import warnings

import pytest
import torch
from safetensors.torch import load as load_tensors
from torch import nn
from torch.nn import functional as F

from core.attention.blocks import initialise
from core.attention.trained.shipped import network
from core.attention.trained.training.measure import held_out, scopes
from core.claims import CLAIMS
from core.intervals import interval, mcnemar
from core.language.transformer import switches
from core.language.transformer.lesson import greedy
from core.language.transformer.setting import TransformerSetting
from core.recurrent.words.job import JOB as WORDS
from core.training import shipped
from core.vision.convolution.patterns import labels
from core.weights import load


def _switch(task: str, change: str) -> dict[str, float]:
    rows = switches.results()
    return next(row for row in rows if (row["task"], row["change"]) == (task, change))


def test_the_best_of_ten_equal_settings_looks_one_and_a_half_errors_too_good() -> None:
    """Train a CNN: the expected largest of ten standard normal numbers, drawn a million times."""
    drawn = torch.randn(100_000, 10, generator=torch.Generator().manual_seed(0))
    assert CLAIMS["best_of_ten"].value() == pytest.approx(float(drawn.amax(1).mean()), abs=0.01)


def test_torch_refuses_the_notes_shapes_and_warns_where_they_fit() -> None:
    """Sine, live: reading the warning is the lesson."""
    loss = nn.MSELoss()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(RuntimeError):
            loss(torch.zeros(1000, 1), torch.zeros(1000, 50, 1))
    with pytest.warns(UserWarning, match=r"Using a target size .* different to the input size"):
        loss(torch.zeros(50, 1), torch.zeros(50, 50, 1))


def test_what_a_forget_bias_opens() -> None:
    """Long dependencies: torch's own biases are small and random, so a gate begins half open."""
    torch.manual_seed(0)
    biases = nn.LSTM(1, 16).bias_hh_l0.detach()
    assert 0 < float(biases.abs().max()) <= 1 / 4 and float(biases.abs().min()) > 0
    for bias in (0, 1, 3):
        assert CLAIMS[f"forget_bias_{bias}"].value() == pytest.approx(
            float(torch.sigmoid(torch.tensor(float(bias))))
        )


def test_embeddings_are_drawn_as_large_as_the_positions() -> None:
    """Transformer: with variance 1/D, multiplied by sqrt(D); from N(0, 1) they would drown them."""
    net = TransformerSetting("copy").model()
    initialise(net, torch.Generator().manual_seed(0))
    root = CLAIMS["transformer_root"].value()
    words = float(net.embedding.weight.detach().std()) * root
    places = float(net.get_buffer("positions").square().mean().sqrt())
    assert words / places == pytest.approx(math.sqrt(2), rel=0.2)
    assert root / places > 10


def test_temperatures_of_the_two_recipes() -> None:
    """Draw a digit: ours is close to 1, the notes' is too sure of itself."""
    assert abs(load("simple_cnn_ours")[1]["calibration"]["temperature"] - 1) < 0.1
    assert load("simple_cnn_notes")[1]["calibration"]["temperature"] > 1.2


def test_what_the_switches_of_the_transformer_do() -> None:
    """Without the scale sort and translation fall behind, without the mask nothing is right."""
    assert abs(_switch("copy", "scaling")["exact"] - _switch("copy", "as it is")["exact"]) < 0.01
    for task in ("sort", "en-ko"):
        assert _switch(task, "scaling")["exact"] < _switch(task, "as it is")["exact"] - 0.1
        assert _switch(task, "mask")["exact"] == 0
        assert _switch(task, "mask")["token_accuracy"] > 0.99
    assert _switch("copy", "mask")["exact"] == pytest.approx(0.25, abs=0.03)
    assert _switch("copy", "positions")["exact"] < 0.05
    assert _switch("sort", "positions")["exact"] > 0.95


def test_a_decoder_is_mostly_sure_after_a_wrong_token_and_outside_of_its_grammar() -> None:
    """Transformer: "sure is not right", and "often", for there are sentences where it is not."""

    def sure(*likeliest: float) -> float:
        return sum(p > 0.95 for p in likeliest) / len(likeliest)

    def told(text: str, prefix: tuple[str, ...] = ()) -> list[float]:
        steps = greedy("en-ko", text, prefix)["steps"]
        return [step["top"][0]["p"] for step in steps[len(prefix) :]]

    sentence = "the cat sat on the mat"
    assert sure(*told(sentence)) == 1
    after = [p for wrong in ("의자", "매트", "개", "공") for p in told(sentence, (wrong,))]
    assert 0.8 < sure(*after)
    scrambled = [told(text) for text in ("mat the on sat cat the", "the mat sat on the cat")]
    assert all(sure(*likeliest) > 0.8 for likeliest in scrambled)
    assert sure(*told("the the the")) < 0.8


def test_kernels_come_to_respond_to_edges() -> None:
    """Train a CNN: the kernels of the saved run, named by the rule of the filters' tab."""

    def edges(state: bytes) -> int:
        (kernels,) = (
            value
            for name, value in load_tensors(state).items()
            if name.endswith("weight") and value.ndim == 4 and value.shape[1] == 1
        )
        return labels(kernels[:, 0].float()).count("edge")

    saved = shipped.load("cnn_run").saved
    assert edges(saved[-1].state.tensors) >= 3 * max(1, edges(saved[0].state.tensors))


def test_intervals_that_overlap_can_be_those_of_networks_that_differ() -> None:
    """LeNet, AlexNet, VGG: the digits on which exactly one is right decide."""
    better, worse, of = 9_852, 9_802, 10_000
    assert interval(better, of)[0] < interval(worse, of)[1]
    assert mcnemar(80, 80 - (better - worse)) < 0.001


def test_zeros_around_an_average_draw_it_towards_zero() -> None:
    """Pooling: a dark edge becomes lighter, and a light one darker."""
    for paper in (-1.0, 1.0):
        pooled = F.avg_pool2d(torch.full((1, 1, 4, 4), paper), 2, 2, padding=1)
        assert float(pooled[0, 0, 1, 1]) == paper
        assert float(pooled[0, 0, 0, 0]) == paper / 4


def test_half_of_what_a_layer_takes_off_keeps_the_size() -> None:
    """Convolution, layer upon layer: the span less one, half of it on either side."""
    for side, dilation in ((3, 1), (5, 1), (3, 2)):
        span = dilation * (side - 1) + 1
        layer = nn.Conv2d(1, 1, side, padding=(span - 1) // 2, dilation=dilation)
        assert layer(torch.zeros(1, 1, 9, 9)).shape[-1] == 9


def test_each_example_of_a_batch_has_its_own_dropout() -> None:
    """The ideas: not one mask for each batch."""
    dropped = nn.Dropout(0.5)(torch.ones(8, 64))
    assert len({tuple(row.tolist()) for row in dropped}) == 8


def test_both_sides_help_much_with_some_words_and_little_or_not_with_others() -> None:
    """BERT: content words of single sentences, all words, and English pairs, as the cards say."""
    gain = {}
    for language in ("en", "ko"):
        both, left = (load(f"bert_{each}{language}")[1]["scores"] for each in ("", "left_"))
        gain[language] = both["pairs"]["top1"] / left["pairs"]["top1"]
        assert both["top1"] / left["top1"] > 1.6
        assert both["every"] / left["every"] < 1.25
    assert gain["en"] < 1 < gain["ko"]


def test_a_small_influence_is_not_forgetting_and_a_large_one_not_memory() -> None:
    """Inside the cell: the same name, read by a GRU and, from further away, by an LSTM."""
    recording = shipped.load("words_race")
    config, state = WORDS.read(recording.config), recording.saved[-1].state

    def read(cell: str, distance: int) -> tuple[float, bool]:
        query = {"name": "Marie", "distance": str(distance), "talk": "0"}
        found = WORDS.inspections["reading"](config, state, query)
        bars = found["cells"][cell]["influence"]
        return bars[found["name_at"]] / max(bars), found["cells"][cell]["right"]

    small, right = read("gru", 8)
    assert small < 0.2 and right
    large, right = read("lstm", 16)
    assert large > 0.5 and not right


def test_pointing_is_not_causing() -> None:
    """Attention in a trained model: the connection decides, the head that points at it does not."""
    net = network("2x4")
    cut = scopes(net.model, held_out("pairs", 256), *net.best_head)
    assert cut["head"]["changed"] == 0 and cut["head"]["after"] > 0.95
    assert cut["everywhere"]["changed"] > 0.85 and cut["everywhere"]["after"] < 0.05
    assert net.card["scores"]["best_head"]["first"] > 0.99
    one = network("1x1").card["scores"]
    assert one["accuracy"] > 0.98 and abs(one["best_head"]["ahead"] - 0.5) < 0.1
