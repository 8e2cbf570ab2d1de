"""Top-k and top-p, held equal to those of `transformers`, wherever tokens are drawn."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from core import sampling
from core.address import find
from core.language.transformer import answer, decode, decoding
from core.language.transformer.networks import network
from core.language.transformer.question import BlockCell, DecodingQuestion
from core.recurrent.text import opened, writing
from core.training import shipped
from core.training.jobs import JOBS
from tests.core.opened.test_opened import printed
from tests.core.pretrained.tiny import needs_libraries

CUTS = [(0, 1.0), (1, 1.0), (5, 1.0), (0, 0.05), (0, 0.6), (0, 0.95), (7, 0.5), (100, 0.9)]


def _scores(seed: int, width: float) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(20, 40, generator=generator, dtype=torch.float64) * width


@needs_libraries
@pytest.mark.parametrize(("top_k", "top_p"), CUTS)
@pytest.mark.parametrize("width", [0.1, 1.0, 6.0])
def test_what_may_be_drawn_is_what_the_reference_leaves(
    top_k: int, top_p: float, width: float
) -> None:
    from transformers import TopKLogitsWarper, TopPLogitsWarper

    scores = _scores(1, width)
    left = TopKLogitsWarper(top_k)(None, scores) if top_k else scores
    left = TopPLogitsWarper(top_p)(None, left) if top_p < 1 else left
    probabilities = scores.softmax(-1)
    kept = sampling.kept(probabilities, top_k, top_p)
    assert torch.equal(kept, left.isfinite())
    assert torch.allclose(sampling.shares(probabilities, kept), left.softmax(-1), atol=1e-12)


def test_what_is_as_likely_as_the_last_of_k_stays_and_one_stays_always() -> None:
    assert sampling.kept(torch.tensor([0.4, 0.3, 0.3]), top_k=2).all()
    alike = torch.full((50,), 0.02)
    assert sampling.kept(alike, top_p=0.05).sum() == 3
    sure = torch.tensor([1.0, 0.0, 0.0])
    assert sampling.kept(sure, top_p=sampling.LEAST).tolist() == [True, False, False]


def _text(**how: str) -> dict[str, Any]:
    run = shipped.load("text_en")
    job = find(JOBS[run.job])
    return writing.sample(job.read(run.config), run.saved[-1].state, how)


def test_a_text_without_a_cut_is_the_one_that_it_was() -> None:
    plain, off = _text(temperature="0.8"), _text(temperature="0.8", top_k="0", top_p="1")
    assert plain == off and not plain["cuts"]
    assert all(p == share for place in plain["candidates"] for _, p, share in place)


def test_no_letter_is_written_that_was_cut_and_what_is_left_adds_up_to_one() -> None:
    found = _text(temperature="1.5", top_k="3")
    assert found["cuts"] and found["letters"] != _text(temperature="1.5")["letters"]
    for place, drawn in zip(found["candidates"], found["numbers"], strict=True):
        left = {number: share for number, _, share in place if share}
        assert drawn in left and len(left) == 3
        assert sum(left.values()) == pytest.approx(1, abs=1e-6)


def test_a_share_of_a_letter_opens_down_to_its_score() -> None:
    run = shipped.load("text_en")
    setting = find(JOBS[run.job]).read(run.config)
    how = {"temperature": "1.5", "top_p": "0.5"}
    drawn = writing.sample(setting, run.saved[-1].state, how)
    at = drawn["numbers"][4]
    reply = opened.number(setting, run.saved[-1].state, how | {"number": f"shares.5.{at + 1}"})
    assert reply["opened"]["value"] == pytest.approx(drawn["shares"][4], abs=1e-6)
    assert printed(reply["program"]) == [pytest.approx(drawn["shares"][4], abs=1e-6)]
    assert reply["opened"]["kind"] == "share"


def _asked(**raw: Any) -> DecodingQuestion:
    return DecodingQuestion.read(
        {"task": "en-ko", "text": "the cat sees the dog", "mode": "sample", "temperature": 5.0}
        | raw
    )


def test_a_translation_without_a_cut_is_the_one_that_it_was() -> None:
    model = network("en-ko").model
    plain, off = (answer.reply(model, _asked(**raw)) for raw in ({}, {"top_k": 0, "top_p": 1.0}))
    assert plain["steps"] == off["steps"]
    assert not any(one["cut"] for step in plain["steps"] for one in step["top"])


@pytest.mark.parametrize("cut", [{"top_k": 2}, {"top_p": 0.3}, {"top_k": 4, "top_p": 0.8}])
def test_no_token_is_said_that_was_cut(cut: dict[str, Any]) -> None:
    model = network("en-ko").model
    for seed in range(3):
        for step in answer.reply(model, _asked(seed=seed, **cut))["steps"]:
            left = {one["token"]: one["p"] for one in step["top"] if not one["cut"]}
            assert step["p"] > 0 and (step["token"] in left or len(left) == answer.TOP)
            if "top_k" in cut:
                assert len(left) <= cut["top_k"]
                assert sum(left.values()) == pytest.approx(1, abs=1e-5)


def test_a_token_that_is_given_may_be_one_that_was_cut() -> None:
    model = network("en-ko").model
    found = answer.reply(model, _asked(top_k=1, prefix=["개"]))
    assert found["steps"][0]["forced"] and found["steps"][0]["p"] == 0


def test_a_share_of_a_token_opens() -> None:
    model = network("en-ko").model
    question = _asked(top_p=0.5, block="softmax", cell={"matrix": "shares", "row": 0, "column": 0})
    seen = decode.decode(model, question)
    token = seen.line.ids[1]
    question = _asked(top_p=0.5, block="softmax", cell=BlockCell("shares", 0, token))
    reply = answer.reply(model, question)
    names = [matrix["name"] for matrix in reply["block"]["matrices"]]
    assert names == ["logits", "probabilities", "chances", "kept", "remaining", "shares"]
    assert reply["block"]["opened"]["value"] == pytest.approx(reply["steps"][0]["p"], abs=1e-6)
    assert reply["block"]["opened"]["total"] == pytest.approx(reply["steps"][0]["p"], abs=1e-6)


def test_a_cut_moves_no_seed() -> None:
    """What is drawn comes from one generator, whether tokens are cut or not."""
    model = network("copy").model
    encoded = model.encode(torch.tensor([[3, 4, 2]]))
    lines = [
        decoding.line(model, encoded, how=decoding.Drawing(2.0, *cut, seed=4)).ids
        for cut in ((0, 1.0), (sampling.MOST, 1.0))
    ]
    assert lines[0] == lines[1]
