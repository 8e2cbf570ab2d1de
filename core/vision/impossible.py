"""A layer that cannot be computed, and the nearest one that can."""

from __future__ import annotations

from core.schema import Message, Refusal


class Impossible(Refusal):
    """Each value is within its limits, but together they make no layer.

    Attributes:
        field: what to change.
        nearest: to which value; the nearest that fits, all else as it is.
    """

    def __init__(self, rule: Message, field: str, nearest: int | str, /, **values: object) -> None:
        """Keep the way out beside the rule, where it is a value too."""
        super().__init__(rule, nearest=nearest, **values)
        self.field, self.nearest = field, nearest


def as_json(error: Impossible, sentence: str) -> dict[str, int | str]:
    """The sentence in the language of whoever asks, what to change, and to which value."""
    return {"message": sentence, "field": error.field, "nearest": error.nearest}
