"""Files that people upload: read, said what was done, or refused in a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.vision import pictures
from core.vision.pictures import PictureError, picture


def _file(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _header(width: int, height: int) -> bytes:
    """A PNG of that size with hardly any pixels in it."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + head + body + _chunk(b"IEND", b"")


def test_a_small_picture_keeps_its_pixels() -> None:
    values = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
    read = picture(_file(Image.fromarray(values)))
    assert read.pixels.shape == (3, 5, 7) and not read.resized
    assert torch.equal(read.pixels, torch.from_numpy(values).permute(2, 0, 1) / 255)


def test_one_pixel_is_a_picture() -> None:
    read = picture(_file(Image.new("L", (1, 1), 51)))
    assert read.pixels.tolist() == [[[pytest.approx(0.2)]]]


def test_a_large_picture_is_made_smaller_and_keeps_its_mean() -> None:
    values = np.random.default_rng(3).integers(0, 256, (192, 384, 3), dtype=np.uint8)
    read = picture(_file(Image.fromarray(values)))
    assert read.resized and (read.width, read.height) == (384, 192) and read.size == (96, 48)
    means = torch.from_numpy(values).float().reshape(48, 4, 96, 4, 3).mean((1, 3)) / 255
    # rounded to a byte along each axis
    assert torch.allclose(read.pixels, means.permute(2, 0, 1), atol=1.01 / 255)


def test_a_thin_picture_keeps_a_row() -> None:
    assert picture(_file(Image.new("RGB", (2000, 2)))).size == (96, 1)


def test_twenty_megapixels_are_read() -> None:
    data = _file(Image.new("RGB", (5000, 4000), "red"), compress_level=1)
    read = picture(data)
    assert read.size == (96, 77) and read.pixels[:, 0, 0].tolist() == [1, 0, 0]


def test_grey_in_three_channels_is_one_channel() -> None:
    assert picture(_file(Image.new("RGB", (4, 4), (9, 9, 9)))).pixels.shape == (1, 4, 4)


def test_grey_of_colours_is_weighed_as_the_eye_does() -> None:
    read = picture(_file(Image.new("RGB", (2, 2), (255, 0, 0))))
    assert read.grey().shape == (1, 2, 2) and float(read.grey()[0, 0, 0]) == pytest.approx(0.299)


def test_sixteen_bits_are_read_in_full() -> None:
    values = np.array([[0, 1], [32768, 65535]], np.uint16)
    read = picture(_file(Image.fromarray(values)))
    assert read.deep
    assert torch.allclose(read.pixels[0], torch.tensor([[0, 1], [32768, 65535]]) / 65535)


def test_what_is_transparent_is_paper() -> None:
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))
    read = picture(_file(image))
    assert read.alpha and read.pixels.tolist() == [[[1.0, 0.0]]]


def test_a_palette_with_a_transparent_colour_too() -> None:
    image = Image.new("P", (2, 1), 0)
    image.putpalette([200, 0, 0, 0, 0, 255])
    image.putpixel((1, 0), 1)
    read = picture(_file(image, transparency=0))
    assert read.alpha and read.pixels[:, 0, 0].tolist() == [1, 1, 1]
    assert read.pixels[:, 0, 1].tolist() == [0, 0, 1]


def test_of_an_animation_the_first_frame_is_taken() -> None:
    frames = [Image.new("L", (4, 4), shade) for shade in (255, 0, 128)]
    for kind in ("GIF", "PNG", "WEBP"):
        read = picture(_file(frames[0], kind, save_all=True, append_images=frames[1:]))
        assert read.first and float(read.pixels.mean()) > 0.98, kind
    assert not picture(_file(frames[0])).first


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture(orientation: int) -> None:
    values = np.zeros((40, 64), np.uint8)
    values[:8, :8] = 255  # the corner that is at the top left in the file
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = picture(_file(Image.fromarray(values), "JPEG", exif=exif, quality=95))
    corner = [(0, 0), (0, -1), (-1, -1), (-1, 0), (0, 0), (0, -1), (-1, -1), (-1, 0)][
        orientation - 1
    ]
    assert read.size == ((64, 40) if orientation < 5 else (40, 64))
    assert (read.width, read.height) == read.size and read.turned == (orientation > 1)
    assert float(read.pixels[0][corner]) > 0.9
    assert float(read.pixels.mean()) < 0.1


