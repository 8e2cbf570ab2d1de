"""What the page asks: a text, how to decode it, and what to open."""

from __future__ import annotations

from dataclasses import dataclass

from core.language.transformer import texts
from core.language.transformer.tasks import LONGEST, TASKS, Task, task
from core.language.transformer.views import Address
from core.schema import Refusal, mark, number, whole

MODES = ("greedy", "beam", "sample")
_KEYS = {
    "task",
    "text",
    "mode",
    "beams",
    "temperature",
    "seed",
    "prefix",
    "block",
    "head",
    "cell",
}
_BEAMS = whole(3, 2, 5).named("beams")
_TEMPERATURE = number(1.0, 0.1, 5.0).named("temperature")
_SEED = whole(0).named("seed")
_ROW = whole(0, 0, 10_000).named("row")
_COLUMN = whole(0, 0, 10_000).named("column")


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        about: the task.
        text: as it was typed.
        source: its tokens, without <end>.
        mode: one of `MODES`.
        beams: targets that a beam search follows, 2 to 5.
        temperature: 0.1 to 5, for "sample".
        seed: for "sample".
        prefix: tokens that the target begins with; decoding goes on behind them.
        block: to be opened, see `views`.
        head: of its attention.
        cell: matrix, row and column of the block whose arithmetic is wanted.
    """

    about: Task
    text: str
    source: tuple[str, ...]
    mode: str = "greedy"
    beams: int = 3
    temperature: float = 1.0
    seed: int = 0
    prefix: tuple[str, ...] = ()
    block: str | None = None
    head: int = 0
    cell: tuple[str, int, int] | None = None

    @classmethod
    def of(cls, raw: object, layers: int, heads: int) -> Question:
        """Validate what came in as JSON.

        Args:
            raw: the object.
            layers: of the network that is asked.
            heads: of each.

        Raises:
            ValueError: with a sentence that says what is wrong.
        """
        if not isinstance(raw, dict) or not {"task", "text"} <= set(raw) <= _KEYS:
            raise Refusal(
                mark("A question has a task and a text, and perhaps {names}."), names=sorted(_KEYS)
            )
        name, mode, block = raw["task"], raw.get("mode", "greedy"), raw.get("block")
        if not isinstance(name, str):
            raise Refusal(mark("The task is one of {names}."), names=TASKS)
        about = task(name)
        if mode not in MODES:
            raise Refusal(mark("A target is decoded in one of these ways: {names}."), names=MODES)
        if block is not None:
            if not isinstance(block, str):
                raise Refusal(mark("There is no such block in this network."))
            Address.of(block, layers)
        source = tuple(texts.read(about, raw["text"]))
        return cls(
            about,
            raw["text"].strip(),
            source,
            mode,
            _BEAMS.read(raw.get("beams", 3)),
            _TEMPERATURE.read(raw.get("temperature", 1.0)),
            _SEED.read(raw.get("seed", 0)),
            _prefix(about, raw.get("prefix", [])),
            block,
            whole(0, 0, heads - 1).named("head").read(raw.get("head", 0)),
            _cell(raw.get("cell")),
        )


def _prefix(about: Task, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) >= LONGEST:
        raise Refusal(
            mark("A target begins with a list of at most {most} tokens."), most=LONGEST - 1
        )
    known = set(about.target_words)
    for token in raw:
        if not isinstance(token, str) or token not in known:
            raise Refusal(mark("A target begins with tokens of this task's target language."))
    return tuple(raw)


def _cell(raw: object) -> tuple[str, int, int] | None:
    if raw is None:
        return None
    if not isinstance(raw, dict) or set(raw) != {"matrix", "row", "column"}:
        raise Refusal(mark("A cell has a matrix, a row and a column."))
    if not isinstance(raw["matrix"], str):
        raise Refusal(mark("A cell has a matrix, a row and a column."))
    return (
        raw["matrix"],
        _ROW.read(raw["row"]),
        _COLUMN.read(raw["column"]),
    )
