r"""Fields, limits, JSON, link text and refusals, declared once.

A config is a frozen dataclass whose fields say what values there are:

>>> from dataclasses import dataclass
>>> from core.schema import Record, Refusal, choice, flag, mark, number, whole
>>> @dataclass(frozen=True)
... class Setting(Record):
...     cell: str = choice(("rnn", "lstm"))
...     hidden: int = whole(32, 1, 128)
...     learning_rate: float = number(0.01, 1e-5, 1.0)
...     norm: bool = flag()
...
...     def check_together(self) -> None:
...         if self.norm and self.hidden == 1:
...             raise Refusal(mark("Norms need more than {few} unit."), few=1)

It is read from plain JSON and written again; it cannot be made with a value beyond its limits:

>>> Setting.read({"hidden": 64.0}).write()
{'cell': 'rnn', 'hidden': 64, 'learning_rate': 0.01, 'norm': False}
>>> Setting(learning_rate=float("nan"))
Traceback (most recent call last):
core.schema.refusal.Refusal: Learning rate is a number from 0.00001 to 1, not nan.

A refusal is a rule with values. It speaks any language that has the rule (and the field's label):

>>> try:
...     Setting.read({"hidden": 1, "norm": True})
... except Refusal as error:
...     error.sentence(lambda rule: "유닛이 {few}개보다 많아야 합니다.")
'유닛이 1개보다 많아야 합니다.'

A page's state is a table of such fields, its own and those of a record, under names of its own:

>>> from core.schema import Table, fields_of, text
>>> table = Table(
...     "waves",
...     {"seed": whole(3, 0, 99)}
...     | fields_of(Setting, {"cell": "cell", "rate": "learning_rate"})
...     | {"note": text("", longest=40)},
... )

From it comes the lesson link, both ways; rubbish in a link is ignored and reported:

>>> table.link({"seed": 3, "cell": "lstm", "rate": 0.01})
{'seed': '3', 'cell': 'lstm'}
>>> reading = table.read({"cell": "lstm", "rate": "1e9", "nobody": "1"})
>>> reading.values["cell"], reading.values["rate"]
('lstm', 0.01)
>>> [(part.name, part.reason) for part in reading.ignored]
[('rate', 'out of range'), ('nobody', 'unknown')]

A field of a record may begin elsewhere in a table:

>>> Setting.schema["hidden"].beginning(0, low=0).named("size").parse("0")
0

Lists, records within records, and values with functions of their own:

>>> from core.schema import custom, listed, maybe, nested
>>> @dataclass(frozen=True)
... class Cell(Record):
...     matrix: str = choice(("A", "Q"))
...     row: int = whole(0, 0, 9)
>>> @dataclass(frozen=True)
... class Question(Record):
...     kernel: tuple[int, int] = listed(whole(low=1, high=7), 2, 2, (3, 3))
...     cell: Cell | None = maybe(nested(Cell))
...     drawing: bytes = custom(b"", bytes.fromhex, bytes.hex)
>>> Question.read({"kernel": [3, 5], "cell": {"row": 2}, "drawing": "ff"})
Question(kernel=(3, 5), cell=Cell(matrix='A', row=2), drawing=b'\xff')
>>> Question.schema["cell"].parse("Q.7")
Cell(matrix='Q', row=7)
>>> Question.read({"kernel": [3, 50]})
Traceback (most recent call last):
core.schema.refusal.OutOfRange: Kernel, item 2 is a whole number from 1 to 7, not 50.
"""

from core.schema.kinds import Choice, Custom, Flag, Kind, Number, Text, Whole, finite
from core.schema.record import (
    REQUIRED,
    Field,
    Record,
    choice,
    custom,
    flag,
    listed,
    maybe,
    nested,
    number,
    text,
    whole,
)
from core.schema.refusal import (
    Explained,
    Message,
    NotAChoice,
    OutOfRange,
    Refusal,
    TooLong,
    Translate,
    Unknown,
    mark,
    short,
)
from core.schema.table import HIDE, Ignored, Reading, Table, fields_of

__all__ = [
    "HIDE",
    "REQUIRED",
    "Choice",
    "Custom",
    "Explained",
    "Field",
    "Flag",
    "Ignored",
    "Kind",
    "Message",
    "NotAChoice",
    "Number",
    "OutOfRange",
    "Reading",
    "Record",
    "Refusal",
    "Table",
    "Text",
    "TooLong",
    "Translate",
    "Unknown",
    "Whole",
    "choice",
    "custom",
    "fields_of",
    "finite",
    "flag",
    "listed",
    "mark",
    "maybe",
    "nested",
    "number",
    "short",
    "text",
    "whole",
]
