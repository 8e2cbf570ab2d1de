"""Pretrained models of the BERT family on this machine; needs `requirements-pretrained.txt`.

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

from core.schema import Refusal, mark

FAMILY = ("bert", "roberta", "xlm-roberta", "camembert", "electra")
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?", re.ASCII)
"""A name as hubs write it: MODEL or OWNER/MODEL."""

_PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}
_INSTALL = "pip install -r requirements-pretrained.txt"
_LOCK = threading.Lock()  # one model in memory, loaded once


class PretrainedError(Refusal):
    """A model cannot be used."""


NO_NAME = mark("A model has a name such as bert-base-uncased or owner/model.")
NOT_HERE = mark("There is no model {name} here yet.")
NO_CONFIG = mark("{name} is no model: it has no config.json that can be read.")
OTHER_KIND = mark("{name} is of the kind {kind}; what can be read here is {kinds}.")
PICKLE = mark(
    "The weights of {name} are a pickle, and opening a pickle can run any program that somebody "
    "hid in it. Take a version with safetensors."
)
NO_WEIGHTS = mark("{name} has no weights: there is no .safetensors file.")
LIBRARIES = mark("Pretrained models need more libraries: {command}.")
CANNOT_LOAD = mark("{name} cannot be loaded: {why}")


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
        raise PretrainedError(NO_NAME)
    return home() / name.replace("/", "--")


def ready() -> list[str]:
    """Names of the models on this machine, in alphabetical order."""
    if not home().is_dir():
        return []
    names = (path.name.replace("--", "/") for path in home().iterdir() if _config(path))
    return sorted(name for name in names if NAME.fullmatch(name))


def check(path: Path) -> dict[str, Any]:
    """The configuration of a folder that holds a model that can be used.

    Raises:
        PretrainedError: it does not; the sentence says what is missing or wrong.
    """
    name = path.name.replace("--", "/")
    if not path.is_dir():
        raise PretrainedError(NOT_HERE, name=name)
    config = _config(path)
    if config is None:
        raise PretrainedError(NO_CONFIG, name=name)
    refuse_pickles(name, [file.name for file in path.iterdir()])
    kind = config.get("model_type")
    if kind not in FAMILY:
        raise PretrainedError(OTHER_KIND, name=name, kind=str(kind), kinds=tuple(FAMILY))
    return config


def refuse_pickles(name: str, files: list[str]) -> None:
    """Raise PretrainedError unless there are weights as safetensors among the files."""
    if any(file.endswith(".safetensors") for file in files):
        return
    if any(Path(file).suffix in _PICKLES for file in files):
        raise PretrainedError(PICKLE, name=name)
    raise PretrainedError(NO_WEIGHTS, name=name)


@dataclass(frozen=True, eq=False)
class Pretrained:
    """A model, its tokenizer and its configuration.

    Attributes:
        missing: weights that the folder does not hold; they are random.
    """

    name: str
    model: Any
    tokenizer: Any
    config: dict[str, Any]
    missing: frozenset[str]


def load(name: object, kind: str = "AutoModel") -> Pretrained:
    """The model of that name; the one that was asked last stays in memory.

    Args:
        name: as `folder` reads it.
        kind: the class of `transformers` that reads it: "AutoModel" for a bare encoder,
            "AutoModelForMaskedLM" for one that guesses hidden words, "AutoModelForPreTraining" for
            both games of BERT.

    Raises:
        PretrainedError: there is none, it cannot be used, or the libraries are not installed.
    """
    path = folder(name)
    check(path)
    with _LOCK:
        return _loaded(str(name), kind, path, _stamp(path))


@functools.lru_cache(1)
def _loaded(name: str, kind: str, path: Path, stamp: tuple[float, ...]) -> Pretrained:
    if not available():
        raise PretrainedError(LIBRARIES, command=_INSTALL)
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    offline: Mapping[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(path, **offline)
        model, report = getattr(transformers, kind).from_pretrained(
            path,
            **offline,
            attn_implementation="eager",
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except Exception as error:  # whatever a damaged or foreign folder makes the library say
        reason = str(error).strip().split("\n")[0][:160]
        raise PretrainedError(CANNOT_LOAD, name=name, why=reason) from error
    missing = frozenset(report["missing_keys"])
    return Pretrained(name, model.eval().requires_grad_(False), tokenizer, check(path), missing)


def _stamp(path: Path) -> tuple[float, ...]:
    """Changes when a file of the folder does, so that a new model is not taken for the old one."""
    return tuple(sorted(file.stat().st_mtime for file in path.iterdir() if file.is_file()))


def _config(path: Path) -> dict[str, Any] | None:
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return config if isinstance(config, dict) else None
