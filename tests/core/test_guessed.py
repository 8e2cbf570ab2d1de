"""What pages ask before they show it, computed by another way."""

import math
from dataclasses import replace

import pytest
import torch
from torch.nn import functional as F

from core.attention.steps.question import StepsQuestion
from core.attention.steps.read_most import read_most
from core.attention.steps.trace import steps
from core.attention.trained.cuts import Cut
from core.attention.trained.lesson import seen
from core.attention.trained.one_head import one_head
from core.attention.trained.question import ReferentQuestion
from core.language.embeddings.first_sum import first_sum
from core.language.embeddings.job import JOB, model_of
from core.language.transformer.first_token import first_token
from core.recurrent.cells import KINDS as CELLS
from core.recurrent.sine.steadiest import free_errors
from core.recurrent.through_time.arrived import POWERS, arrived
from core.recurrent.through_time.gradient import GradientSetting
from core.recurrent.words import job as words
from core.recurrent.words.gate import gate
from core.training import shipped
from core.vision.architectures.heaviest import heaviest
from core.vision.architectures.published import ARCHITECTURES
from core.vision.convolution.question import ConvolutionQuestion, OutputCell
from core.vision.convolution.sign import sign
from core.vision.drawing import Drawing
from core.vision.forward import verdict
from core.vision.hand import sample
from core.vision.pooling.layer import Kind, PoolingSetting, pool
from core.vision.pooling.question import PoolingQuestion, inputs
from core.vision.pooling.shares import shares
from core.vision.question import DrawingQuestion
from core.vision.surety import surety
from core.vision.training.early import early


def test_a_network_is_as_sure_as_its_softmax_and_refuses_a_blank_canvas() -> None:
    question = DrawingQuestion(sample(3))
    level, digit, share = surety(question)
    probabilities = verdict(question).probabilities
    assert (
        share == float(probabilities.max()) and level == "certain" and digit == 3 and share >= 0.999
    )
    assert surety(replace(question, drawing=Drawing()))[0] == "refused"


@pytest.mark.parametrize("at", [(3, 9), (14, 14), (20, 20), (0, 0)])
def test_the_sign_of_a_cell_is_that_of_torchs_convolution(at: tuple[int, int]) -> None:
    question = ConvolutionQuestion(padding=1, place=OutputCell(0, *at))
    weight = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])[None, None]
    value = float(F.conv2d(question.input[None], weight, padding=1)[0, 0, at[0], at[1]])
    found, told = sign(question)
    assert told == pytest.approx(value, abs=1e-5)
    assert found == ("zero" if abs(value) < 1e-6 else "positive" if value > 0 else "negative")


@pytest.mark.parametrize("kind", ["max", "average"])
@pytest.mark.parametrize(("window", "stride", "padding"), [(2, 2, 0), (3, 1, 1), (3, 2, 1)])
def test_a_window_shares_out_its_gradient_as_small_changes_do(
    kind: Kind, window: int, stride: int, padding: int
) -> None:
    setting = PoolingSetting(kind, window, stride, padding)
    question = PoolingQuestion(source="matrix", setting=setting, row=1, column=1)
    x = inputs(question, [(0, 0)])[0].double()
    still = float(pool(x, setting)[1, 1])
    slopes = []
    for at in range(x.numel()):
        moved = x.flatten().clone()
        moved[at] += 1e-3
        slopes.append((float(pool(moved.view_as(x), setting)[1, 1]) - still) / 1e-3)
    given = [slope for slope in slopes if slope > 1e-6]
    found = shares(question)
    assert found and (found.way == "one") == (kind == "max")
    assert found.reached == len(given) and found.most == pytest.approx(max(given), rel=1e-3)
    assert found.window == window**2
    assert shares(replace(question, setting=PoolingSetting(kind, 1, 1))) is None


@pytest.mark.parametrize("net", ["alexnet_2012", "lenet5_1998", "vgg16"])
def test_the_heaviest_layer_holds_most_parameters(net: str) -> None:
    found = heaviest(net)
    model = ARCHITECTURES[net].on_meta()
    sizes = [sum(p.numel() for p in m.parameters(recurse=False)) for m in model.modules()]
    assert found.rows[found.most].parameters == max(sizes)
    assert found.share == pytest.approx(max(sizes) / sum(sizes))
    assert found.most in found.offered and len(found.offered) > 1


