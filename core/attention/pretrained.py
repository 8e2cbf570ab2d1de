"""A pretrained encoder of the BERT family, if `requirements-pretrained.txt` is installed.

A model is a folder of its own below `FORWARD_PASS_MODELS` (without it: data/models), in the layout
that `transformers` writes: config.json, tokenizer files, *.safetensors. Nothing is unpickled and no
code of a model is run. Attention is computed "eagerly": the fused kernels never form the weights.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import json
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from core.attention import named_heads
from core.attention.packed import pack
from core.attention.sentence import MAX_CHARACTERS
from core.attention.views import rollout

FAMILY = ("bert", "roberta", "xlm-roberta", "camembert", "electra")
MAX_PIECES = 64
MAPS = ("weights", "norms")
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?", re.ASCII)
"""A name as hubs write it: MODEL or OWNER/MODEL."""

_PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}
_INSTALL = "pip install -r requirements-pretrained.txt"
_LOCK = threading.Lock()  # one model in memory, loaded once


class PretrainedError(ValueError):
    """A model cannot be used; the message says why, in a sentence."""


def available() -> bool:
    """Whether the libraries are installed."""
    return importlib.util.find_spec("transformers") is not None


def home() -> Path:
    """The folder that holds the folders of models."""
    return Path(os.environ.get("FORWARD_PASS_MODELS") or "data/models")


def folder(name: object) -> Path:
    """Where a model of that name lies or would lie; "/" becomes "--".

    Raises:
        PretrainedError: it is no name of a model.
    """
    if not isinstance(name, str) or not NAME.fullmatch(name) or ".." in name:
        raise PretrainedError("A model has a name such as bert-base-uncased or owner/model.")
    return home() / name.replace("/", "--")


def shelf() -> list[str]:
    """Names of the models that lie ready, in alphabetical order."""
    if not home().is_dir():
        return []
    found = (path.name.replace("--", "/") for path in home().iterdir() if _config(path))
    return sorted(name for name in found if NAME.fullmatch(name))


def check(path: Path) -> dict[str, Any]:
    """The configuration of a folder that holds a model that can be used.

    Raises:
        PretrainedError: it does not; the sentence says what is missing or wrong.
    """
    name = path.name.replace("--", "/")
    if not path.is_dir():
        raise PretrainedError(f"There is no model {name} here yet.")
    config = _config(path)
    if config is None:
        raise PretrainedError(f"{name} is no model: it has no config.json that can be read.")
    refuse_pickles(name, [file.name for file in path.iterdir()])
    kind = config.get("model_type")
    if kind not in FAMILY:
        raise PretrainedError(
            f"{name} is of the kind {kind}; what can be read here is {', '.join(FAMILY)}."
        )
    return config


def refuse_pickles(name: str, files: list[str]) -> None:
    """Raise PretrainedError unless there are weights as safetensors among the files."""
    if any(file.endswith(".safetensors") for file in files):
        return
    if any(Path(file).suffix in _PICKLES for file in files):
        raise PretrainedError(
            f"The weights of {name} are a pickle, and opening a pickle can run any program that "
            "somebody hid in it. Take a version with safetensors."
        )
    raise PretrainedError(f"{name} has no weights: there is no .safetensors file.")


@dataclass(frozen=True)
class Encoder:
    """A pretrained encoder, its tokenizer and its configuration."""

    name: str
    model: Any
    tokenizer: Any
    config: dict[str, Any]

    @property
    def shape(self) -> tuple[int, int]:
        """Layers and heads."""
        return self.model.config.num_hidden_layers, self.model.config.num_attention_heads

    @property
    def named(self) -> tuple[named_heads.NamedHead, ...]:
        """Heads that the literature names, if this is the model that they are heads of."""
        fits = all(self.config.get(key) == value for key, value in named_heads.SHAPE.items())
        return named_heads.HEADS if fits else ()


def load(name: object) -> Encoder:
    """The model of that name; the one that was asked last stays in memory.

    Raises:
        PretrainedError: there is none, it cannot be used, or the libraries are not installed.
    """
    path = folder(name)
    check(path)
    with _LOCK:
        return _loaded(str(name), path, _stamp(path))


@dataclass(frozen=True)
class Question:
    """What a pretrained encoder is asked.

    Attributes:
        name: of the model.
        sentence: in any language that its tokenizer knows.
        maps: "weights", or "norms" for weights times value norms.
    """

    name: str
    sentence: str
    maps: str = "weights"

    @classmethod
    def of(cls, raw: object) -> Question:
        """Validate what came in as JSON.

        Raises:
            ValueError: with a sentence.
        """
        if not isinstance(raw, dict) or not {"name", "sentence"} <= set(raw) <= {
            "name",
            "sentence",
            "maps",
        }:
            raise ValueError("A question has the name of a model, a sentence and maps.")
        folder(raw["name"])
        text, maps = raw["sentence"], raw.get("maps", "weights")
        if not isinstance(text, str) or not text.strip():
            raise ValueError("Write a sentence.")
        if len(text) > MAX_CHARACTERS:
            raise ValueError(f"A sentence has at most {MAX_CHARACTERS:,} characters.")
        if maps not in MAPS:
            raise ValueError(f"The maps are {' or '.join(MAPS)}.")
        return cls(raw["name"], text.encode("utf-8", "ignore").decode(), maps)


def answer(question: Question) -> bytes:
    """Wordpieces and maps, as `core.attention.packed` writes them. Slow: call it in a thread.

    Raises:
        PretrainedError: the model cannot be used, or the sentence has too many pieces.
    """
    encoder = load(question.name)
    head, maps = reply(encoder, question)
    return pack(head, maps)


@torch.inference_mode()
def reply(encoder: Encoder, question: Question) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The head of an answer, and the maps: before (L, H, T, T) and rollout (L, T, T)."""
    found = encoder.tokenizer(
        question.sentence, return_tensors="pt", return_special_tokens_mask=True
    )
    special = found.pop("special_tokens_mask")[0].bool().tolist()
    pieces = encoder.tokenizer.convert_ids_to_tokens(found["input_ids"][0])
    if len(pieces) > MAX_PIECES:
        raise PretrainedError(
            f"A sentence may have {MAX_PIECES} pieces; for this model it has {len(pieces)}."
        )
    out = encoder.model(**found, output_attentions=True, output_hidden_states=True)
    weights = torch.stack(out.attentions, 1)[0]  # (L, H, T, T)
    shown = weights if question.maps == "weights" else weights * _value_norms(encoder, out)
    layers, heads = encoder.shape
    head = {
        "words": [
            {"text": piece, "part": "special" if hidden else "piece"}
            for piece, hidden in zip(pieces, special, strict=True)
        ],
        "model": encoder.name,
        "layers": layers,
        "heads": heads,
        "named": [vars(named) for named in encoder.named],
    }
    return head, {"before": shown, "rollout": rollout(weights)}


