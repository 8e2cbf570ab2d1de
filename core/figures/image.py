"""Pictures as bytes and as addresses that hold all of it.

An address of its own needs no second request: a picture that the page has given up in the meantime
cannot be missing.
"""

from __future__ import annotations

import io
from base64 import b64encode

from PIL import Image


def png(image: Image.Image) -> bytes:
    """Return the image as the bytes of a PNG file, as small as Pillow makes it."""
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def data_url(picture: bytes, subtype: str = "png") -> str:
    """Return a picture as a data URL (RFC 2397).

    >>> data_url(b"<svg/>", "svg+xml")
    'data:image/svg+xml;base64,PHN2Zy8+'

    Args:
        picture: the bytes of a file.
        subtype: its format, as in ``image/<subtype>``.
    """
    return f"data:image/{subtype};base64,{b64encode(picture).decode()}"
