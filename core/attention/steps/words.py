"""Words as rows of eight numbers: set by hand for a small lexicon, otherwise drawn from a seed.

Every number that is drawn is rounded to two places, so that what is read on the page is the number
that is computed with.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

import torch
from torch import Tensor

from core.attention.positions import waves

WIDTH = 8
"""Numbers in an embedding, the model's d."""

FEATURES = ("noun", "living", "thing", "pronoun", "verb", "quality", "article", "joins")
"""What each of the eight numbers of a hand-set embedding says of its word."""

QUESTIONS = ("noun", "living", "like", "which", "who", "joined", "so", "does")
"""What each column of the hand-set queries asks for, and of the hand-set keys offers:
a noun? a living one? what is it like? which one? who does it? what is joined? who is so?
what does it do?"""

PAD = "[pad]"

EXAMPLES = {
    "en": "the cat sat on the mat because it was tired",
    "ko": "고양이가 매트 위에 앉았다 왜냐하면 그것은 피곤했기 때문이다",
}
CONTEXTS = {"en": "the cat sat on the mat", "ko": "고양이가 매트 위에 앉았다"}
"""What a cross-attention reads, until another text is typed."""
EXAMPLE_PAIRS = {"en": ("it", "cat"), "ko": ("그것은", "고양이가")}
"""The word that the teacher asks about, and the answer of the class."""

_GROUPS: dict[tuple[str, ...], str] = {
    ("noun", "living"): (
        "cat dog bird fox mouse horse child boy girl teacher student robot "
        "고양이가 고양이는 고양이 개가 개는 강아지가 새가 여우가 아이가 아이는 선생님이 학생이"
    ),
    ("noun", "thing"): (
        "mat rug table chair bed box ball book sofa "
        "매트 매트가 책상 의자 침대 상자 공 책 소파 매트는 상자가 공이 책이"
    ),
    ("pronoun",): "it she he they who 그것은 그것이 그는 그녀는 그가 그녀가 누가",
    (
        "verb",
    ): "sat ran slept stood jumped ate saw lay 앉았다 앉았는데 뛰었다 잤다 섰다 먹었다 누웠다",
    ("verb", "joins"): "was is were are",
    ("quality",): (
        "tired soft dirty hungry sleepy old warm happy "
        "피곤했기 부드러웠기 더러웠기 배고팠기 졸렸기 따뜻했기 피곤했다 부드러웠다 더러웠다"
    ),
    ("article",): "the a an this that 그 이 저",
    (
        "joins",
    ): "on under in near because and so while 위에 아래에 옆에 안에 왜냐하면 그리고 때문이다",
}
_LEXICON = {word: group for group, words in _GROUPS.items() for word in words.split()}

# (feature, question): how strongly a word of this kind asks, and how well it answers.
_ASKS = {
    ("pronoun", "noun"): 3.0,
    ("pronoun", "living"): 1.5,
    ("noun", "like"): 2.0,
    ("article", "which"): 2.0,
    ("verb", "who"): 3.0,
    ("joins", "joined"): 2.0,
    ("quality", "so"): 3.0,
    ("living", "does"): 2.0,
}
_OFFERS = {
    ("noun", "noun"): 2.0,
    ("living", "living"): 2.0,
    ("thing", "living"): -2.0,
    ("quality", "like"): 2.0,
    ("noun", "which"): 2.0,
    ("living", "who"): 2.0,
    ("verb", "joined"): 1.0,
    ("thing", "joined"): 2.0,
    ("pronoun", "so"): 2.0,
    ("noun", "so"): 0.5,
    ("verb", "does"): 2.0,
}
_CARRIED = ("living", "thing", "verb", "quality")
"""Features that a value carries home: what a word means, not what part of speech it is."""


def is_set_by_hand(word: str) -> bool:
    """Whether the lexicon holds a hand-set embedding of this word.

    >>> is_set_by_hand("Cat,"), is_set_by_hand("catamaran")
    (True, False)
    """
    return _plain(word) in _LEXICON or word == PAD


def embeddings(words: Sequence[str], *, by_hand: bool, seed: int) -> Tensor:
    """One row for each word: float32 (T, 8).

    The same word gets the same row wherever it stands. By hand, a word of the lexicon has a one for
    each of its features; any other word, and every word where nothing is set by hand, gets normal
    numbers that hang on the word and on the seed alone. Padding is a row of zeros.
    """
    rows = [_row(word, by_hand, seed) for word in words]
    return torch.stack(rows) if rows else torch.zeros(0, WIDTH)


def projections(*, by_hand: bool, seed: int) -> dict[str, Tensor]:
    """W_q, W_k, W_v and W_o, each float32 (8, 8), to be multiplied from the right.

    Random ones are normal with standard deviation 1/sqrt(8), so that queries are about as large as
    embeddings.
    """
    if by_hand:
        carried = torch.diag(torch.tensor([float(name in _CARRIED) for name in FEATURES]))
        return {"Wq": _table(_ASKS), "Wk": _table(_OFFERS), "Wv": carried, "Wo": torch.eye(WIDTH)}
    source = torch.Generator().manual_seed(seed)
    return {
        name: _rounded(torch.randn(WIDTH, WIDTH, generator=source) / WIDTH**0.5)
        for name in ("Wq", "Wk", "Wv", "Wo")
    }


def positions(count: int) -> Tensor:
    """Sinusoidal positional encoding, float32 (T, 8) (Vaswani et al. 2017, section 3.5).

    Even columns are sines, odd ones cosines, of position / 10000^(2i/8), with i = column // 2.
    """
    # The quotient as the page writes it; `core.attention.positions` differs in the last digit.
    position = torch.arange(count, dtype=torch.float32)[:, None]  # (T, 1)
    pair = torch.arange(0, WIDTH, 2, dtype=torch.float32)  # (4,)
    angle = position / 10_000 ** (pair / WIDTH)  # (T, 4)
    return waves(angle)  # (T, 8)


def _row(word: str, by_hand: bool, seed: int) -> Tensor:
    if word == PAD:
        return torch.zeros(WIDTH)
    if by_hand and (group := _LEXICON.get(_plain(word))):
        return torch.tensor([float(feature in group) for feature in FEATURES])
    digest = hashlib.sha256(f"{seed} {unicodedata.normalize('NFC', word)}".encode()).digest()
    source = torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))
    return _rounded(torch.randn(WIDTH, generator=source))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).strip(".,;:!?\"'()").lower()


def _table(entries: dict[tuple[str, str], float]) -> Tensor:
    table = torch.zeros(WIDTH, WIDTH)
    for (feature, question), value in entries.items():
        table[FEATURES.index(feature), QUESTIONS.index(question)] = value
    return table


def _rounded(values: Tensor) -> Tensor:
    return (values * 100).round() / 100