def _value_norms(encoder: Encoder, out: Any) -> Tensor:
    """(L, H, 1, T) length of what each piece carries in each head (Kobayashi et al. 2020)."""
    heads = encoder.shape[1]
    norms = []
    for layer, hidden in zip(encoder.model.encoder.layer, out.hidden_states[:-1], strict=True):
        value = layer.attention.self.value(hidden)[0]  # (T, D)
        value = value.view(len(value), heads, -1).transpose(0, 1)  # (H, T, E)
        output = layer.attention.output.dense.weight  # (D, D)
        output = output.view(len(output), heads, -1)
        norms.append(torch.einsum("hte,dhe->htd", value, output).norm(dim=-1))
    return torch.stack(norms)[:, :, None]


@functools.lru_cache(1)
def _loaded(name: str, path: Path, stamp: tuple[float, ...]) -> Encoder:
    if not available():
        raise PretrainedError(f"Pretrained encoders need more libraries: {_INSTALL}.")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    offline: Mapping[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(path, **offline)
        model = transformers.AutoModel.from_pretrained(
            path, **offline, attn_implementation="eager", use_safetensors=True, dtype=torch.float32
        )
    except Exception as error:  # whatever a damaged or foreign folder makes the library say
        said = str(error).strip().split("\n")[0][:160]
        raise PretrainedError(f"{name} cannot be loaded: {said}") from error
    return Encoder(name, model.eval().requires_grad_(False), tokenizer, check(path))


def _stamp(path: Path) -> tuple[float, ...]:
    """Changes when a file of the folder does, so that a new model is not taken for the old one."""
    return tuple(sorted(file.stat().st_mtime for file in path.iterdir() if file.is_file()))


def _config(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
