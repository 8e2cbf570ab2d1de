"""Every declaration of rules that the property test opens: one line for each page that joins.

An entry makes (rules, trace), and perhaps the keywords of `whole_program`, from a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from core.opened import (
    Activation,
    BatchNorm,
    Capped,
    Combination,
    Conv,
    CrossEntropy,
    Dot,
    Exponential,
    Factor,
    Gate,
    Given,
    LayerNorm,
    Logarithm,
    Lookup,
    Mask,
    Monomial,
    Outer,
    Pool,
    Position,
    Recurrence,
    Routed,
    Rule,
    Rules,
    Scale,
    Share,
    Softmax,
    Sum,
    Total,
    Trace,
    Unit,
)
from core.vision.imagenet import rules as imagenet_rules
from core.vision.imagenet.lite import Block, SameConv
from core.vision.imagenet.networks import NETWORKS, Network
from core.vision.imagenet.prepare import Prepared
from core.vision.imagenet.steps import INPUT, Mean, Step, costs, run

Declared = tuple[Rules, Trace, Mapping[str, Any]]


def _draw(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def _attention(seed: int) -> Declared:
    heads, width, words = 2, 8, 5
    rules = Rules(
        Lookup("E", "table", "ids", scale=width),
        Position("P", width),
        Sum("X", ("E", "P")),
        Dot("Q", "i k, k j -> i j", "X", "Wq"),
        Dot("K", "i k, j k, j -> i j", "X", "Wk", "bk"),
        Dot("V", "i k, k j -> i j", "X", "Wv"),
        Dot("S", "i (h k), j (h k) -> h i j", "Q", "K"),
        Scale("scaled", "S", width // heads),
        Mask("masked", "scaled", "allowed"),
        Exponential("power", "masked", temperature=0.7),
        Softmax("A", "masked", temperature=0.7, powers="power"),
        Dot("Z", "h i j, j (h k) -> i (h k)", "A", "V"),
        Dot("O", "i k, j k, j -> i j", "Z", "Wo", "bo"),
        Sum("R", ("X", "O")),
        LayerNorm("N", "R", "gamma", "beta"),
        symbols={"A": "A^", "S": "S^", "scaled": r"\tilde S^", "masked": "M^", "Wq": "W_q"},
    )
    allowed = torch.ones(words, words, dtype=torch.bool).tril()
    t: dict[str, torch.Tensor] = {
        "table": _draw(seed, 9, width),
        "ids": torch.tensor([3, 1, 4, 1, 5]),
        "allowed": allowed,
        **{name: _draw(seed + i, width, width) for i, name in enumerate(("Wq", "Wk", "Wv", "Wo"))},
        **{n: _draw(seed + i, width) for i, n in enumerate(("bk", "bo", "gamma", "beta"), 7)},
    }
    at = torch.arange(words)[:, None] / 10_000 ** (torch.arange(0, width, 2) / width)
    t["E"] = t["table"][t["ids"]] * width**0.5
    t["P"] = torch.stack([at.sin(), at.cos()], -1).flatten(1)
    t["X"] = t["E"] + t["P"]
    t["Q"], t["V"] = t["X"] @ t["Wq"], t["X"] @ t["Wv"]
    t["K"] = F.linear(t["X"], t["Wk"], t["bk"])
    q, k, v = (t[n].view(words, heads, -1).transpose(0, 1) for n in "QKV")
    t["S"] = q @ k.mT
    t["scaled"] = t["S"] / (width // heads) ** 0.5
    t["masked"] = t["scaled"].masked_fill(~allowed, -torch.inf)
    t["power"] = ((t["masked"] - t["masked"].amax(-1, True)) / 0.7).exp()
    t["A"] = (t["masked"] / 0.7).softmax(-1)
    t["Z"] = (t["A"] @ v).transpose(0, 1).flatten(1)
    t["O"] = F.linear(t["Z"], t["Wo"], t["bo"])
    t["R"] = t["X"] + t["O"]
    t["N"] = F.layer_norm(t["R"], (width,), t["gamma"], t["beta"])
    return rules, t, {}


def _heads(seed: int) -> Declared:
    """Heads as an axis of their own, projections beside each other as torch keeps them."""
    heads, size, words = 3, 2, 4
    width = heads * size
    rules = Rules(
        Dot("q", "i d, (h k) d, (h k) -> h i k", "x", "wq", "bq"),
        Dot("s", "h i k, h j k -> h i j", "q", "q"),
        Softmax("a", "s", allowed="keep"),
        Dot("m", "h i j, h j k -> h i k", "a", "q"),
        Dot("o", "h i k, d (h k), d -> i d", "m", "wo", "bo"),
        symbols={"q": "q^", "s": "s^", "a": r"\alpha^", "m": "m^"},
    )
    t = {"x": _draw(seed, words, width), "wq": _draw(seed + 1, width, width)}
    t |= {"wo": _draw(seed + 2, width, width), "bq": _draw(seed + 3, width)}
    t |= {"bo": _draw(seed + 4, width), "keep": _draw(seed + 5, heads, words, words) > -0.5}
    t["q"] = F.linear(t["x"], t["wq"], t["bq"]).view(words, heads, size).transpose(0, 1)
    t["s"] = t["q"] @ t["q"].mT
    t["a"] = t["s"].softmax(-1).masked_fill(~t["keep"], 0.0)
    t["m"] = t["a"] @ t["q"]
    t["o"] = F.linear(t["m"].transpose(0, 1).flatten(1), t["wo"], t["bo"])
    return rules, t, {}


def _network(seed: int) -> Declared:
    rules = Rules(
        Conv("c", "x", "wc", "bc", padding=1),
        BatchNorm("n", "c", "mean", "variance", "wn", "bn"),
        Activation("r", "n", "relu", off=(1,)),
        Pool("p", "r"),
        Dot("f", "c r s, u (c r s), u -> u", "p", "wf", "bf"),
        Activation("g", "f", "gelu"),
        Dot("l", "k, u k, u -> u", "g", "wl", "bl"),
        Softmax("y", "l", temperature=1.3),
    )
    t = {"x": _draw(seed, 2, 6, 8), "wc": _draw(seed + 1, 4, 2, 3, 3), "bc": _draw(seed + 2, 4)}
    t |= {"mean": _draw(seed + 3, 4), "variance": _draw(seed + 4, 4).square() + 0.1}
    t |= {"wn": _draw(seed + 5, 4), "bn": _draw(seed + 6, 4), "wf": _draw(seed + 7, 24, 48) / 7}
    t |= {"bf": _draw(seed + 8, 24), "wl": _draw(seed + 9, 5, 24), "bl": _draw(seed + 10, 5)}
    t["c"] = F.conv2d(t["x"], t["wc"], t["bc"], padding=1)
    norms = (t["mean"], t["variance"], t["wn"], t["bn"])
    t["n"] = F.batch_norm(t["c"][None], *norms)[0]
    t["r"] = torch.relu(t["n"])
    t["r"][1] = 0.0
    t["p"] = F.max_pool2d(t["r"], 2)
    t["f"] = F.linear(t["p"].flatten(), t["wf"], t["bf"])
    t["g"] = F.gelu(t["f"])
    t["l"] = F.linear(t["g"], t["wl"], t["bl"])
    t["y"] = (t["l"] / 1.3).softmax(-1)
    return rules, t, {}


def _convolutions(seed: int) -> Declared:
    """Strides, groups, dilations, paddings of every kind, and one that is hidden."""
    x, w = _draw(seed, 4, 7, 9), _draw(seed + 1, 6, 2, 3, 2)
    b = _draw(seed + 2, 6)
    t: dict[str, torch.Tensor] = {"x": x, "w": w, "b": b}
    t["strided"] = F.conv2d(x, w, b, stride=2, groups=2, dilation=2, padding=(2, 2))
    rules = [
        Conv("strided", "x", "w", "b", stride=2, groups=2, dilation=2, padding=2),
        Conv("stamped", "x", "w", "b", stride=2, groups=2, transposed=True, output_padding=1),
    ]
    turned = w.unflatten(0, (2, -1)).transpose(1, 2).flatten(0, 1)
    t["stamped"] = F.conv_transpose2d(x, turned, b, stride=2, groups=2, output_padding=1)
    for mode in ("reflect", "replicate", "circular"):
        padded = F.pad(x, (1, 0, 1, 1), mode=mode)
        t[mode] = F.conv2d(padded, w, groups=2)
        rules.append(Conv(mode, "x", "w", groups=2, padding=((1, 1), (1, 0)), mode=mode))
    t["after"] = t["strided"].tanh()
    after = Activation("after", "strided", "tanh")
    return Rules(*rules, after, hidden=["strided"]), t, {}


def _pools(seed: int) -> Declared:
    x = _draw(seed, 7, 10)
    t = {"x": x, "max": F.max_pool2d(x[None], 3, 2, 1, ceil_mode=True)[0]}
    t["mean"] = F.avg_pool2d(x[None], 4, 3, 2, ceil_mode=True)[0]
    rules = Rules(
        Pool("max", "x", "max", 3, 2, 1, True), Pool("mean", "x", "average", 4, 3, 2, True)
    )
    return rules, t, {}


def _windows_back(seed: int) -> Declared:
    """What windows hand back: overlapping, padded, with gaps between them, and rounded up."""
    t = {"x": _draw(seed, 3, 7, 9), "flat": _draw(seed, 8, 8)}
    pools = {
        "overlap": Pool("y", "x", "max", 3, 2, 1),
        "mean": Pool("y", "x", "average", 3, 2, 1),
        "gap": Pool("y", "flat", "max", 2, 3),
        "ceil": Pool("y", "flat", "average", 3, 2, 0, True),
    }
    rules: list[Rule] = []
    for name, pool in pools.items():
        pooled = eval(pool.statement(t), {"F": F, **t})
        t[f"{name}_y"] = _draw(seed + 1, *pooled.shape)
        for mean in (False, True):
            rule = Routed(f"{name}_{mean}", f"{name}_y", pool, mean)
            t[rule.array] = eval(rule.statement(t), {"torch": torch, "F": F, **t})
            rules.append(rule)
    return Rules(*rules), t, {}


def _lstm(seed: int) -> Declared:
    size = 3
    network = nn.LSTM(2, size, batch_first=True)
    t = {name[:-3]: p.detach() for name, p in network.named_parameters()}
    t["x"] = _draw(seed, 6, 2)
    h, c = torch.zeros(size), torch.zeros(size)
    states: dict[str, list[torch.Tensor]] = {name: [] for name in "ifgoch"}
    for x in t["x"]:
        sums = F.linear(x, t["weight_ih"], t["bias_ih"]) + F.linear(h, t["weight_hh"], t["bias_hh"])
        i, f, g, o = sums.chunk(4)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        h = o * c.tanh()
        for name, value in zip("ifgoch", (i, f, g, o, c, h), strict=True):
            states[name].append(value)
    t |= {name: torch.stack(rows) for name, rows in states.items()}
    weights = ("x", "h", "weight_ih", "weight_hh", "bias_ih", "bias_hh")
    gates = [
        Recurrence(name, *weights, block, "tanh" if name == "g" else "sigmoid")
        for block, name in enumerate("ifgo")
    ]
    before = Factor("c", before=True)
    cell = Gate("c", ((Factor("f"), before), (Factor("i"), Factor("g"))))
    hidden = Gate("h", ((Factor("o"), Factor("c", "tanh")),))
    return Rules(*gates, cell, hidden), t, {"whole": False}


def _gru(seed: int) -> Declared:
    size = 3
    network = nn.GRU(2, size, batch_first=True)
    t = {name[:-3]: p.detach() for name, p in network.named_parameters()}
    t["x"] = _draw(seed, 6, 2)
    h = torch.zeros(size)
    states: dict[str, list[torch.Tensor]] = {name: [] for name in "rznh"}
    for x in t["x"]:
        now = F.linear(x, t["weight_ih"], t["bias_ih"]).chunk(3)
        past = F.linear(h, t["weight_hh"], t["bias_hh"]).chunk(3)
        r, z = (now[0] + past[0]).sigmoid(), (now[1] + past[1]).sigmoid()
        n = (now[2] + r * past[2]).tanh()
        h = (1 - z) * n + z * h
        for name, value in zip("rznh", (r, z, n, h), strict=True):
            states[name].append(value)
    t |= {name: torch.stack(rows) for name, rows in states.items()}
    weights = ("x", "h", "weight_ih", "weight_hh", "bias_ih", "bias_hh")
    rules = Rules(
        Recurrence("r", *weights, 0, "sigmoid"),
        Recurrence("z", *weights, 1, "sigmoid"),
        Recurrence("n", *weights, 2, "tanh", reset="r"),
        Gate(
            "h",
            ((Factor("z", "one minus"), Factor("n")), (Factor("z"), Factor("h", before=True))),
        ),
    )
    return rules, t, {"whole": False}


def _gradients(seed: int) -> Declared:
    """Backwards through a linear layer and a product: the same rules say it."""
    x, w, d = _draw(seed, 4, 3), _draw(seed + 1, 5, 3), _draw(seed + 2, 4, 5)
    t = {"x": x, "w": w, "dy": d, "dx": d @ w, "dw": d.mT @ x, "gate": _draw(seed + 3, 4, 5)}
    t["dgate"] = d * t["gate"]
    rules = Rules(
        Given("dy", "gradient"),
        Dot("dx", "i j, j k -> i k", "dy", "w"),
        Dot("dw", "i j, i k -> j k", "dy", "x"),
        Gate("dgate", ((Factor("dy"), Factor("gate")),)),
    )
    return rules, t, {}


def _transformer(seed: int) -> Declared:
    from core.attention.blocks import initialise
    from core.language.transformer.decoding import Drawing
    from core.language.transformer.model import Transformer
    from core.language.transformer.rules import rules
    from core.language.transformer.trace import Pass, arrays

    words = ["<pad>", "<start>", "<end>", "a", "b", "c"]
    generator = torch.Generator().manual_seed(seed)
    model = Transformer(len(words), layers=2, heads=2, width=8, inner=6)
    initialise(model, generator)
    source, target = ["a", "c", "b", "<end>"], ["<start>", "b", "c"]
    encoded = model.encode(torch.tensor([[words.index(token) for token in source]]))
    decoded = model.decode(encoded, torch.tensor([[words.index(token) for token in target]]))
    following, how = ([4, 5, 2], Drawing(0.7)) if seed == 1 else ((), Drawing(0.7, 3, 0.8))
    seen = Pass(model, encoded, decoded, source, target, words, following, how)
    return rules(seen), arrays(seen), {}


def _bert(seed: int, **chosen: Any) -> Declared:
    from core.language.bert.model import Bert
    from core.language.bert.rules import rules
    from core.language.bert.trace import Pass, arrays

    generator = torch.Generator().manual_seed(seed)
    model = Bert(12, layers=2, heads=2, width=8, inner=6, left=seed == 2)
    model.draw(generator)
    model.hidden_bias.normal_(generator=generator)
    ids = torch.tensor([[2, 7, 4, 3, 9, 11, 5, 3]])
    segments = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 1]])
    seen = Pass(model, ids, segments, **chosen)
    return rules(seen), arrays(seen), {}


def _draw_a_digit(seed: int) -> Declared:
    from core.vision import rules
    from core.vision.models import SimpleCNN
    from core.vision.trace import trace

    model = SimpleCNN().eval()
    off = {"conv1": (7,), "conv2": (3, 21)}
    run = trace(model, torch.rand(1, 28, 28, generator=torch.Generator().manual_seed(seed)), off)
    return rules.rules(off, 1.3), rules.arrays(model, run, 1.3), {"whole": False}


def _drawn_number(seed: int, part: str) -> Declared:
    """Of a drawing's ink and its network, of the reasons of an answer, or of the pen's way."""
    from core.vision.hand import sample
    from core.vision.number import declared
    from core.vision.off import Off
    from core.vision.question import DrawingQuestion

    question = DrawingQuestion(sample(seed), off=Off((3,)))
    return *declared(question, part), {"whole": False}


def _photograph(seed: int, lighter: bool = False, threshold: float = 0.0) -> Declared:
    from core.vision.photo.rules import sheet_arrays, sheet_rules
    from core.vision.photo.sheet import Setting, Sheet

    pixels = (200 + 20 * _draw(seed, 12, 14, 3)).clamp(120, 255)
    pixels[4:8, 5:7] = 30.0
    sheet = Sheet((255 - pixels if lighter else pixels).to(torch.uint8).numpy(), 14, 12)
    arrays = sheet_arrays(sheet, Setting(threshold=threshold))
    return sheet_rules(lighter, bool(threshold)), arrays, {}


def _digit_nets(seed: int) -> Declared:
    from core.vision import nets, rules

    plan = nets.tiny() if seed == 1 else nets.alexnet()
    net = nets.build(plan).eval()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean = _draw(9, len(module.bias))
    ink = torch.rand(28, 28, generator=torch.Generator().manual_seed(seed))
    return rules.net_rules(net, 1.2), rules.net_arrays(net, ink, None, 1.2), {"whole": False}


def _train_a_cnn(seed: int) -> Declared:
    """A network that was broken by hand; its last maps are stretched where seed is not 1."""
    from core.vision.training import number
    from core.vision.training.edits import Edits, Kernel, edited
    from core.vision.training.setting import CnnSetting
    from core.vision.training.trainer import build

    torch.manual_seed(seed)
    setting = CnnSetting(architecture="own", channels=4, norm=True, activation="leaky")
    net = build(setting.plan).eval().requires_grad_(False)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean = _draw(seed, len(module.bias))
    kernel = Kernel("conv1", 2, 0, ((1.0, 0.0, -1.0),) * 3)
    strides = {} if seed == 1 else {"conv1": 2}
    changes = Edits((kernel,), (("conv1", 1), ("conv2", 3)), (("conv2", 0),), strides)
    changed = edited(net, changes)
    ink = torch.rand(28, 28, generator=torch.Generator().manual_seed(seed))
    return number.declared(changed), dict(number.arrays(changed, ink)), {"whole": False}


def _convolution(seed: int) -> Declared:
    from core.vision.convolution import rules
    from core.vision.convolution.question import ConvolutionQuestion
    from core.vision.convolution.slide import slide

    question = ConvolutionQuestion(
        "matrix",
        matrix="1 2 3 4;5 6 7 8;9 0 1 2|3 1 4 1;5 9 2 6;5 3 5 8",
        filters=("random", "sobel_x", "gabor", "random"),
        rows=2,
        stride=2,
        padding="valid" if seed == 1 else 1,
        mode="reflect",
        groups=2,
        after="gelu",
        flipped=True,
        bias=(0.5,),
    )
    slid = slide(question)
    return rules.rules(slid.question.setting), rules.arrays(slid), {}


def _convolved(seed: int, **chosen: Any) -> Declared:
    """Any number of the page: the input down to the pen, and the kernels as they are set."""
    from core.vision.convolution.number import declared
    from core.vision.convolution.question import ConvolutionQuestion

    filters = ("sobel_x", "ours.conv1.3") if seed == 1 else ("random", "gabor")
    return *declared(ConvolutionQuestion(filters=filters, **chosen)), {"whole": False}


def _cell(seed: int) -> Declared:
    from core.recurrent.cell.gates import arrays, rules
    from core.recurrent.cells import NETWORKS, Kind

    kind: Kind = "gru" if seed == 1 else "lstm"
    network = NETWORKS[kind](3, 5, 2, batch_first=True)
    return rules(kind), arrays(network, _draw(seed, 6, 3), 1), {"whole": False}


def _spoken(seed: int, kind: Any) -> Declared:
    from core.recurrent.words.opened import RULES, arrays
    from core.recurrent.words.speaker import Speaker

    model = Speaker(kind, 9, 4)
    return RULES, arrays(model, torch.tensor([3, 1, 8, 0, seed])), {}


def _text(seed: int, kind: Any) -> Declared:
    """What a network writes: from the probability of a letter down to the weights of its cell."""
    from core.recurrent.text.opened import arrays, rules
    from core.recurrent.text.pieces import Pieces
    from core.recurrent.text.writer import Writer
    from core.recurrent.text.writing import Manner

    torch.manual_seed(seed)
    read = torch.tensor([3, 1, 6, 0, seed])
    pieces = Pieces.of(read.repeat(4), 7, 2 if kind == "gru" else 1)
    model = Writer(kind, pieces, 4).eval()
    how = Manner(0.7) if kind == "lstm" else Manner(0.7, top_k=5, top_p=0.6)
    return rules(kind, how, pieces.glance), arrays(model, read, how), {"whole": False}


def _gradient(seed: int, kind: Any = "lstm") -> Declared:
    from core.recurrent.through_time.gradient import GradientSetting
    from core.recurrent.through_time.rules import arrays, rules

    setting = GradientSetting(length=5, hidden=4, scale=2.0, forget_bias=1.0, seed=seed)
    step = 5 if seed == 2 and kind == "rnn" else seed
    return rules(kind, step == 5), arrays(kind, setting, step), {}


def _adding(seed: int) -> Declared:
    from core.recurrent.adding.opened import arrays, rules
    from core.recurrent.adding.task import Adder, Adding

    model = Adder("gru", 6, 0.0) if seed == 1 else None
    return rules(model is not None), arrays(Adding(length=7), model), {}


def _sine(seed: int, of: str) -> Declared:
    from core.recurrent.sine.forecast import Forecaster
    from core.recurrent.sine.opened import ScoreNumber, arrays, forecast, rules
    from core.recurrent.sine.setting import SineSetting

    setting = SineSetting(kind="sine", samples=30, length=12, warm_up=3, seed=seed)
    model = Forecaster("lstm", 5) if of == "lstm" else None
    chosen = ScoreNumber(of, "free_run" if seed == 2 else "one_step", 1)
    found = arrays(setting, model, forecast(setting, model, chosen), chosen)
    return rules(setting, of), found, {}


def _series(seed: int, of: str, scaling: str) -> Declared:
    from core.recurrent.series.members import network
    from core.recurrent.series.opened import arrays, rules
    from core.recurrent.series.setting import SeriesSetting

    setting = SeriesSetting(scaling=scaling, hidden=5, length=6, seed=seed)
    model = network(setting, "lstm") if of == "lstm" else None
    return rules(setting, of), arrays(setting, model, of), {}


def _counted_digits(seed: int) -> Declared:
    from core.vision.training import scores

    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(10, (200,), generator=generator)
    logits = torch.randn(200, 10, generator=generator)
    logits[seed::2] += 4 * F.one_hot(labels[seed::2], 10)
    seen = torch.randint(50, (10, 10), generator=generator)
    return scores.RULES, scores.arrays(seen, logits, labels), {}


def _step(seed: int, of: str, **changes: Any) -> Declared:
    """The learning rate or the gradients of a step."""
    from safetensors.torch import save

    from core.training.job import State
    from core.vision.nets import build
    from core.vision.training import update
    from core.vision.training.setting import CnnSetting

    setting = CnnSetting(architecture="tiny", images=100, **changes)
    torch.manual_seed(seed)
    tensors = {f"cnn.{name}": tensor for name, tensor in build(setting.plan).state_dict().items()}
    state = State(1 if seed == 1 else setting.steps, save(tensors))
    query = {"highest": "0.003", "norms": "0.25,1.5,2e-3,0.5,3,0.125,1"}
    declared = {"rate": update.of_rate, "gradients": update.of_gradients}[of]
    return *declared(setting, state, query), {}


def _costs(seed: int) -> Declared:
    from core.vision import costs
    from core.vision.nets import alexnet, tiny

    return *costs.declared(alexnet() if seed == 1 else tiny()), {}


def _scored(seed: int, smoothing: float = 0.0) -> Declared:
    from core.opened.scored import answers

    truth = torch.randint(7, (20,), generator=torch.Generator().manual_seed(seed))
    logits = _draw(seed, 20, 7) + 2.0 * F.one_hot(truth, 7)
    found = answers(logits, truth, smoothing)
    return found.rules, found.trace, {}


def _written(seed: int) -> Declared:
    from core.opened.scored import whole_answers

    found = whole_answers(_draw(seed, 12, 3) > 0.8)
    return found.rules, found.trace, {}


def _pooling(seed: int) -> Declared:
    from core.vision.pooling import rules
    from core.vision.pooling.layer import PoolingSetting

    setting = PoolingSetting("max" if seed == 1 else "average", 3, 2, 1, True)
    x, moved = _draw(seed, 8, 11), _draw(seed + 1, 8, 11)
    given = _draw(seed + 2, setting.length(8), setting.length(11))
    return Rules(*rules.rules(setting, 8, 11)), rules.arrays(x, moved, setting, given), {}


def _pooled_map(seed: int) -> Declared:
    """The whole tab: a map of the network, down to the ink."""
    from core.vision.hand import sample
    from core.vision.pooling.question import PoolingQuestion
    from core.vision.pooling.rules import declared

    source = "map" if seed == 1 else "sample"
    return *declared(PoolingQuestion(sample(seed), source, layer="relu1", map=5)), {"whole": False}


def _plain_counts(seed: int) -> Declared:
    from core.vision.plain import counts
    from core.vision.plain.network import Layers

    layers = Layers(side=28 * seed, channels=3, units=70, kernel=5, maps=12)
    return counts.RULES, counts.arrays(layers, seed), {}


def _published(seed: int, first: str, second: str) -> Declared:
    from core.vision.architectures.counts import declared

    return *declared(first if seed == 1 else second), {"whole": False}


def _measures(seed: int) -> Declared:
    """Losses, a step of gradient descent, counts and lengths."""
    rules = Rules(
        Softmax("p", "s"),
        Activation("q", "s", "sigmoid"),
        Combination("g", ("p", "t"), (1.0, -1.0)),
        CrossEntropy("loss", "p", "t"),
        CrossEntropy("both", "q", "t", binary=True),
        Outer("dw", "g", "h"),
        Combination("after", ("w", "dw"), (1.0, -0.5)),
        Outer("part", "share", "h"),
        Logarithm("log", "count"),
        Logarithm("pmi", "count", over="chance"),
        Monomial("chance", ("row", "column", "all"), (1, 1, -1)),
        Monomial("squared", ("share", "log"), (1, 2), factor=2.0),
        Capped("share", "count", 100.0, 0.75),
        Dot("single", "k, k ->", "h", "h"),
        Unit("unit", "w"),
        Share("portion", "positive"),
        Activation("root", "positive", "sqrt"),
        Dot("each", "i k, i -> i k", "w", "s"),
        Total("all_w", "w"),
        Total("middle", "w", mean=True),
        Total("row_mean", "w", mean=True),
        symbols={"dw": r"\nabla w", "loss": r"\mathcal{L}"},
    )
    t = {"s": _draw(seed, 5), "h": _draw(seed + 1, 3), "w": _draw(seed + 2, 5, 3)}
    t |= {"t": torch.tensor([0.0, 0, 1, 0, 0]), "count": torch.tensor(7.5)}
    t |= {"row": torch.tensor(40.0), "column": torch.tensor(31.0), "all": torch.tensor(900.0)}
    t["p"], t["q"] = t["s"].softmax(0), t["s"].sigmoid()
    t["g"] = t["p"] - t["t"]
    t["loss"] = F.cross_entropy(t["s"], t["t"])
    t["both"] = F.binary_cross_entropy_with_logits(t["s"], t["t"], reduction="sum")
    t["dw"] = torch.outer(t["g"], t["h"])
    t["after"] = t["w"] - 0.5 * t["dw"]
    t["log"], t["chance"] = t["count"].log(), t["row"] * t["column"] / t["all"]
    t["pmi"] = (t["count"] / t["chance"]).log()
    t["share"] = (t["count"] / 100) ** 0.75
    t["part"] = t["share"] * t["h"]
    t["squared"] = 2 * t["share"] * t["log"] ** 2
    t["single"], t["unit"] = t["h"] @ t["h"], F.normalize(t["w"], dim=1)
    t["positive"] = t["w"].abs() + 0.1
    t["portion"] = t["positive"] / t["positive"].sum(1, keepdim=True)
    t["root"], t["each"] = t["positive"].sqrt(), t["w"] * t["s"][:, None]
    t["all_w"], t["middle"], t["row_mean"] = t["w"].sum(), t["w"].mean(), t["w"].mean(1)
    return rules, t, {}


def _attention_step_by_step(seed: int) -> Declared:
    from core.attention.steps import rules
    from core.attention.steps.question import StepsQuestion, example, read_words
    from core.attention.steps.trace import steps

    question = StepsQuestion(
        read_words(example("en")[0]),
        ("one", "two", "mat"),
        "cross",
        "random",
        seed,
        positions=True,
        mask="padding",
        temperature=0.7,
        heads=2 * seed,
    )
    run = steps(question)
    return rules.rules(question), rules.arrays(run), {}


def _attention_in_a_trained_model(seed: int, of: str = "cuts") -> Declared:
    from core.attention.blocks import initialise
    from core.attention.trained.model import ItModel
    from core.attention.trained.numbers import numbers
    from core.attention.trained.question import ReferentQuestion
    from core.attention.trained.shipped import EXAMPLES

    model = ItModel(2, 2, 8, 8)
    initialise(model, torch.Generator().manual_seed(seed))
    raw: dict[str, Any] = {"sentence": EXAMPLES["en"][0]}
    if of == "cuts":
        cuts = [{"layer": 1, "head": 0, "from": 7, "to": 1}, {"layer": 0, "head": 1}]
        raw |= {"cuts": cuts, "renormalise": seed == 1}
        raw["number"] = {"array": "without_1_lost", "index": [7, 0]}
    else:
        raw["number"] = {"array": f"sentence_{seed}_logits", "index": [0, 0]}
    found = numbers(model, ReferentQuestion.read(raw), 12)
    return found.rules, found.trace, {}


def _pretrained(seed: int, kind: str, activation: str, head: str = "") -> Declared:
    from core.attention.pretrained import numbers
    from core.language.bert.heads import said
    from core.pretrained.shelf import Pretrained
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    transformers: Any = pytest.importorskip("transformers")
    sizes = {"vocab_size": 9, "num_hidden_layers": 2, "num_attention_heads": 2}
    if kind == "distilbert":
        config = transformers.DistilBertConfig(dim=6, hidden_dim=5, activation=activation, **sizes)
    else:
        shape = {"hidden_size": 6, "intermediate_size": 5, "hidden_act": activation}
        config = transformers.BertConfig(**sizes, **shape)
    made = getattr(transformers, head) if head else transformers.AutoModel
    config._attn_implementation = "eager"
    model = (made(config) if head else made.from_config(config)).eval()
    for value in model.requires_grad_(False).parameters():
        nn.init.normal_(value, std=0.6)
    ids = torch.tensor([[1, 4, 2, 8]])
    hidden = model(ids, output_hidden_states=True).hidden_states
    encoder = Pretrained("tiny", model, None, {"model_type": kind}, frozenset())
    return *(said if head else numbers)(encoder, hidden), {}


def _small(seed: int, **chosen: Any) -> Any:
    """Word vectors of a small text of one's own: their setting, and the numbers drawn by chance."""
    from core.language.embeddings.model import Vectors
    from core.language.embeddings.setting import VectorsSetting

    text = "the cat sat. the dog sat. a cat ran to the dog. a dog and a cat ran. " * 3
    setting = VectorsSetting(**chosen, text=text, dimension=5, window=2, seed=seed)
    model = Vectors(setting)
    for value in model.parameters():
        value.data.normal_(generator=torch.Generator().manual_seed(seed))
    return setting, model


