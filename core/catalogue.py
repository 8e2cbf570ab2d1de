"""What ships, and what makes it: one table for `python -m core`, the Makefile and the cards.

>>> command("it_run")
'python -m core train it_run'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from core.address import find

Kind = Literal["weights", "recording", "results"]


@dataclass(frozen=True)
class Entry:
    """One thing that ships.

    Attributes:
        name: on the command line; weights and recordings are models/NAME.safetensors with a card.
        kind: weights of a network, the recording of a training, or measured results.
        maker: the address of the function that makes it.
        argument: what the function is called with; "": nothing.
        mnist: whether MNIST is needed. (Those that learn people's hands need pen strokes too:
            `core.vision.hand.people` says where they are looked for.)
        takes: about how long, where it was noted.
    """

    name: str
    kind: Kind
    maker: str
    argument: str = ""
    mnist: bool = False
    takes: str = ""


_CNN = "core.vision.shipped.simple_cnn"
_NETS = "core.vision.shipped.nets"
_OUT = "core.vision.shipped.writers_out"
_TRANSFORMER, _BERT = "core.language.transformer", "core.language.bert"

ENTRIES: tuple[Entry, ...] = (
    Entry("simple_cnn_notes", "weights", f"{_CNN}:notes", mnist=True, takes="10 min"),
    *(
        Entry(f"mnist_{name}", "weights", f"{_NETS}:first", name, mnist=True)
        for name in ("lenet5", "alexnet", "vgg", "tiny")
    ),
    Entry("vgg_wide", "weights", "core.vision.shipped.wide:train", mnist=True, takes="3 h"),
    *(
        Entry(name, "weights", f"{_NETS}:train", name, mnist=True)
        for name in ("lenet5", "alexnet", "vgg", "tiny")
    ),
    Entry("mnist_simple_cnn", "weights", f"{_CNN}:first", mnist=True, takes="30 min"),
    Entry("simple_cnn_ours", "weights", f"{_CNN}:ours", mnist=True, takes="15 min"),
    Entry("strokes_lstm", "weights", "core.vision.strokes.training:train", takes="5 min"),
    Entry(
        "writers_out", "results", "core.vision.shipped.writers_out:main", mnist=True, takes="1 h"
    ),
    *(
        Entry(name, "recording", "core.recurrent.record:make", name)
        for name in ("sine_race", "words_race", "words_race_ko", "adding_race")
    ),
    *(
        Entry(name, "recording", "core.recurrent.text.example:make", name, takes="1 min")
        for name in ("text_en", "text_ko")
    ),
    *(
        Entry(name, "weights", "core.attention.trained.training.ship:ship", name, takes="a few min")
        for language in ("", "_ko")
        for name in (f"it_2x4{language}", f"it_1x1{language}", f"it_mlm{language}")
    ),
    Entry("it_run", "recording", "core.attention.trained.training.recording:make", takes="30 s"),
    *(
        Entry(name, "recording", "core.language.embeddings.examples:make", name, takes="10 s")
        for language in ("en", "ko")
        for method in ("skip_gram", "cbow", "glove", "ppmi_svd")
        for name in (f"vectors_{method}_{language}",)
    ),
    Entry("vectors_results", "results", "core.language.embeddings.results:main", takes="a few min"),
    *(
        Entry(f"transformer_{task}", "weights", f"{_TRANSFORMER}.train:ship", task, takes="2 min")
        for task in ("en_ko", "ko_en", "copy", "reverse", "sort", "dates")
    ),
    Entry("transformer_run", "recording", f"{_TRANSFORMER}.example:make", takes="15 s"),
    Entry("transformer_switches", "results", f"{_TRANSFORMER}.switches:measure", takes="5 min"),
    *(
        Entry(f"bert_{kind}{language}", "weights", f"{_BERT}.train:ship", f"bert_{kind}{language}")
        for kind in ("", "left_", "sentiment_", "answer_")
        for language in ("en", "ko")
    ),
    *(
        Entry(name, "recording", f"{_BERT}.example:make", name, takes="a few min")
        for name in ("bert_run", "bert_sentiment_run", "bert_sentiment_scratch_run")
    ),
    Entry("bert_curve", "results", f"{_BERT}.curve:make", takes="15 min"),
    *(
        Entry(name, "recording", "core.vision.finetune.example:make", name, True, "15 s")
        for name in ("hand_run", "hand_run_rehearsal")
    ),
    Entry("cnn_run", "recording", "core.vision.training.example:make", mnist=True, takes="1 min"),
    Entry(
        "shuffled_run",
        "recording",
        "core.vision.shuffled.example:make",
        mnist=True,
        takes="a few min",
    ),
    Entry("paired_results", "results", "core.vision.architectures.paired:measure", mnist=True),
    Entry("fair_results", "results", "core.vision.fair.compare:main", mnist=True),
)
"""In an order in which each is there before it is needed: teachers before pupils, an encoder before
what is fine-tuned from it."""

OTHERS: dict[str, dict[str, str]] = {
    "measure": {
        "simple_cnn": f"{_CNN}:card",
        "it": "core.attention.trained.training.ship:card",
        "transformer": f"{_TRANSFORMER}.train:card",
        "bert": f"{_BERT}.train:card",
        "pen": "core.vision.pen:report",
    },
    "fetch": {"mnist": "core.vision.mnist:report"},
}
"""Functions that measure again without training (the cards of four families, and MNIST's pen), or
that download what does not ship."""

_BY_NAME = {entry.name: entry for entry in ENTRIES}


def command(name: str) -> str:
    """The command that makes it.

    Raises:
        KeyError: nothing of that name ships.
    """
    return f"python -m core train {_BY_NAME[name].name}"


def names(kind: Kind) -> tuple[str, ...]:
    """All that ship of one kind."""
    return tuple(entry.name for entry in ENTRIES if entry.kind == kind)


def make(name: str) -> None:
    """Train or measure it, and write its files.

    Raises:
        KeyError: nothing of that name ships.
    """
    entry = _BY_NAME[name]
    find(entry.maker)(*([entry.argument] if entry.argument else []))
