"""LeNet-5, AlexNet, VGG as published: the published sums, torch's own counts, true formulas."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re

import pytest
import torch
from torch import nn

from core.torchvision_pair import torchvision
from core.vision import nets
from core.vision.architectures.formula import formulas, latex, program
from core.vision.architectures.published import ARCHITECTURES
from core.vision.architectures.sheet import as_csv, shares, sheet, stacked
from core.vision.architectures.table import Row, read, table
from core.vision.fair.scaled import multiply_adds

PUBLISHED = {
    "lenet5_1998": 60_000,  # section II.B of the paper
    "lenet5": 61_706,
    "alexnet_2012": 60_965_224,
    "alexnet": 61_100_840,
    "vgg11": 132_863_336,
    "vgg16": 138_357_544,
    "vgg19": 143_667_240,
    "simple": 1_630_090,
    "alexnet_small": 345_866,
    "vgg_small": 1_063_594,
}
TORCHVISION = {
    "alexnet": torchvision.models.AlexNet_Weights,
    "vgg11": torchvision.models.VGG11_Weights,
    "vgg16": torchvision.models.VGG16_Weights,
    "vgg19": torchvision.models.VGG19_Weights,
}


def row(name: str, layer: str) -> Row:
    return next(row for row in table(name).rows if row.name == layer)


def test_every_network_has_its_published_parameters() -> None:
    assert {name: table(name).parameters for name in ARCHITECTURES} == PUBLISHED


@pytest.mark.parametrize("name", TORCHVISION)
def test_torchvisions_own_figures_are_met(name: str) -> None:
    meta = TORCHVISION[name].IMAGENET1K_V1.meta
    assert table(name).parameters == meta["num_params"]
    assert table(name).multiply_adds / 1e9 == pytest.approx(meta["_ops"], abs=6e-4)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_torch_counts_the_same_and_nothing_is_in_memory(name: str) -> None:
    net = ARCHITECTURES[name].on_meta()
    assert all(p.is_meta for p in [*net.parameters(), *net.buffers()])
    with torch.device("meta"):
        picture = torch.empty(1, *ARCHITECTURES[name].inputs)
    assert table(name).multiply_adds == multiply_adds(net, picture)
    assert table(name).parameters == sum(p.numel() for p in net.parameters())
    assert sum(math.prod(r.outputs) for r in table(name).rows) * 4 == table(name).output_bytes


def test_lenet5_has_the_layers_and_connections_of_the_paper() -> None:
    rows = table("lenet5_1998").rows
    trained = [(r.name, r.parameters) for r in rows]
    assert trained == [
        *(("C1", 156), ("S2", 12), ("C3", 1_516), ("S4", 32)),
        *(("C5", 48_120), ("F6", 10_164), ("output", 0)),
    ]
    # Connections in the paper count the bias and each of the four inputs of a subsampling.
    biases = {r.name: math.prod(r.outputs) for r in rows if r.kind in ("conv", "sparse", "fc")}
    pooled = sum(5 * math.prod(r.outputs) for r in rows if r.kind == "subsample")
    connections = table("lenet5_1998").multiply_adds + sum(biases.values()) + pooled + 84 * 10
    assert connections == 340_908


def test_alexnets_conv2_sees_half_of_the_maps() -> None:
    conv2 = row("alexnet_2012", "conv2")
    assert (conv2.groups, conv2.outputs, conv2.parameters) == (2, (256, 27, 27), 307_456)
    assert formulas(conv2)["parameters"] == "(5·5·96/2 + 1)·256 = 307,456"


@pytest.mark.parametrize(
    ("name", "layer", "size", "jump"),
    [
        ("vgg16", "conv5_3", 196, 16),
        ("vgg16", "pool5", 212, 32),
        ("alexnet_2012", "conv5", 163, 16),
        ("alexnet_2012", "pool3", 195, 32),
        ("lenet5_1998", "C5", 32, 4),
    ],
)
def test_receptive_fields_are_the_known_ones(name: str, layer: str, size: int, jump: int) -> None:
    seen = row(name, layer).sees
    assert seen is not None
    assert (seen.size, seen.jump) == (size, jump)


@pytest.mark.parametrize("plan", [nets.lenet5(), nets.alexnet(), nets.vgg(), nets.simple()])
def test_a_receptive_field_is_where_the_gradient_arrives(plan: nets.Plan) -> None:
    torch.manual_seed(0)
    layers = tuple(layer.replace("max", "average") for layer in plan.layers)  # all get a gradient
    net = nets.build(nets.Plan(layers, "leaky")).eval()
    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.uniform_(layer.weight, 0.01, 0.02)
    rows = [r for r in read(net, (1, 28, 28)).rows if r.sees]
    x = torch.rand(1, 1, 28, 28, requires_grad=True)
    made = [t for name, t in net.maps(x).items() if name.startswith(("conv", "pool"))]
    for r, maps in zip(rows, made, strict=True):
        middle = maps.shape[-1] // 2
        (gradient,) = torch.autograd.grad(maps[0, 0, middle, middle], x, retain_graph=True)
        reached = gradient[0, 0].nonzero()[:, 0]
        assert r.sees is not None
        first = r.sees.start + middle * r.sees.jump
        assert reached.min() == max(0, first)
        assert reached.max() == min(27, first + r.sees.size - 1)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_formula_is_true(name: str) -> None:
    said = 0
    for r in table(name).rows:
        for text in formulas(r).values():
            for part in text.split("; "):
                if "=" in part:
                    left, right = part.split(" = ") if part.count("=") == 1 else (part, "")
                    assert _value(left) == _value(right), (r.name, part)
                    said += 1
        assert formulas(r)["multiply_adds"].endswith(f"{r.multiply_adds:,}")
        assert formulas(r)["parameters"].endswith(f"{r.parameters:,}")
        assert "·" not in latex(r)
    assert said > 20


def _value(text: str) -> float:
    plain = text.replace(",", "").replace("·", "*").replace("−", "-")
    plain = plain.replace("⌊", "math.floor(").replace("⌋", ")")
    assert re.fullmatch(r"[\d\s+*/().-]|(math\.floor\(|[\d\s+*/().-])+", plain), plain
    return float(eval(plain, {"math": math}))


@pytest.mark.parametrize("name", ["lenet5_1998", "alexnet_2012", "vgg11"])
def test_the_program_builds_the_same_network(name: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(program(name), name, "exec"), {"__name__": name})
    assert f"parameters: {table(name).parameters}\n" in said.getvalue()
    assert f"multiply-adds: {table(name).multiply_adds}\n" in said.getvalue()


def test_a_network_that_is_not_there_gets_a_sentence() -> None:
    with pytest.raises(ValueError, match="There is no network 'resnet'; there are lenet5_1998"):
        table("resnet")


def test_the_table_can_be_taken_away() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv("vgg16").decode())))
    assert len(rows) == len(sheet("vgg16")["rows"]) == 21
    assert sum(int(r["parameters"]) for r in rows) == PUBLISHED["vgg16"]
    assert rows[-1]["field"] == "" and rows[0]["outputs"] == "64x224x224"


def test_weights_and_work_are_in_different_places() -> None:
    alexnet = shares("alexnet_2012")
    assert alexnet.parameters_in_fc == pytest.approx(58_631_144 / 60_965_224)
    assert alexnet.products_in_fc < 0.09
    assert stacked().size == 7
