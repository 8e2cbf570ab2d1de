"""What is read on a photographed sheet: on all papers, in shadow, and on files of all kinds."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from core.schema import Refusal
from core.vision.photo.limits import MOST
from core.vision.photo.made import PAPERS, Made, look, made, written
from core.vision.photo.sheet import Read, Setting, opened, read
from core.vision.pictures import PictureError
from tests.photographs import file_of, matched

EXIF_TURNED = 6
ORIENTATION = 0x0112


def _sheet(paper: str = "plain", shadow: float = 0.0, count: int = 12, seed: int = 1) -> Made:
    r = np.random.default_rng(seed)
    labels, drawings = written(r, count)
    return made(labels, drawings, look(paper, shadow, r), r, (540, 720), 4)


def _found(sheet: Made, found: Read) -> float:
    return float(np.mean([each is not None for each in matched(sheet, found)]))


def _right(sheet: Made, found: Read) -> int:
    answers = [
        None if box is None else int(found.verdicts[box].probabilities.argmax())
        for box in matched(sheet, found)
    ]
    return sum(answer == label for answer, label in zip(answers, sheet.labels, strict=True))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_is_read_in_a_deep_shadow(paper: str) -> None:
    sheet = _sheet(paper, 0.5)
    found = read(sheet.sheet)
    assert _found(sheet, found) == 1 and len(found.cut) <= 13
    assert _right(sheet, found) >= 11
    assert found.light.turned is (paper == "board")
    assert found.cut.lines.max() == 2


def test_each_step_is_needed_somewhere() -> None:
    sheet = _sheet("plain", 0.6)
    assert _found(sheet, read(sheet.sheet, Setting(flatten=False))) < 0.8
    squared = _sheet("squared", 0.2)
    with_lines = read(squared.sheet, Setting(unrule=False))
    assert read(squared.sheet).ruling.any() and not with_lines.ruling.any()
    assert _found(squared, read(squared.sheet)) == 1 > _found(squared, with_lines)


def test_a_threshold_that_is_chosen_is_taken() -> None:
    sheet = _sheet().sheet
    assert read(sheet, Setting(threshold=0.95)).found == "blank"
    chosen = read(sheet, Setting(threshold=0.3))
    assert chosen.threshold.value == 0.3 and chosen.threshold.darker > 0.3
    assert (chosen.inked == (chosen.light.ink > 0.3)).all()


def test_a_quarter_turn_brings_a_lying_sheet_upright() -> None:
    sheet = _sheet()
    lying = opened(file_of(np.ascontiguousarray(np.rot90(sheet.sheet.pixels, -1)), "PNG"))[0]
    upright = read(lying, Setting(turn=1))
    assert _right(sheet, upright) >= 11 > _right(sheet, read(lying))


@pytest.mark.parametrize("kind", ["L", "P", "CMYK", "LA", "RGBA", "EXIF", "GIF"])
def test_files_of_all_kinds_give_the_same_digits(kind: str) -> None:
    sheet = _sheet()
    image = Image.fromarray(sheet.sheet.pixels)
    match kind:
        case "CMYK":
            data = file_of(image.convert("CMYK"), "JPEG", quality=92)
        case "EXIF":
            exif = Image.Exif()
            exif[ORIENTATION] = EXIF_TURNED
            data = file_of(image.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
        case "RGBA":  # ink on nothing: what is transparent lies on white paper
            dark = 255 - np.asarray(image.convert("L"))
            ink = np.zeros((*dark.shape, 4), np.uint8)
            ink[..., 3] = np.where(dark > 120, dark, 0)
            data = file_of(ink, "PNG")
        case "GIF":
            frames = [image.convert("P"), Image.new("P", image.size)]
            data = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
        case _:
            data = file_of(image.convert(kind), "PNG")
    photo, done = opened(data)
    assert photo.pixels.shape == sheet.sheet.pixels.shape
    assert done.turned is (kind == "EXIF") and done.first is (kind == "GIF")
    assert _right(sheet, read(photo)) >= 11


def test_one_large_digit_is_one_digit() -> None:
    for label in (1, 4, 8):
        r = np.random.default_rng(label)
        [drawing] = written(r, 10)[1][:1]
        sheet = made([label], [drawing], look("plain", 0.3, r), r, (600, 500), 1)
        assert len(read(sheet.sheet).cut) == 1


def test_a_blank_sheet_a_scene_and_a_flood_say_why_nothing_is_read() -> None:
    r = np.random.default_rng(0)
    paper = np.clip(r.normal(220, 3, (300, 400, 3)), 0, 255).astype(np.uint8)
    assert read(opened(file_of(paper, "PNG"))[0]).found == "blank"
    black = np.zeros((60, 60, 3), np.uint8)
    assert read(opened(file_of(black, "PNG"))[0]).found == "blank"
    scene = np.full((400, 400, 3), 200, np.uint8)
    scene[80:300, 60:160] = 40
    scene[120:200, 200:340] = 60
    assert read(opened(file_of(scene, "PNG"))[0]).found != "many"
    flood = np.full((700, 700, 3), 230, np.uint8)
    for row in range(20, 680, 40):
        for column in range(20, 680, 40):
            at = row + (7 * column) % 11
            flood[at : at + 20, column : column + 9] = 20
    found = read(opened(file_of(flood, "PNG"))[0])
    assert found.found == "many" and len(found.cut) > MOST and not found.verdicts


def test_bad_files_are_refused_in_a_sentence() -> None:
    with pytest.raises(Refusal, match="at least 28"):
        opened(file_of(np.zeros((1, 1, 3), np.uint8), "PNG"))
    whole = file_of(_sheet().sheet.pixels)
    with pytest.raises(PictureError, match="cut short"):
        opened(whole[: len(whole) // 2])
    heic = b"\0\0\0\x18ftypheic" + bytes(64)
    with pytest.raises(PictureError, match=r"HEIC.*JPEG or PNG"):
        opened(heic)
    with pytest.raises(PictureError, match=r"PDF.*JPEG or PNG"):
        opened(b"%PDF-1.7" + bytes(64))
    with pytest.raises(PictureError, match="not a picture"):
        opened(b"hello, this is a text" * 9)
    large = file_of(Image.new("1", (10_000, 5_000)), "PNG")
    with pytest.raises(PictureError, match="10,000 × 5,000 pixels"):
        opened(large)


def test_a_photograph_of_fifty_megapixels_is_read_if_it_is_a_jpeg() -> None:
    photo, done = opened(file_of(Image.new("L", (8_000, 6_250), 200), quality=50))
    assert (done.width, done.height) == (8_000, 6_250) and max(photo.pixels.shape) == 1440
