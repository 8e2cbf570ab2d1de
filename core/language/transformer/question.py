"""What the page asks: a text, how to decode it, and what to open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from core import sampling, schema
from core.language.transformer import texts
from core.language.transformer.decoding import Drawing
from core.language.transformer.tasks import LONGEST, TASKS, Name, Task, task
from core.language.transformer.views import Address
from core.schema import REQUIRED, Record, Refusal, mark

MODES = ("greedy", "beam", "sample")
MOST_HEADS = 4


@dataclass(frozen=True)
class BlockCell(Record):
    """A number of a block: the name of a matrix (see `views`), a row and a column."""

    matrix: str = schema.text(REQUIRED, 16)
    row: int = schema.whole(0, 0, 10_000)
    column: int = schema.whole(0, 0, 10_000)


@dataclass(frozen=True)
class DecodingQuestion(Record):
    """A text to decode.

    Attributes:
        task: one of `TASKS`.
        text: as it was typed.
        mode: one of `MODES`.
        beams: targets that a beam search follows.
        temperature: for "sample".
        seed: for "sample".
        top_k, top_p: for "sample", which tokens may be drawn; see `core.sampling.kept`.
        prefix: tokens that the target begins with; decoding goes on behind them.
        block: to be opened, see `views`.
        head: of its attention.
        cell: of the block, whose arithmetic is wanted.
    """

    task: Name = schema.choice(TASKS, REQUIRED)
    text: str = schema.text(REQUIRED, texts.MAX_CHARACTERS, lines=True)
    mode: str = schema.choice(MODES)
    beams: int = schema.whole(3, 2, 5)
    temperature: float = schema.number(1.0, 0.1, 5.0)
    seed: int = schema.whole(0)
    top_k: int = schema.whole(0, 0, sampling.MOST)
    top_p: float = schema.number(1.0, sampling.LEAST, 1.0)
    prefix: tuple[str, ...] = schema.listed(schema.text("", 40), 0, LONGEST - 1, ())
    block: str | None = schema.maybe(schema.text("", 40))
    head: int = schema.whole(0, 0, MOST_HEADS - 1)
    cell: BlockCell | None = schema.maybe(schema.nested(BlockCell))

    def check_together(self) -> None:
        """Read the text; refuse tokens that the task cannot say."""
        self.source  # noqa: B018
        if not set(self.prefix) <= set(self.about.target_words):
            raise Refusal(mark("A target begins with tokens of this task's target language."))

    @property
    def draws(self) -> Drawing | None:
        """How tokens are drawn, if they are."""
        if self.mode != "sample":
            return None
        return Drawing(self.temperature, self.top_k, self.top_p, self.seed)

    @property
    def about(self) -> Task:
        """The task itself."""
        return task(self.task)

    @cached_property
    def source(self) -> tuple[str, ...]:
        """The tokens of the text, without <end>."""
        return tuple(texts.read(self.about, self.text))

    def fitting(self, layers: int, heads: int) -> DecodingQuestion:
        """The question itself, if it can be put to a network of this shape.

        Raises:
            Refusal: the network has no such block or head.
        """
        if self.block is not None:
            Address.of(self.block, layers)
        if self.head >= heads:
            raise Refusal(mark("This network has {heads} heads in a layer."), heads=heads)
        return self