def _cosine(seed: int) -> Declared:
    from core.language.embeddings.steps import cosine

    _setting, model = _small(seed, method="glove")
    step = cosine.of_run(model, {name: word for word, name in enumerate("abcd")})
    return step.rules, step.trace, {}


def _analogies(seed: int) -> Declared:
    from core.language.embeddings.model import Vectors
    from core.language.embeddings.setting import VectorsSetting
    from core.language.embeddings.steps.score import score

    setting = VectorsSetting(method="glove", language="ko" if seed == 1 else "en", seed=seed)
    model = Vectors(setting)
    model.draw(torch.Generator().manual_seed(seed))
    step = score(setting.corpus(), model)
    return step.rules, step.trace, {}


def _vectors(seed: int, **chosen: Any) -> Declared:
    from core.language.embeddings.steps import cells
    from core.language.embeddings.steps.word2vec import word2vec

    setting, model = _small(seed, **chosen)
    index = setting.corpus().index
    the, cat, dog = index["the"], index["cat"], index["dog"]
    if setting.method == "glove":
        step = cells.glove(setting, model, cat, the, 0.5)
    elif setting.method == "ppmi_svd":
        step = cells.ppmi_cell(setting, cat, the, model)
    else:
        inside = [the, cat, the] if setting.method == "cbow" else [the]
        step = word2vec(setting, model, inside, dog, 0.5, seed)
    return step.rules, step.trace, {}


