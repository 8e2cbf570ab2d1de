"""One pair of Word2Vec: skip-gram or CBOW, with the full softmax or negative sampling."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from core.language.embeddings import counts, objectives
from core.language.embeddings.model import Vectors
from core.language.embeddings.setting import VectorsSetting
from core.language.embeddings.steps.step import SYMBOLS, Step
from core.opened import (
    Activation,
    Combination,
    CrossEntropy,
    Dot,
    Given,
    Lookup,
    Outer,
    Rule,
    Rules,
    Softmax,
    Total,
)

SHARED = ("p", "target", "gradient")
"""Arrays with a number for each word that is added up as well."""
LINES = 9
"""Words of a softmax that are told one by one, the likeliest; of the others the sum."""


def word2vec(
    setting: VectorsSetting,
    model: Vectors,
    looked_up: Sequence[int],
    wanted: int,
    rate: float,
    seed: int = 0,
) -> Step:
    """One pair of skip-gram (one word looked up) or one window of CBOW (the mean of several).

    With the full softmax every word is a row of "scores", "p" and "gradient"; with negative
    sampling the word that is wanted is the first and the negatives follow: "ids" has their numbers.

    Args:
        setting: of the run.
        model: its vectors at this state.
        looked_up: the words whose vectors make the hidden vector.
        wanted: the word that is to be found.
        rate: of the update.
        seed: of the negatives.
    """
    inward, outward = model.inward.data, model.outward.data
    size = len(inward)
    x = torch.bincount(torch.tensor(looked_up), minlength=size).float() / len(looked_up)
    target = torch.zeros(1, size)
    target[0, wanted] = 1.0
    drawn = None
    sampled = setting.objective == "negative"
    trace = {"inward": inward, "outward": outward, "x": x}
    if sampled:
        generator = torch.Generator().manual_seed(seed)
        noise = counts.noise(setting.corpus())
        negatives = torch.multinomial(noise, setting.negatives, True, generator=generator)
        drawn = torch.bincount(negatives, minlength=size).float()[None]
        ids = torch.cat((torch.tensor([wanted]), negatives))
        labels = torch.eye(len(ids))[0]
        trace |= {"ids": ids, "target": labels, "drawn": torch.eye(size)[ids]}
    else:
        trace["target"] = target[0]
    result = objectives.word2vec(inward, outward, x[None], target, drawn)
    of_in, of_out = result.gradients
    trace |= {"inward_gradient": of_in, "outward_gradient": of_out}
    trace |= {"inward_after": inward - rate * of_in, "outward_after": outward - rate * of_out}
    trace |= _answers(trace, "") | {"loss": torch.tensor(result.loss)}
    trace["gradient"] = trace["p"] - trace["target"]
    if not sampled:
        trace["others"] = _others(trace["p"], wanted)
        for name in SHARED:
            trace |= {f"{name}_others": trace[name] @ trace["others"]}
            trace |= {f"{name}_sum": trace[name].sum()}
    trace["back"] = trace["gradient"] @ trace["out" if sampled else "outward"]
    if sampled:
        trace["pull"] = trace["gradient"] @ trace["drawn"]
    trace |= _answers(trace, "_after")
    after = (trace["inward_after"], trace["outward_after"])
    trace["after"] = torch.tensor(objectives.word2vec(*after, x[None], target, drawn).loss)
    return Step(_word2vec_rules(sampled, rate), trace)


def _others(p: Tensor, wanted: int) -> Tensor:
    """1 for each word but the likeliest and the one that is wanted."""
    told = p.argsort(descending=True, stable=True)[:LINES]
    if wanted not in told.tolist():
        told[-1] = wanted
    return torch.ones(len(p)).index_fill(0, told, 0.0)


def _answers(trace: dict[str, Tensor], after: str) -> dict[str, Tensor]:
    """From the vectors to the probabilities, before or after the update."""
    hidden = trace["x"] @ trace[f"inward{after}"]
    if "ids" not in trace:
        scores = trace[f"outward{after}"] @ hidden
        return {
            f"hidden{after}": hidden,
            f"scores{after}": scores,
            f"p{after}": scores.softmax(0),
        }
    out = trace[f"outward{after}"][trace["ids"]]
    scores = out @ hidden
    return {
        f"hidden{after}": hidden,
        f"out{after}": out,
        f"scores{after}": scores,
        f"p{after}": scores.sigmoid(),
    }


def _word2vec_rules(sampled: bool, rate: float) -> Rules:
    made: list[Rule] = [
        Given("inward", "weight"),
        Given("outward", "weight"),
        Given("x", "one hot"),
        Given("target", "target"),
    ]
    for after in ("", "_after"):
        made.append(Dot(f"hidden{after}", "w, w d -> d", "x", f"inward{after}"))
        rows = f"outward{after}"
        if sampled:
            rows = f"out{after}"
            made.append(Lookup(rows, f"outward{after}", "ids"))
        made.append(Dot(f"scores{after}", "d, r d -> r", f"hidden{after}", rows))
        p, scores = f"p{after}", f"scores{after}"
        made.append(Activation(p, scores, "sigmoid") if sampled else Softmax(p, scores))
        made.append(CrossEntropy("after" if after else "loss", p, "target", binary=sampled))
    made.append(Combination("gradient", ("p", "target"), (1.0, -1.0)))
    made.append(Dot("back", "r, r d -> d", "gradient", "out" if sampled else "outward"))
    if not sampled:
        made.append(Given("others", "others"))
        made += [Dot(f"{name}_others", "r, r ->", name, "others") for name in SHARED]
        made += [Total(f"{name}_sum", name) for name in SHARED]
    if sampled:
        made.append(Dot("pull", "r, r w -> w", "gradient", "drawn"))
    made.append(Outer("inward_gradient", "x", "back"))
    made.append(Outer("outward_gradient", "pull" if sampled else "gradient", "hidden"))
    made += [
        Combination(f"{name}_after", (name, f"{name}_gradient"), (1.0, -rate))
        for name in ("inward", "outward")
    ]
    return Rules(*made, symbols=SYMBOLS)