def test_a_photograph_is_measured_as_it_was() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    read = picture(_file(Image.new("RGB", (4000, 3000), "blue"), "JPEG", exif=exif))
    assert (read.width, read.height) == (3000, 4000) and read.size == (72, 96)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"<html>not a picture</html>",
        bytes(1000),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError, match="not a picture"):
        picture(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (b"II*\0" + bytes(40), "TIFF"),
        (b"MM\0*" + bytes(40), "TIFF"),
        (b"8BPS\0\1" + bytes(40), "PSD"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\3\4" + bytes(40), "ZIP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg/>", "SVG"),
    ],
)
def test_of_another_kind_is_said_which_and_what_to_do(data: bytes, kind: str) -> None:
    with pytest.raises(PictureError, match=f"of the kind {kind}. Save it as JPEG or PNG"):
        picture(data)


def test_nothing_is_said_to_be_nothing() -> None:
    with pytest.raises(PictureError, match="empty"):
        picture(b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_a_picture_that_is_cut_short_is_said_to_be(kind: str) -> None:
    values = np.random.default_rng(1).integers(0, 256, (50, 60), dtype=np.uint8)
    data = _file(Image.fromarray(values), kind)
    with pytest.raises(PictureError, match="damaged or cut short"):
        picture(data[: len(data) // 2])
    if kind in ("PNG", "JPEG", "GIF"):
        with pytest.raises(PictureError, match="damaged or cut short"):
            picture(data[:12])


def test_a_bomb_is_refused_by_its_header() -> None:
    for width, height in ((6000, 5000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)):
        with pytest.raises(PictureError, match="at most 24 million are"):
            picture(_header(width, height))


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_of_a_telephone_is_read_by_an_eighth(progressive: bool) -> None:
    values = np.random.default_rng(1).integers(0, 256, (63, 84, 3), dtype=np.uint8)
    image = Image.fromarray(values).resize((8064, 6048), Image.Resampling.NEAREST)
    read = picture(_file(image, "JPEG", quality=80, progressive=progressive))
    assert (read.width, read.height) == (8064, 6048) and read.size == (96, 72)
    means = torch.from_numpy(values).float().mean((0, 1)) / 255
    assert torch.allclose(read.pixels.mean((1, 2)), means, atol=0.01)


def test_more_pixels_than_any_telephone_has_are_refused() -> None:
    for size, options in (((12_800, 9_600), {}), ((9_000, 7_000), {"progressive": True})):
        data = _file(Image.new("RGB", size), "JPEG", quality=1, **options)
        with pytest.raises(PictureError, match="million are read"):
            picture(data)


def test_a_telephone_that_writes_two_pictures_gives_the_first() -> None:
    first, second = Image.new("RGB", (4000, 3000), "red"), Image.new("RGB", (400, 300), "blue")
    read = picture(_file(first, "MPO", save_all=True, append_images=[second]))
    assert read.size == (96, 72) and float(read.pixels[0].min()) > 0.9


def test_a_size_that_the_pixels_do_not_fill_is_damage() -> None:
    with pytest.raises(PictureError, match="damaged"):
        picture(_header(4000, 4000))


def test_too_many_bytes_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 2 * 1024**2)
    with pytest.raises(PictureError, match="at most 2 megabytes"):
        picture(bytes(2 * 1024**2 + 1))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_give_a_picture_or_a_sentence(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "WEBP"]))
    values = np.arange(20 * 24, dtype=np.uint8).reshape(20, 24)
    code = bytearray(_file(Image.fromarray(values), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        code[data.draw(st.integers(0, len(code) - 1))] = data.draw(st.integers(0, 255))
    with suppress(PictureError):
        read = picture(bytes(code))
        assert read.pixels.ndim == 3 and bool(torch.isfinite(read.pixels).all())
        assert 0 <= float(read.pixels.min()) and float(read.pixels.max()) <= 1
