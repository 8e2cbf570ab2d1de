"""What the lessons say with an "only", a "likely" or a "not by itself", computed."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from core.attention.trained.lesson import chance
from core.attention.views import rollout
from core.language.bert.pieces import cut
from core.language.corpora.texts import own
from core.language.embeddings import objectives
from core.language.embeddings.counts import cooccurrence, ppmi
from core.language.embeddings.model import decompose
from core.language.embeddings.tsne import tsne
from core.recurrent.sine import members
from core.recurrent.sine.presets import PRESETS
from core.recurrent.sine.setting import SineSetting
from core.training import shipped
from core.vision import preprocess
from core.vision.architectures.table import read
from core.vision.attribution import grad_cam
from core.vision.convolution.setting import ConvolutionSetting
from core.vision.hand import sample
from core.vision.impossible import Impossible
from core.vision.models import SimpleCNN, normalise
from core.vision.nets import build
from core.vision.shuffled import example
from core.vision.shuffled.job import MEMBERS, plans


def _logit(model: SimpleCNN, maps: torch.Tensor, target: int, relu: bool) -> float:
    """What conv2's maps come to, with or without the ReLU of fc1."""
    units = model.fc1(F.max_pool2d(maps, 2).flatten(1))
    return float(model.fc2(units.relu() if relu else units)[0, target])


@torch.no_grad()
def test_hirescam_adds_up_behind_linear_layers_and_not_behind_a_relu() -> None:
    """Draw a digit: what each value adds is exact for one linear layer, else to first order."""
    torch.manual_seed(5)
    model, target = SimpleCNN().eval(), 3
    image = normalise(torch.as_tensor(preprocess.render(sample(target))).float())
    maps = F.relu(model.conv2(F.max_pool2d(F.relu(model.conv1(image[None, None])), 2)))
    nothing = torch.zeros_like(maps)
    added = {
        relu: _logit(model, maps, target, relu) - _logit(model, nothing, target, relu)
        for relu in (False, True)
    }
    said = float(grad_cam(model, image, target).sum())
    assert abs(said - added[True]) > 0.01 * abs(added[True])
    model.fc1.bias.fill_(100.0)  # so large that no unit is ever shut: the ReLU does nothing
    said = float(grad_cam(model, image, target).sum())
    assert said == pytest.approx(added[False], rel=1e-3)


def test_only_a_stride_of_one_keeps_the_size() -> None:
    """Convolution: torch refuses "same" with another, and no ring that a kernel spans would do."""
    assert nn.Conv2d(1, 1, 3, padding="same")(torch.zeros(1, 1, 9, 9)).shape[-1] == 9
    for stride in (2, 3):
        with pytest.raises(ValueError, match="strided"):
            nn.Conv2d(1, 1, 3, stride=stride, padding="same")
        with pytest.raises(Impossible, match="keeps the size"):
            ConvolutionSetting(9, 9, stride=stride, padding="same")
        for side in (3, 5):
            for padding in range(side):
                layer = nn.Conv2d(1, 1, side, stride=stride, padding=padding)
                assert layer(torch.zeros(1, 1, 9, 9)).shape[-1] < 9


def test_a_shuffled_convolution_has_more_units_a_pooling_and_a_second_layer() -> None:
    """Why not a plain network: what the experiment holds equal, and what it leaves apart."""
    card = example.card()
    final, parameters = card["final"], card["parameters"]
    assert max(parameters.values()) / min(parameters.values()) < 1.01
    rest = [min(final[f"cnn{name}"]) - max(final[f"mlp{name}"]) for name in ("", "_shuffled")]
    assert rest[0] > 2 * rest[1] > 0  # of all seeds, and "only by much less"
    planned = plans(example.CONFIG.channels)
    tables = {name: read(build(plan), (1, 28, 28)) for name, plan in planned.items()}
    hidden = {
        name: [row for row in found.rows if row.parameters][:-1] for name, found in tables.items()
    }
    units = {
        name: sum(torch.Size(row.outputs).numel() for row in rows) for name, rows in hidden.items()
    }
    assert units["cnn"] > 100 * units["mlp"]
    assert len(hidden["cnn"]) == 2 and len(hidden["mlp"]) == 1
    pools = {name: sum("pool" in row.name for row in found.rows) for name, found in tables.items()}
    assert pools == {"cnn": 2, "mlp": 0} and set(final) == set(MEMBERS)


