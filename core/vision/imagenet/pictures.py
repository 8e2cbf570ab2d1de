"""The pictures of the page: a small set that ships, and visitors' own, in memory for a while.

Nine photographs that are free for any use (`photographs`), and three that are computed here. A
visitor's own picture is never written to a disk: it goes when its visitor has newer ones, or when
room is needed and nobody has looked at it for an hour.
"""

from __future__ import annotations

import functools
import secrets

import torch
from torch import Tensor

from core import memory
from core.memory import Store
from core.schema import Refusal, mark
from core.vision.imagenet.photographs import FOLDER, PHOTOGRAPHS
from core.vision.pictures import Picture, picture

OWN = "own-"
"""What the name of a visitor's picture begins with."""
LONGEST = 512
"""Pixels of the longer side of what is kept of one: networks read 224 of its shorter one."""
FORGOTTEN = mark("This picture has been forgotten: choose it again.")
UNKNOWN = mark("There is no picture of this name.")


COMPUTED = ("stripes", "discs", "noise")
SET = (*PHOTOGRAPHS, *COMPUTED)
"""The names of all that ship, the first one first."""

HELD = Store[Picture](memory.PICTURES)


@functools.lru_cache(len(SET))
def shipped(name: str) -> Tensor:
    """One of the set, (3, H, W) from 0 to 1."""
    if name in PHOTOGRAPHS:
        return picture((FOLDER / f"{name}.jpg").read_bytes(), LONGEST).pixels.expand(3, -1, -1)
    return {"stripes": _stripes, "discs": _discs, "noise": _noise}[name]()


def hold(data: bytes, owner: str, client: str = "") -> tuple[str, Picture]:
    """Read a visitor's file and keep it; the name to find it by cannot be guessed.

    Raises:
        PictureError: it is no picture that can be read.
        Full: there is no room for it.
    """
    read = picture(data, LONGEST)
    kept = Picture(
        (read.pixels * 255).round().to(torch.uint8),
        *(read.width, read.height, read.turned, read.alpha, read.first, read.deep),
    )
    name = OWN + secrets.token_urlsafe(12)
    HELD.put(name, kept, kept.pixels.nbytes, owner, client)
    return name, read


def find(name: str) -> Tensor:
    """The picture of a name, (3, H, W) from 0 to 1.

    Raises:
        Refusal: there is none, or it has been forgotten.
    """
    if name in SET:
        return shipped(name)
    if not name.startswith(OWN):
        raise Refusal(UNKNOWN)
    held = HELD.find(name, FORGOTTEN)
    return (held.pixels.float() / 255).expand(3, -1, -1)


def _grid(side: int = 256) -> tuple[Tensor, Tensor]:
    """Rows and columns from -1 to 1."""
    line = torch.linspace(-1, 1, side)
    return line[:, None].expand(side, side), line[None].expand(side, side)


def _stripes() -> Tensor:
    """Sixteen patches of a grating: four directions in four widths."""
    rows, columns = _grid()
    grey = torch.empty(256, 256)
    for place in range(16):
        turn, width = divmod(place, 4)
        angle = torch.tensor(torch.pi * turn / 4)
        along = rows * angle.sin() + columns * angle.cos()
        part = (slice(64 * turn, 64 * turn + 64), slice(64 * width, 64 * width + 64))
        grey[part] = (0.5 + 0.5 * (along * torch.pi * 8 * 2**width).sin())[part]
    return grey.expand(3, -1, -1).contiguous()


def _discs() -> Tensor:
    """Nine discs in the colours of a screen, on grounds of others."""
    rows, columns = _grid()
    found = torch.empty(3, 256, 256)
    for place in range(9):
        down, across = divmod(place, 3)
        top, left = 86 * down, 86 * across
        part = (slice(top, top + 86), slice(left, left + 86))
        middle = (rows[part] - rows[part].mean()) ** 2 + (columns[part] - columns[part].mean()) ** 2
        inside = (middle < (0.08 + 0.07 * across) ** 2 * 1.5).float()
        for channel in range(3):
            disc, ground = (place + 1 >> channel) & 1, (place * 5 + 2 >> channel) & 1
            found[channel][part] = inside * disc + (1 - inside) * ground
    return found


def _noise() -> Tensor:
    """Blots of all sizes in all colours, as much of each size as pictures of nature have."""
    side = 256
    draw = torch.randn(3, side, side, generator=torch.Generator().manual_seed(0))
    line = torch.fft.fftfreq(side)
    size = (line[:, None] ** 2 + line[None] ** 2).sqrt().clamp(min=1 / side)
    field = torch.fft.ifft2(torch.fft.fft2(draw) / size).real
    found: Tensor = (0.5 + 0.18 * field / field.std((1, 2), keepdim=True)).clamp(0, 1)
    return found