def _of_real_pictures(seed: int, wide: int = 6) -> Declared:
    """The kinds of steps that EfficientNet, AlexNet and VGG are made of, on 8 x 8 pixels."""
    body = Block(wide, wide, 3, 1, expansion=2)
    layers = [
        *(
            ("stem", nn.Conv2d(3, wide, 3, padding=1)),
            ("pool", nn.MaxPool2d(2)),
            ("relu", nn.ReLU()),
        ),
        *(("wide", SameConv(wide, wide, 5)), ("norm", nn.BatchNorm2d(wide))),
        *((f"expand_{name}", layer) for name, layer in body.expand.named_children()),
        *((f"depthwise_{name}", layer) for name, layer in body.depthwise.named_children()),
        *((f"project_{name}", layer) for name, layer in body.project.named_children()),
    ]
    for norm in (layer for _, layer in layers if isinstance(layer, nn.BatchNorm2d)):
        norm.eval().running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
    names = [INPUT, *(name for name, _ in layers)]
    made = [Step(name, name, (names[at],), layer) for at, (name, layer) in enumerate(layers)]
    made.append(Step("sum", "sum", (names[-1], "norm"), None))
    made.append(Step("mean", "mean", ("sum",), Mean()))
    made.append(Step("logits", "logits", ("mean",), nn.Linear(wide, 5)))
    known = replace(NETWORKS["alexnet"], title="tiny")
    network = Network("alexnet", known, tuple(made), costs(tuple(made), 8))
    pixels = _draw(seed, 3, 8, 8).sigmoid()
    mean, std = (torch.tensor(values)[:, None, None] for values in (known.mean, known.std))
    prepared = Prepared(pixels, pixels, pixels, (pixels - mean) / std)
    found = imagenet_rules.trace(network, prepared, run(network.steps, prepared.normalised))
    copies = {name: value.clone() for name, value in found.items()}
    # A wide network's program is a narrow one's, but for hundreds of pages of weights.
    return imagenet_rules.rules(network), copies, {} if wide == 6 else {"whole": False}


