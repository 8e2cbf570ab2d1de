"""The shipped networks: encoder and twin of each language, and what fine-tuning made of them."""

from __future__ import annotations

import functools
from typing import Any

from torch import Tensor

from core import weights
from core.language.bert.model import Bert
from core.language.bert.setting import Start
from core.language.bert.topics import Language


@functools.cache
def network(language: Language, left: bool = False) -> Bert:
    """The shipped encoder, or its twin that reads to the left.

    Raises:
        WeightsError: its weights are missing or damaged; the next call looks again.
    """
    model, _ = weights.load(name(language, left))
    assert isinstance(model, Bert)
    return model


@functools.cache
def tuned(language: Language, task: str, start: Start) -> Bert:
    """A network fine-tuned for "sentiment" or "answer".

    Raises:
        WeightsError: as for `network`.
    """
    state: dict[str, Tensor] = {}
    for file, prefix in tuned_files(language, task, start):
        tensors, about = weights.tensors(file)
        own = {key: tensor for key, tensor in tensors.items() if key.startswith(prefix)}
        state |= {key.removeprefix(prefix): tensor for key, tensor in own.items()}
    model = Bert(**about["shape"])
    model.load_state_dict(state)
    return model.eval().requires_grad_(False)


def tuned_files(language: Language, task: str, start: Start) -> tuple[tuple[str, str], ...]:
    """Files that hold the weights of a fine-tuned network, and what begins their keys in each.

    Of a frozen network only the classifier is its own.
    """
    base = ((name(language, False), ""),) if start == "frozen" else ()
    return (*base, (f"bert_{task}_{language}", f"{start}."))


def card(called: str) -> dict[str, Any]:
    """The card of shipped weights, such as "bert_en", "bert_left_en" or "bert_sentiment_en".

    Raises:
        WeightsError: as for `network`.
    """
    return weights.tensors(called)[1]


def name(language: Language, left: bool) -> str:
    """What the weights of the encoder or its twin are called."""
    return f"bert_left_{language}" if left else f"bert_{language}"
