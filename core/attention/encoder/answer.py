"""What a pretrained encoder of the BERT family attends to: its maps for a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import torch
from torch import Tensor

from core.attention.blocks import split
from core.attention.encoder import named_heads
from core.attention.packed import pack
from core.attention.pretrained import layers, opened
from core.attention.trained.sentences.reading import MAX_CHARACTERS
from core.attention.views import lengths, rollout
from core.opened import Cell
from core.opened.linked import NUMBER_FIELD
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


@dataclass(frozen=True)
class NumberQuestion(EncoderQuestion):
    """Which number of the encoder's layers is to be opened; which maps are on show is no matter.

    Attributes:
        number: such as "layer_0_attention_weights" at head, row and column.
    """

    number: Cell | None = NUMBER_FIELD


def answer(question: EncoderQuestion) -> bytes:
    """Wordpieces and maps, as `core.attention.packed` writes them. Slow: call it in a thread.

    Raises:
        PretrainedError: the model cannot be used, or the sentence has too many pieces.
    """
    encoder = shelf.load(question.name)
    head, maps = reply(encoder, question)
    return pack(head, maps)


def number(question: NumberQuestion) -> bytes:
    """A number as JSON: "opened" (core/opened/wire.py) and "labels", the pieces. Slow as well.

    Raises:
        Refusal: there is no such number.
    """
    encoder = shelf.load(question.name)
    with torch.inference_mode():
        pieces, _, out = _read(encoder, question.sentence)
        found = opened(encoder, out.hidden_states, question.number)
    return orjson.dumps({"labels": pieces, "opened": found})


@torch.inference_mode()
def reply(
    encoder: Pretrained, question: EncoderQuestion
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The head of an answer, and the maps: before (L, H, T, T) and rollout (L, T, T)."""
    pieces, special, out = _read(encoder, question.sentence)
    weights = torch.stack(out.attentions, 1)[0]  # (L, H, T, T)
    shown = weights if question.maps == "weights" else weights * _value_norms(encoder, out)
    count, heads = shape(encoder)
    head = {
        "words": [
            {"text": piece, "part": "special" if hidden else "piece"}
            for piece, hidden in zip(pieces, special, strict=True)
        ],
        "model": encoder.name,
        "layers": count,
        "heads": heads,
        "named": [vars(head) for head in named(encoder)],
    }
    return head, {"before": shown, "rollout": rollout(weights)}


def _read(encoder: Pretrained, sentence: str) -> tuple[list[str], list[bool], Any]:
    """The pieces of a sentence, which of them the model adds itself, and the forward pass."""
    text = sentence.encode("utf-8", "ignore").decode()  # no half of a surrogate pair
    encoding = encoder.tokenizer(text, return_tensors="pt", return_special_tokens_mask=True)
    special = encoding.pop("special_tokens_mask")[0].bool().tolist()
    shelf.refuse_unknown(encoder, encoding["input_ids"][0].tolist(), special)
    pieces = encoder.tokenizer.convert_ids_to_tokens(encoding["input_ids"][0])
    if len(pieces) > MAX_PIECES:
        raise PretrainedError(PIECES, most=MAX_PIECES, count=len(pieces))
    out = encoder.model(**encoding, output_attentions=True, output_hidden_states=True)
    return pieces, special, out


def _value_norms(encoder: Pretrained, out: Any) -> Tensor:
    """(L, H, 1, T) length of what each piece carries in each head (Kobayashi et al. 2020)."""
    norms = []
    for layer, hidden in zip(layers(encoder).values(), out.hidden_states, strict=False):
        attention = layer.attention
        value = split(attention.value(hidden)[0], attention.heads)  # (H, T, E)
        norms.append(lengths(value, attention.output.weight))
    return torch.stack(norms)[:, :, None]


def shape(encoder: Pretrained) -> tuple[int, int]:
    """Layers and heads."""
    return encoder.model.config.num_hidden_layers, encoder.model.config.num_attention_heads


def named(encoder: Pretrained) -> tuple[named_heads.NamedHead, ...]:
    """Heads that the literature names, if this is the model that they are heads of."""
    fits = all(encoder.config.get(key) == value for key, value in named_heads.SHAPE.items())
    return named_heads.HEADS if fits else ()
