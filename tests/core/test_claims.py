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
from core.attention.trained.sentences.grammar import pairs
from core.attention.trained.shipped import network
from core.attention.trained.training.measure import held_out, scopes
from core.claims import CLAIMS
from core.intervals import interval, mcnemar
from core.language.bert.pieces import MASK, vocabulary
from core.language.bert.tasks import sentiment_batch
from core.language.transformer import switches
from core.language.transformer.lesson import greedy
from core.language.transformer.setting import TransformerSetting
from core.recurrent.sine.series import SHIFT, data
from core.recurrent.sine.setting import SineSetting
from core.recurrent.through_time.gradient import GradientSetting, way
from core.recurrent.words.job import JOB as WORDS
from core.training import shipped
from core.vision import preprocess
from core.vision.architectures.answer import network as network_of
from core.vision.architectures.table import table
from core.vision.convolution.patterns import labels
from core.vision.hand import sample
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
    biases = nn.LSTM(1, 16).get_parameter("bias_hh_l0").detach()
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
    """Draw a digit: ours is a little too modest, the notes' is too sure of itself."""
    assert 0.8 < load("simple_cnn_ours")[1]["calibration"]["temperature"] < 1
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


def test_a_wave_that_is_no_sine_has_no_rule_of_two_weights() -> None:
    """Sine, live: half a period, or one value and a fall, and neither is two fixed weights."""
    series = {
        kind: data(SineSetting(kind=kind)).train[0][0, :, 0].double()
        for kind in ("sine", "square", "saw")
    }
    for kind, wave in series.items():
        past, then = torch.stack([wave[1:-1], wave[:-2]], dim=1), wave[2:]
        weights = torch.linalg.lstsq(past, then).solution
        wrong = float((past @ weights - then).abs().max())
        assert wrong < 1e-5 if kind == "sine" else wrong > 0.5
    saw = series["saw"]
    torch.testing.assert_close((saw[:-1] + 1 + SHIFT / math.pi) % 2 - 1, saw[1:], atol=1e-5, rtol=0)
    turns = (series["square"].diff() != 0).nonzero()[:, 0].diff()
    assert set(turns.tolist()) <= {31, 32}  # half of 2 pi / 0.1, which is no whole number


def test_scores_spread_like_the_root_of_their_width() -> None:
    """Attention, step by step: of independent terms, and it is their standard deviation."""
    draw = torch.Generator().manual_seed(0)
    for width in (4, 64):
        scores = (torch.randn(2, 20_000, width, generator=draw)).prod(0).sum(1)
        assert float(scores.std()) == pytest.approx(math.sqrt(width), rel=0.03)


def test_blank_paper_answers_a_kernel() -> None:
    """Draw a digit: paper is -1, so a map is not zero where nothing was drawn."""
    net = network_of("simple").net
    blank = net(torch.full((1, 1, 28, 28), -1.0))
    assert float((blank - net(torch.zeros(1, 1, 28, 28))).abs().max()) > 0.1
    assert len({round(float(value), 4) for value in blank.flatten()}) > 1


def test_a_shift_by_one_pixel_is_softened_and_not_undone() -> None:
    """Draw a digit, pooling: most pooled numbers along the stroke still change."""
    before = after = 0.0
    for digit in range(10):
        picture = torch.as_tensor(preprocess.render(sample(digit)))[None, None].float()
        shifted = picture.roll(1, -1)
        pooled, shifted_pooled = (F.max_pool2d(each, 2) for each in (picture, shifted))
        stroke = (pooled > 0) | (shifted_pooled > 0)
        assert float((pooled != shifted_pooled)[stroke].float().mean()) > 0.5
        before += float((picture - shifted).norm() / picture.norm())
        after += float((pooled - shifted_pooled).norm() / pooled.norm())
        torch.testing.assert_close(  # by a whole stride the output moves, and that is all
            F.max_pool2d(picture.roll(2, -1), 2), pooled.roll(1, -1)
        )
    assert after < before


def test_losers_of_a_window_get_no_gradient_and_the_kernel_learns_all_the_same() -> None:
    """Pooling: through the winners, since all places share the kernel."""
    torch.manual_seed(0)
    kernel = torch.randn(1, 1, 3, 3, requires_grad=True)
    maps = F.conv2d(torch.randn(1, 1, 10, 10), kernel)
    maps.retain_grad()
    torch.autograd.backward(F.max_pool2d(maps, 2).sum())
    assert maps.grad is not None and int((maps.grad == 0).sum()) == 48  # of 64, one of four wins
    assert kernel.grad is not None and bool((kernel.grad != 0).all())