def test_what_a_run_knew_early_stands_in_its_recording() -> None:
    found, run = early(), shipped.load("cnn_run")
    marks = {saved.step: saved.marks["validation_accuracy"] for saved in run.saved}
    assert found.right == marks[found.step] and found.last == marks[found.steps]
    assert abs(found.nearest - found.right) < 0.05


def test_free_running_errors_are_those_of_the_race() -> None:
    marks = shipped.load("sine_race").saved[-1].marks
    assert free_errors()["gru"] == marks["gru.free_run"]
    order = sorted(CELLS, key=lambda cell: free_errors()[cell])  # "starts with a smaller one"
    assert order == sorted(CELLS, key=lambda cell: marks[f"{cell}.one_step"])
    assert set(free_errors()) == {"rnn", "gru", "lstm", "persistence"}


@pytest.mark.parametrize("unit", range(8))
def test_a_gate_is_open_where_its_map_says_so(unit: int) -> None:
    where = {"cell": "lstm", "gate": "forget", "layer": "0", "time": "3", "unit": str(unit)}
    sentence = {"distance": "8", "talk": "3"}
    run = shipped.load("words_race")
    maps = words.JOB.inspections["gates"](
        words.JOB.read(run.config), run.saved[-1].state, sentence
    )["cells"]["lstm"]["forget"]
    found = gate("en", where | sentence)
    assert found.value == pytest.approx(float(maps.reshape(-1, maps.shape[-1])[3, unit]), abs=1e-6)
    assert found.open == (found.value > 0.5)


@pytest.mark.parametrize("bias", [0.0, 3.0, 5.0])
def test_what_arrives_is_the_gradient_at_the_first_step(bias: float) -> None:
    power, share = arrived(GradientSetting(forget_bias=bias))
    assert all(abs(math.log10(share) - power) <= abs(math.log10(share) - p) for p in POWERS)
    assert (power == 0) == (bias == 5.0) or bias == 3.0


def test_the_word_that_is_read_most_has_the_largest_weight() -> None:
    words = {"words": "the cat sat because it was tired", "place": {"matrix": "A", "row": 4}}
    for more in ({}, {"numbers": "random", "seed": 7}, {"mask": "causal"}):
        question = StepsQuestion.read(words | more)
        run = steps(question)
        scores = run["Q"][4] @ run["K"].T / math.sqrt(8)
        if more.get("mask"):
            scores[5:] = -math.inf
        word, weights = read_most(question)
        assert word == "it" and weights == pytest.approx(scores.softmax(0).tolist(), abs=1e-6)


def test_what_one_head_leaves_is_the_networks_answer_with_it_cut() -> None:
    question = ReferentQuestion("the cat sat on the mat because it was tired")
    found = one_head(question)
    assert found and (found.noun, found.left) == ("cat", "most")
    words = question.words
    cut = Cut(found.layer - 1, found.head - 1, words.index("it"), words.index("cat"))
    after = seen(replace(question, cuts=(cut,))).head["answer"]["words"]
    assert next(row["after"] for row in after if row["word"] == "cat") == pytest.approx(
        found.here, abs=1e-6
    )


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_nearest_word_of_a_sum_is_that_of_all_cosines(language: str) -> None:
    run = shipped.load(f"vectors_skip_gram_{language}")
    setting = JOB.read(run.config)
    corpus, vectors = setting.corpus(), model_of(setting, run.saved[-1].state).words()
    unit = F.normalize(vectors, dim=1)
    found = first_sum(language)
    a, b, c = (unit[corpus.index[word]] for word in found.words)
    cosines = F.normalize(a - b + c, dim=0) @ unit.T
    assert corpus.words[int(cosines.argmax())] == found.nearest[0]
    assert float(cosines.max()) == pytest.approx(found.nearest[1], abs=1e-5)


def test_the_first_token_is_the_likeliest() -> None:
    found = first_token("reverse", "1 2 3")
    shares = [share for _, share in found.offered]
    assert found.offered[0][0] == found.said[0] == "3" and shares == sorted(shares, reverse=True)
