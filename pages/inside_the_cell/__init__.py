"""The page "Inside the cell"."""

from core.schema import mark

NUMBER = 60
SECTION = "Recurrence"
TITLE = mark("Inside the cell")
CLAIM = mark("What a recurrent cell keeps, forgets and says, at every step, in numbers.")
MINUTES = 30
