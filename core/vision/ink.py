"""A picture of 28 x 28 bytes of ink, 0 paper to 255 ink, and its text: base64url without padding.

>>> as_text(bytes(784))[:6], as_ink(as_text(bytes(784))) == bytes(784)
('AAAAAA', True)
"""

from __future__ import annotations

import base64
import binascii

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from core.schema import Refusal, mark

SHAPE = (28, 28)
PIXELS = 28 * 28
INK = mark("A picture has 28 x 28 bytes of ink, as base64url.")


def as_ink(text: object) -> bytes:
    """784 bytes from their text.

    Raises:
        Refusal: it is something else.
    """
    try:
        if not isinstance(text, str):
            raise ValueError
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        ink = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        ink = b""
    if len(ink) != PIXELS:
        raise Refusal(INK)
    return ink


def as_text(ink: bytes) -> str:
    """The text of a picture's bytes."""
    return base64.urlsafe_b64encode(ink).rstrip(b"=").decode()


def as_bytes(picture: NDArray[np.float32]) -> bytes:
    """The bytes of a picture (28, 28) in [0, 1], row by row."""
    return np.rint(np.asarray(picture) * 255).astype(np.uint8).tobytes()


def as_image(ink: bytes) -> Tensor:
    """Bytes as a tensor, uint8 (28, 28)."""
    return torch.frombuffer(bytearray(ink), dtype=torch.uint8).view(SHAPE)


def as_picture(ink: bytes) -> Image.Image:
    """Bytes as a picture, ink black on white."""
    plane = np.frombuffer(ink, dtype=np.uint8).reshape(SHAPE)
    return Image.fromarray(255 - plane)