DECLARATIONS: dict[str, Callable[[int], Declared]] = {
    "attention": _attention,
    "heads": _heads,
    "network": _network,
    "convolutions": _convolutions,
    "pools": _pools,
    "windows back": _windows_back,
    "lstm": _lstm,
    "gru": _gru,
    "gradients": _gradients,
    "measures": _measures,
    "skip-gram": partial(_vectors, method="skip_gram", objective="softmax"),
    "negative sampling": partial(_vectors, method="skip_gram", objective="negative"),
    "cbow": partial(_vectors, method="cbow", objective="negative"),
    "glove": partial(_vectors, method="glove"),
    "ppmi": partial(_vectors, method="ppmi_svd"),
    "cosine": _cosine,
    "analogies": _analogies,
    "transformer": _transformer,
    "bert, words": partial(_bert, truth=(torch.tensor([1, 2]), torch.tensor([8, 6])), mean=True),
    "bert, writing": partial(_bert, barred=True, temperature=0.7),
    "bert, next sentence": partial(_bert, head="follows"),
    "bert, classes": partial(_bert, head="sentiment"),
    "bert, spans": partial(_bert, head="answer"),
    "draw a digit": _draw_a_digit,
    "a drawing's ink": partial(_drawn_number, part="fit"),
    "why this answer": partial(_drawn_number, part="why"),
    "a photograph": _photograph,
    "a photograph of a board": partial(_photograph, lighter=True, threshold=0.3),
    "the way of the pen": partial(_drawn_number, part="strokes"),
    "attention, step by step": _attention_step_by_step,
    "attention in a trained model": _attention_in_a_trained_model,
    "heads on held-out sentences": partial(_attention_in_a_trained_model, of="sentence"),
    "a pretrained BERT": partial(_pretrained, kind="bert", activation="gelu"),
    "what a pretrained BERT says": partial(
        _pretrained, kind="bert", activation="gelu", head="BertForPreTraining"
    ),
    "what a pretrained DistilBERT says": partial(
        _pretrained, kind="distilbert", activation="relu", head="DistilBertForMaskedLM"
    ),
    "a pretrained DistilBERT": partial(_pretrained, kind="distilbert", activation="relu"),
    "digit networks": _digit_nets,
    "a network of real pictures": _of_real_pictures,
    "a network with very many channels": partial(_of_real_pictures, wide=80),
    "train a CNN": _train_a_cnn,
    "accuracy of a CNN": _counted_digits,
    "gradients of a step": partial(_step, of="gradients"),
    "constant rate": partial(_step, of="rate"),
    "rate along a cosine": partial(_step, of="rate", schedule="cosine"),
    "rate of one cycle": partial(_step, of="rate", schedule="onecycle"),
    "costs of a digit network": _costs,
    "answers": _scored,
    "answers, smoothed": partial(_scored, smoothing=0.1),
    "written answers": _written,
    "convolution": _convolution,
    "convolution of ink": partial(_convolved, source="sample", flipped=True, after="tanh"),
    "convolution of normalised ink": partial(_convolved, source="sample", normalised=True),
    "convolution of maps": partial(_convolved, source="maps", channels=2),
    "pooling": _pooling,
    "pooling, down to the ink": _pooled_map,
    "counts of two layers": _plain_counts,
    "tables of LeNet": partial(_published, first="lenet5_1998", second="lenet5"),
    "tables of AlexNet and VGG": partial(_published, first="alexnet_2012", second="vgg11"),
    "inside the cell": _cell,
    "what an RNN says": partial(_spoken, kind="rnn"),
    "what a GRU says": partial(_spoken, kind="gru"),
    "what an LSTM says": partial(_spoken, kind="lstm"),
    "what writes a text, RNN": partial(_text, kind="rnn"),
    "what writes a text, GRU": partial(_text, kind="gru"),
    "what writes a text, LSTM": partial(_text, kind="lstm"),
    "gradient through an RNN": partial(_gradient, kind="rnn"),
    "gradient through a GRU": partial(_gradient, kind="gru"),
    "gradient through an LSTM": _gradient,
    "adding": _adding,
    "series, levels": partial(_series, of="lstm", scaling="zscore"),
    "series, returns": partial(_series, of="lstm", scaling="log_returns"),
    "series, a line": partial(_series, of="autoregression", scaling="differences"),
    "series, persistence": partial(_series, of="persistence", scaling="minmax"),
    "sine": partial(_sine, of="lstm"),
    "sine, persistence": partial(_sine, of="persistence"),
    "sine, two taps": partial(_sine, of="two_tap"),
}