def test_small_kernels_see_as_far_with_fewer_weights_and_more_non_linearities() -> None:
    """LeNet, AlexNet, VGG: one large kernel sees as far, so the field is not the reason."""

    def counted(*sides: int) -> tuple[int, int, int]:
        layers = [nn.Conv2d(1, 1, side, bias=False) for side in sides]
        for layer in layers:
            nn.init.ones_(layer.weight)
        stack = nn.Sequential(*(part for layer in layers for part in (layer, nn.ReLU())))
        picture = torch.ones(1, 1, 15, 15, requires_grad=True)
        out = stack(picture)
        torch.autograd.backward(out[0, 0, out.shape[2] // 2, out.shape[3] // 2])
        assert picture.grad is not None
        seen = int((picture.grad[0, 0] != 0).any(0).sum())
        return seen, sum(p.numel() for p in stack.parameters()), len(stack) - len(layers)

    assert counted(3, 3, 3) == (7, 27, 3)
    assert counted(7) == (7, 49, 1)


def test_a_gap_comes_first_and_overfitting_is_a_rise() -> None:
    """Train a CNN, and Sine: with few examples both losses fall, then the validation loss rises."""
    draw = torch.Generator().manual_seed(0)
    rule = torch.randn(20, generator=draw)
    parts = []
    for count in (40, 400):
        x = torch.randn(count, 20, generator=draw)
        parts.append((x, (x @ rule + 3 * torch.randn(count, generator=draw) > 0).long()))
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 2))
    curves = []
    for _step in range(100):
        learned, kept = (F.cross_entropy(net(x), y) for x, y in parts)
        curves.append((float(learned.detach()), float(kept.detach())))
        slopes = torch.autograd.grad(learned, list(net.parameters()))
        with torch.no_grad():
            for values, slope in zip(net.parameters(), slopes, strict=True):
                values -= 0.3 * slope
    lowest = min(range(len(curves)), key=lambda step: curves[step][1])
    assert 2 < lowest < 50
    while_both_fall = curves[lowest - 2], curves[lowest]
    assert all(kept > 1.05 * learned for learned, kept in while_both_fall)  # a gap, and normal
    assert all(before > then for before, then in zip(*while_both_fall, strict=True))
    assert curves[-1][0] < curves[lowest][0] and curves[-1][1] > 1.5 * curves[lowest][1]


def test_on_so_simple_a_series_the_two_losses_stay_together() -> None:
    """Sine, live: of the saved race, from where each has learned the wave."""
    recording = shipped.load("sine_race")
    for cell in ("rnn", "gru", "lstm"):
        learned, kept = (
            torch.as_tensor(recording.series[f"{cell}.{name}"]) for name in ("loss", "validation")
        )
        late = torch.arange(len(kept)) >= 250
        measured = kept.isfinite() & late
        ratio = kept[measured] / learned[measured]
        assert float(ratio.max()) < 2 and float(ratio.min()) > 0.5, cell


def test_the_gates_of_a_gru_as_torch_has_them() -> None:
    """Inside the cell: z keeps, and r acts behind the matrix; Chung and Cho have it otherwise."""
    torch.manual_seed(0)
    cell = nn.GRUCell(3, 4)
    x, past = torch.randn(1, 3), torch.randn(1, 4)
    with torch.no_grad():
        ahead = (x @ cell.weight_ih.T + cell.bias_ih).chunk(3, 1)
        back = (past @ cell.weight_hh.T + cell.bias_hh).chunk(3, 1)
        r, z = (torch.sigmoid(ahead[i] + back[i]) for i in (0, 1))
        new = torch.tanh(ahead[2] + r * back[2])
        found = cell(x, past)
        torch.testing.assert_close(found, (1 - z) * new + z * past)
        assert not torch.allclose(found, z * new + (1 - z) * past, atol=1e-3)
        matrix, bias = cell.weight_hh.chunk(3)[2], cell.bias_hh.chunk(3)[2]
        before = torch.tanh(ahead[2] + (r * past) @ matrix.T + bias)
        assert not torch.allclose(found, (1 - z) * before + z * past, atol=1e-3)


