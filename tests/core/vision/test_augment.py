import math

import torch

from core.vision.augment import Changes, _affine, augment

STILL = Changes(
    turn=0, scale=0, aspect=0, slant=0, shift=0, bend=0, ripple=0, thicker=0, thinner=0, unchanged=0
)


def _bar(n: int = 1) -> torch.Tensor:
    images = torch.zeros(n, 1, 28, 28)
    images[:, :, 6:22, 12:15] = 1
    return images


def _generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_no_change_is_no_change() -> None:
    images = torch.rand(4, 1, 28, 28, generator=_generator())
    torch.testing.assert_close(augment(images, _generator(), STILL), images, atol=1e-5, rtol=0)


def test_the_generator_decides() -> None:
    images = _bar(8)
    assert torch.equal(augment(images, _generator(3)), augment(images, _generator(3)))
    assert not torch.equal(augment(images, _generator(3)), augment(images, _generator(4)))


def test_range_and_shape_and_the_input_is_left_alone() -> None:
    images = torch.rand(64, 1, 28, 28, generator=_generator())
    before = images.clone()
    changed = augment(images, _generator(1))
    assert changed.shape == images.shape
    assert changed.min() >= 0
    assert changed.max() <= 1
    assert torch.equal(images, before)


def test_the_kept_share_is_kept() -> None:
    images = _bar(2000)
    same = (augment(images, _generator()) == images).flatten(1).all(1).float().mean().item()
    assert math.isclose(same, Changes().unchanged, abs_tol=0.03)


def test_shift_moves_by_pixels() -> None:
    moved = augment(_bar(500), _generator(), Changes(**(vars(STILL) | {"shift": 1.0})))
    columns = (moved.sum((1, 2)) @ torch.arange(28.0)) / moved.sum((1, 2, 3))
    assert math.isclose((columns - 13).std().item(), 1.0, abs_tol=0.12)


def test_thickness_both_ways() -> None:
    width = augment(
        _bar(600), _generator(), Changes(**(vars(STILL) | {"thicker": 1, "thinner": 0.9}))
    )
    rows = width[:, 0, 14].sum(1)
    assert rows.max() > 4.2
    assert rows.min() < 1.8
    assert ((rows - 3).abs() < 1e-4).float().mean() > 0.3


def test_nothing_is_ever_mirrored() -> None:
    linear = _affine(5000, 28, _generator(), Changes())[:, :, :2]
    assert (torch.linalg.det(linear) > 0.4).all()
    images = torch.zeros(500, 1, 28, 28)
    images[:, :, 5:23, 9:11] = 1
    images[:, :, 21:23, 9:19] = 1
    mean, letter = augment(images, _generator()).mean(0), images[0]
    assert (mean * letter).sum() > 1.3 * (mean * letter.flip(2)).sum()
    assert (mean * letter).sum() > 1.3 * (mean * letter.flip(1)).sum()