def test_each_stride_multiplies_the_jump() -> None:
    """LeNet, AlexNet, VGG: by what it is, and not by two."""
    for name in ("alexnet", "vgg16"):
        jump, sees = 1, 1
        for row in table(name).rows:
            if row.sees is None or not row.kernel:
                continue
            sees, jump = sees + (row.kernel - 1) * jump, jump * row.stride
            assert (row.sees.size, row.sees.jump) == (sees, jump), row.name
    assert table("alexnet").rows[0].stride == 4


def test_the_gradient_over_the_weights_times_the_rate_is_a_step_of_plain_descent() -> None:
    """Train a CNN, the bars of the gradients: true of SGD, and not of Adam."""
    moved = {}
    for optimiser in (torch.optim.SGD, torch.optim.Adam):
        torch.manual_seed(0)
        layer = nn.Linear(20, 5)
        before = layer.weight.detach().clone()
        torch.autograd.backward(layer(torch.randn(8, 20)).square().sum())
        assert layer.weight.grad is not None
        predicted = 0.01 * float(layer.weight.grad.norm() / before.norm())
        optimiser(layer.parameters(), lr=0.01).step()
        moved[optimiser] = (
            float((layer.weight.detach() - before).norm() / before.norm()) / predicted
        )
    assert moved[torch.optim.SGD] == pytest.approx(1, rel=1e-4)
    assert abs(moved[torch.optim.Adam] - 1) > 0.1


def test_a_tenth_of_the_pictures_makes_the_interval_three_times_as_wide() -> None:
    """Train a CNN: for a single digit."""
    (low, high), (one_low, one_high) = interval(9_900, 10_000), interval(990, 1_000)
    assert (one_high - one_low) / (high - low) == pytest.approx(3, abs=0.3)


def test_a_singular_value_above_one_is_necessary_for_exploding_and_not_sufficient() -> None:
    """Long dependencies: torch's own start has one, and the gradient vanishes all the same."""
    for seed in range(3):
        torch.manual_seed(seed)
        drawn = nn.RNN(1, GradientSetting().hidden).get_parameter("weight_hh_l0").detach()
        largest = float(torch.linalg.matrix_norm(drawn, 2))
        norms = way("rnn", GradientSetting(seed=seed)).norms
        assert largest > 1 and norms[0] < 1e-6
        below = way("rnn", GradientSetting(seed=seed, scale=0.9 / largest)).norms
        assert max(below) <= 1 + 1e-6 and below[0] < norms[0]  # a smaller start vanishes faster


def test_gates_begin_half_open() -> None:
    """Long dependencies: the GRU's as well, before it learns to hold them open."""
    torch.manual_seed(0)
    net = nn.GRU(1, 32)
    gates = torch.sigmoid(net.get_parameter("bias_ih_l0").detach()[:64])
    assert float((gates - 0.5).abs().max()) < 0.1


def test_what_is_fine_tuned_never_holds_a_mask() -> None:
    """BERT: [MASK] occurs in pre-training, and not where the labels are learned from."""
    for language in ("en", "ko"):
        (hidden,) = vocabulary(language).ids([MASK])
        assert not bool((sentiment_batch(language, True, 0, 256).ids == hidden).any())


def test_adam_holds_four_numbers_for_each_weight() -> None:
    """Why not a plain network: the weight, its gradient, and two averages."""
    layer = nn.Linear(30, 20, bias=False)
    optimiser = torch.optim.Adam(layer.parameters())
    torch.autograd.backward(layer(torch.ones(1, 30)).sum())
    optimiser.step()
    (state,) = optimiser.state.values()
    same = [value for value in state.values() if value.shape == layer.weight.shape]
    assert 2 + len(same) == 4


def test_a_division_by_the_temperature_changes_little_for_our_recipe() -> None:
    """Draw a digit: ours is nearly right without it, the notes' is better with it."""
    ours, notes = (load(f"simple_cnn_{name}")[1]["calibration"] for name in ("ours", "notes"))
    for card in (ours, notes):
        assert card["error_on_mnist_test"] <= card["error_without_temperature"]
    assert ours["error_without_temperature"] - ours["error_on_mnist_test"] < 0.0005
    assert notes["error_without_temperature"] - notes["error_on_mnist_test"] > 0.0005


def test_a_fifth_of_the_pairs_is_held_out() -> None:
    """Attention in a trained model, and the cat and the mat are among them."""
    for language in ("en", "ko"):
        away, learned = (pairs(held_out, language) for held_out in (True, False))
        for group, out in away.items():
            assert len(out) / (len(out) + len(learned[group])) == pytest.approx(0.2, abs=0.02)
