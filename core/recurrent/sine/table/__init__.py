r"""A column of numbers from whatever somebody pastes or uploads.

`source` decodes a file or opens a workbook, `grid` finds rows and cells, `numeral` reads a number
in the ways in which people write it, `column` turns cells into numbers, and `sheet` finds the
header and proposes a column. What cannot be understood is refused with the line in which it stands;
what can be understood in two ways is asked. Nothing is guessed in silence.

>>> read("Station 108\nday;warm\n;°C\n1;20,5\n2;21\n").proposed.numbers()
(20.5, 21.0)
"""

from core.recurrent.sine.table.column import Column, Filling
from core.recurrent.sine.table.numeral import Decimal
from core.recurrent.sine.table.sheet import Sheet, encodings, read

__all__ = ["Column", "Decimal", "Filling", "Sheet", "encodings", "read"]
