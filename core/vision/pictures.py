"""An uploaded picture as numbers: read with care, since the file may be anything at all.

Only the header is read before the size is judged, so that a file of a few kilobytes that unfolds
into gigabytes is refused without unfolding it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile
from torch import Tensor

from core.schema import Refusal, mark

MAX_BYTES = 24 * 1024 * 1024
MAX_PIXELS = 24_000_000
"""72 MB while it is being read."""
MAX_DRAFTED = 120_000_000
"""Of a JPEG, of which an eighth of each side is decoded: the largest photographs of telephones."""
MAX_PROGRESSIVE = 156_000_000
"""Numbers of a JPEG that have to be kept until the last of its passes has come, 2 bytes each."""
SIDE = 96
"""Longest side of the result in pixels, unless asked otherwise."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
PAPER = "white"
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each value of EXIF's orientation asks for."""
_UPRIGHT = (5, 6, 7, 8)
"""Those that exchange width and height."""
_LUMA = (0.299, 0.587, 0.114)
"""Weights of red, green and blue in a grey value (ITU-R BT.601)."""


MANY_BYTES = mark("A picture has at most {most} megabytes.")
MANY_PIXELS = mark("The picture has {width} × {height} pixels; at most {most} million are read.")
BOMB = mark("The picture has far more pixels than are read; at most {most} million are.")
UNKNOWN = mark("This is not a picture that can be read: PNG, JPEG, GIF, WebP or BMP can.")
OTHER = mark(
    "This is a file of the kind {kind}. Save it as JPEG or PNG, or take a screenshot of it: PNG, "
    "JPEG, GIF, WebP and BMP can be read."
)
DAMAGED = mark("The picture cannot be read to its end: the file is damaged or cut short.")


_KINDS = (
    (r"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", "HEIC"),
    (r"....ftypavi[fs]", "AVIF"),
    (r"....ftyp", "MP4"),
    (r"II(?:\*\0|\+\0)|MM(?:\0\*|\0\+)", "TIFF"),
    (r"\0\0\0\x0cjP|\xff\x4f\xff\x51", "JPEG 2000"),
    (r"\xff\x0a|\0\0\0\x0cJXL", "JPEG XL"),
    (r"\0\0\x01\0", "ICO"),
    (r"8BPS", "PSD"),
    (r"%PDF", "PDF"),
    (r"PK\x03\x04", "ZIP"),
    (r"\s*(?:\xef\xbb\xbf)?<(?:svg|[?!].*<svg)", "SVG"),
)
"""What files that hold a picture for others begin with; a telephone may call them .jpg."""
_OURS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
"""What PNG, JPEG and GIF begin with."""


class PictureError(Refusal):
    """The file cannot be used."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture that can be computed with, and what was done to the file to get it.

    Attributes:
        pixels: float32 (C, H, W), 0 black to 1 white; C = 1 where all pixels are grey, else 3.
        width: in pixels, as people see the file (turned as its EXIF says).
        height: likewise.
        turned: whether EXIF asked for a turn or a mirror.
        alpha: whether it was transparent somewhere and was laid on white paper.
        first: whether it is the first of several frames.
        deep: whether grey values had 16 bits.
    """

    pixels: Tensor
    width: int
    height: int
    turned: bool = False
    alpha: bool = False
    first: bool = False
    deep: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of `pixels`."""
        return self.pixels.shape[2], self.pixels.shape[1]

    @property
    def resized(self) -> bool:
        """Whether it was made smaller."""
        return self.size != (self.width, self.height)

    def grey(self) -> Tensor:
        """Its grey values, float32 (1, H, W)."""
        if len(self.pixels) == 1:
            return self.pixels
        return (self.pixels * torch.tensor(_LUMA)[:, None, None]).sum(0, keepdim=True)


def picture(data: bytes, side: int = SIDE) -> Picture:
    """Read a file.

    Args:
        data: its bytes.
        side: the result's longest side at most; a smaller picture stays as it is.

    Raises:
        PictureError: it is empty, too large, no picture, or damaged.
    """
    if not data:
        raise PictureError(mark("The file is empty."))
    if len(data) > MAX_BYTES:
        raise PictureError(MANY_BYTES, most=MAX_BYTES // 1024**2)
    image = _opened(data)
    width, height = size = image.size
    most = _most(image)
    if isinstance(image, JpegImageFile):  # MPO, which some telephones write, among them
        image.draft(None, (2 * side, 2 * side))  # decodes no more than is needed of a photograph
    if width * height > most or image.width * image.height > MAX_PIXELS:
        raise PictureError(MANY_PIXELS, width=width, height=height, most=most // 10**6)
    try:
        return _read(image, size, side)
    except Exception as error:  # a decoder may raise anything on a file that is broken on purpose
        raise PictureError(DAMAGED) from error


def _most(image: Image.Image) -> int:
    """Pixels that a file may have, by what it takes to read it."""
    if not isinstance(image, JpegImageFile):
        return MAX_PIXELS
    return MAX_PROGRESSIVE // len(image.getbands()) if "progressive" in image.info else MAX_DRAFTED


def _opened(data: bytes) -> Image.Image:
    """The picture's header."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PictureError(BOMB, most=MAX_PIXELS // 10**6) from None
    except UnidentifiedImageError:
        begin = data[:1024].decode("latin-1")
        kind = next((kind for form, kind in _KINDS if re.match(form, begin, re.DOTALL)), None)
        if kind:
            raise PictureError(OTHER, kind=kind) from None
        raise PictureError(DAMAGED if data.startswith(_OURS) else UNKNOWN) from None
    except Exception as error:  # a header that is broken
        raise PictureError(DAMAGED) from error


def _read(image: Image.Image, size: tuple[int, int], side: int) -> Picture:
    width, height = size
    first = bool(getattr(image, "is_animated", False))
    orientation = image.getexif().get(_ORIENTATION, 1)
    image.load()
    if orientation in _TURNS:
        image = image.transpose(_TURNS[orientation])
    if orientation in _UPRIGHT:
        width, height = height, width
    deep = image.mode.startswith("I")
    alpha = not deep and image.has_transparency_data
    if deep:
        image = Image.fromarray(np.asarray(image).astype(np.float32) / 65535)
    else:
        image = image.convert("RGBA" if alpha else "RGB")
    # A box is the mean over the pixels that fall into it: nothing is sharpened or overshoots.
    image = image.resize(_fitting(width, height, side), Image.Resampling.BOX)
    if alpha:
        paper = Image.new("RGBA", image.size, PAPER)
        image = Image.alpha_composite(paper, image).convert("RGB")
    values = torch.from_numpy(np.array(image, np.float32))
    pixels = values[None].clamp(0, 1) if deep else values.permute(2, 0, 1).contiguous() / 255
    if len(pixels) == 3 and bool((pixels == pixels[:1]).all()):
        pixels = pixels[:1]
    turned = orientation in _TURNS
    return Picture(pixels, width, height, turned, alpha, first, deep)


def _fitting(width: int, height: int, side: int) -> tuple[int, int]:
    share = min(1.0, side / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))
