"""What a pretrained encoder of the BERT family attends to: its maps for a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from core.attention.blocks import split
from core.attention.encoder import named_heads
from core.attention.packed import pack
from core.attention.trained.sentences.reading import MAX_CHARACTERS
from core.attention.views import lengths, rollout
from core.pretrained import shelf
from core.pretrained.shelf import Pretrained, PretrainedError
from core.schema import REQUIRED, Record, Refusal, choice, mark, text

MAX_PIECES = 64
MAPS = ("weights", "norms")
PIECES = mark("A sentence may have {most} pieces; for this model it has {count}.")


@dataclass(frozen=True)
class EncoderQuestion(Record):
    """What a pretrained encoder is asked.

    Attributes:
        name: of the model.
        sentence: in any language that its tokenizer knows.
        maps: "weights", or "norms" for weights times value norms.

    Raises:
        Refusal: it says what is wrong.
    """

    name: str = text(REQUIRED, 200, label=mark("name of a model"))
    sentence: str = text(REQUIRED, MAX_CHARACTERS, lines=True)
    maps: str = choice(MAPS)

    def check_together(self) -> None:
        """Refuse what is no name of a model, and an empty sentence."""
        shelf.folder(self.name)
        if not self.sentence.strip():
            raise Refusal(mark("Write a sentence."))


def answer(question: EncoderQuestion) -> bytes:
    """Wordpieces and maps, as `core.attention.packed` writes them. Slow: call it in a thread.

    Raises:
        PretrainedError: the model cannot be used, or the sentence has too many pieces.
    """
    encoder = shelf.load(question.name)
    head, maps = reply(encoder, question)
    return pack(head, maps)


@torch.inference_mode()
def reply(
    encoder: Pretrained, question: EncoderQuestion
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The head of an answer, and the maps: before (L, H, T, T) and rollout (L, T, T)."""
    text = question.sentence.encode("utf-8", "ignore").decode()  # no half of a surrogate pair
    found = encoder.tokenizer(text, return_tensors="pt", return_special_tokens_mask=True)
    special = found.pop("special_tokens_mask")[0].bool().tolist()
    shelf.refuse_unknown(encoder, found["input_ids"][0].tolist(), special)
    pieces = encoder.tokenizer.convert_ids_to_tokens(found["input_ids"][0])
    if len(pieces) > MAX_PIECES:
        raise PretrainedError(PIECES, most=MAX_PIECES, count=len(pieces))
    out = encoder.model(**found, output_attentions=True, output_hidden_states=True)
    weights = torch.stack(out.attentions, 1)[0]  # (L, H, T, T)
    shown = weights if question.maps == "weights" else weights * _value_norms(encoder, out)
    layers, heads = shape(encoder)
    head = {
        "words": [
            {"text": piece, "part": "special" if hidden else "piece"}
            for piece, hidden in zip(pieces, special, strict=True)
        ],
        "model": encoder.name,
        "layers": layers,
        "heads": heads,
        "named": [vars(head) for head in named(encoder)],
    }
    return head, {"before": shown, "rollout": rollout(weights)}


def _value_norms(encoder: Pretrained, out: Any) -> Tensor:
    """(L, H, 1, T) length of what each piece carries in each head (Kobayashi et al. 2020)."""
    _, heads = shape(encoder)
    norms = []
    for (to_value, merge), hidden in zip(
        _projections(encoder), out.hidden_states[:-1], strict=True
    ):
        value = split(to_value(hidden)[0], heads)  # (H, T, E)
        norms.append(lengths(value, merge.weight))
    return torch.stack(norms)[:, :, None]


def _projections(encoder: Pretrained) -> list[tuple[Any, Any]]:
    """Of each layer, what makes the values, and what merges the heads."""
    if encoder.config["model_type"] == "distilbert":
        layers = encoder.model.transformer.layer
        return [(layer.attention.v_lin, layer.attention.out_lin) for layer in layers]
    layers = encoder.model.encoder.layer
    return [(layer.attention.self.value, layer.attention.output.dense) for layer in layers]


def shape(encoder: Pretrained) -> tuple[int, int]:
    """Layers and heads."""
    return encoder.model.config.num_hidden_layers, encoder.model.config.num_attention_heads


def named(encoder: Pretrained) -> tuple[named_heads.NamedHead, ...]:
    """Heads that the literature names, if this is the model that they are heads of."""
    fits = all(encoder.config.get(key) == value for key, value in named_heads.SHAPE.items())
    return named_heads.HEADS if fits else ()