def test_a_race_shares_its_batches_and_not_its_first_weights() -> None:
    """Sine, live: one seed, other shapes, so a little of the outcome is luck."""
    race = SineSetting(**PRESETS["race"])
    for step in (0, 1, 77):
        alone = [
            members.batch(SineSetting(**{**PRESETS["race"], "cell": cell}), step)
            for cell in ("rnn", "gru", "lstm")
        ]
        together = members.batch(race, step)
        assert together is not None
        assert all(each is not None and torch.equal(each, together) for each in alone)
    nets = {kind: members.network(race, kind) for kind in race.cells}
    rnn = nets["rnn"].rnn.get_parameter("weight_hh_l0")
    size = {kind: sum(p.numel() for p in net.rnn.parameters()) for kind, net in nets.items()}
    assert (size["gru"], size["lstm"]) == (3 * size["rnn"], 4 * size["rnn"])
    for kind in ("gru", "lstm"):
        blocks = nets[kind].rnn.get_parameter("weight_hh_l0").chunk(size[kind] // size["rnn"])
        assert not any(torch.equal(block, rnn) for block in blocks)


def test_rollout_passes_one_half_by_attention_and_one_half_unchanged() -> None:
    """Attention in a trained model: not attention alone, which would give the weights back."""
    weights = torch.rand(2, 3, 5, 5, generator=torch.Generator().manual_seed(0)).softmax(-1)
    half = [(weights[layer].mean(0) + torch.eye(5)) / 2 for layer in (0, 1)]
    torch.testing.assert_close(rollout(weights), torch.stack((half[0], half[1] @ half[0])))
    away = torch.zeros(1, 1, 2, 2)
    away[..., 0] = 1  # every word reads the first one alone
    assert rollout(away)[0].tolist() == [[1, 0], [0.5, 0.5]]


def test_our_korean_tokenizer_cuts_off_particles_and_endings() -> None:
    """BERT: "our", for another tokenizer need not."""
    pieces = [piece.text for piece in cut("민호는 공원에서 노래를 들었다", "ko")]
    assert pieces == ["민호", "##는", "공원", "##에서", "노래", "##를", "들었", "##다"]
    assert not any(piece.text.startswith("##") for piece in cut("the soup was tasty", "en"))


def test_glove_slides_a_window_once_to_count_and_has_two_biases() -> None:
    """Words as vectors: vectors of zeros and biases alone fit log counts that are sums of two."""
    text = own("the cat sat. the dog sat.")
    count, again = (cooccurrence(text, 2, True) for _ in range(2))
    assert torch.equal(count, again) and float(count[text.words.index("cat")].sum()) > 0
    row, column = torch.tensor([0.0, 1.0, 2.0]).double(), torch.tensor([0.5, 0.1, 1.5]).double()
    sums = (row[:, None] + column).exp()
    zeros = torch.zeros(3, 2).double()
    assert objectives.glove((zeros, zeros, row, column), sums).loss == pytest.approx(0, abs=1e-12)
    assert objectives.glove((zeros, zeros, row, 0 * column), sums).loss > 0.01


def test_ppmi_is_approximated_by_a_matrix_of_lower_rank_and_the_same_size() -> None:
    """Words as vectors: "one of lower rank", not a smaller one."""
    text = own("the cat sat on the mat. the dog lay on the rug. a king saw the cat and a dog.")
    matrix = ppmi(cooccurrence(text, 2, False))
    inward, outward = decompose(matrix, 3)
    near = inward @ outward.T
    assert near.shape == matrix.shape
    rank = torch.linalg.matrix_rank
    assert int(rank(near, rtol=1e-4)) == 3 < int(rank(matrix, rtol=1e-4))


def test_gaps_and_sizes_of_clusters_mean_little_in_t_sne() -> None:
    """Words as vectors: one gap ten times another, one cluster ten times as wide."""
    points = torch.randn(45, 5, generator=torch.Generator().manual_seed(0))
    points[:15] *= 0.1
    points[15:30, 0] += 20
    points[30:, 0] += 220
    placed = tsne(points, 8, 0).points.view(3, 15, 2)
    middle, width = placed.mean(1), placed.std(1).mean(1)
    assert float((middle[2] - middle[1]).norm() / (middle[1] - middle[0]).norm()) < 3
    assert float(width[1] / width[0]) < 3
    apart = torch.cdist(placed[0], placed[1:].reshape(-1, 2))
    assert float(apart.min()) > float(width.max())  # neighbours are kept


def test_a_share_of_one_half_is_not_knowing_that_the_question_is_open() -> None:
    """Attention in a trained model: equally open sentences are divided very differently."""
    shares = []
    for animal in ("cat", "penguin", "king"):
        sentence = f"the {animal} sat on the mat because it was dirty"
        first, second = chance(sentence, animal), chance(sentence, "mat")
        shares.append(first / (first + second))
    cat, penguin, king = shares
    assert 0.4 < cat < 0.6 and penguin > 0.7 and king < 0.1
