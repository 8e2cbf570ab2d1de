"""A tiny encoder with random weights, saved as hubs hold them: a test fetches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from core.attention import pretrained

needs_libraries = pytest.mark.skipif(
    not pretrained.available(), reason="requirements-pretrained.txt is not installed"
)
WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] the cat sat on mat be ##cause it was tired 고 ##양 ##이".split()
)


def save(path: Path, words: list[str] = WORDS) -> None:
    """Three layers of four heads, with a tokenizer of a few words."""
    from core.torchvision_pair import torchvision  # noqa: F401  (transformers imports it)

    import transformers  # isort: skip

    torch.manual_seed(0)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=80,
    )
    path.mkdir(parents=True)
    transformers.BertModel(config).save_pretrained(path)
    (path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    vocabulary = {word: i for i, word in enumerate(words)}
    transformers.BertTokenizer(vocab=vocabulary, strip_accents=False).save_pretrained(path)
