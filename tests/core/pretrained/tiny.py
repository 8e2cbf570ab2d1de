"""A tiny encoder with random weights, saved as hubs hold them: a test fetches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.pretrained import shelf

needs_package = pytest.mark.skipif(
    not (shelf.available() and all(map(shelf._packaged, shelf.PACKAGES))),
    reason="the package of an encoder, of requirements-pretrained.txt, is not installed",
)
needs_libraries = pytest.mark.skipif(
    not shelf.available(), reason="requirements-pretrained.txt is not installed"
)
WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] the cat sat on mat be ##cause it was tired 고 ##양 ##이".split()
)


def shelve(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the folder hold all models that there are: those of packages are not looked for."""
    monkeypatch.setenv("FORWARD_PASS_MODELS", str(folder))
    monkeypatch.setattr(shelf, "PACKAGES", {})


def save(
    path: Path,
    words: list[str] = WORDS,
    *,
    layers: int = 3,
    heads: int = 4,
    width: int = 32,
    kind: str = "BertModel",
) -> None:
    """Three layers of four heads, unless told otherwise, with a tokenizer of a few words."""
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    import transformers  # isort: skip

    torch.manual_seed(0)
    sizes = {
        "vocab_size": len(words),
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "max_position_embeddings": 80,
    }
    if kind.startswith("DistilBert"):
        config = transformers.DistilBertConfig(hidden_dim=48, **sizes)
    else:
        config = transformers.BertConfig(intermediate_size=48, **sizes)
    path.mkdir(parents=True)
    getattr(transformers, kind)(config).save_pretrained(path)
    (path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    vocabulary = {word: i for i, word in enumerate(words)}
    transformers.BertTokenizer(vocab=vocabulary, strip_accents=False).save_pretrained(path)
