import torch

from core.vision import refusal
from core.vision.models import SimpleCNN, normalise


def _clouds(n: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Digits in two clouds, the rest around and between them: no straight cut tells them apart."""
    g = torch.Generator().manual_seed(seed)
    where = torch.randint(0, 2, (n, 1), generator=g) * 6.0 - 3
    digits = torch.randn(n, 512, generator=g) * 0.3
    digits[:, :40] += where / 4
    return digits + 5, torch.randn(n, 512, generator=g) * 0.3 + 5  # features are not centred


def test_it_learns_what_no_straight_cut_can() -> None:
    digits, others = _clouds(2000, 0)
    learned = refusal.learn(digits, others, 1.3, seed=0, epochs=8)
    unseen_digits, unseen_others = _clouds(1000, 1)
    limit = refusal.threshold(learned, unseen_digits)
    assert (learned.score(unseen_others) > limit).float().mean() > 0.95
    assert learned.temperature == 1.3


def test_the_same_seed_learns_the_same() -> None:
    digits, others = _clouds(500, 0)
    one, two, three = (refusal.learn(digits, others, 1.0, seed, epochs=1) for seed in (4, 4, 5))
    assert torch.equal(one.w1, two.w1)
    assert not torch.equal(one.w1, three.w1)


def test_the_threshold_refuses_the_share_it_may() -> None:
    digits, others = _clouds(1000, 0)
    learned = refusal.learn(digits, others, 1.0, seed=0, epochs=1)
    harder = digits + 0.1
    limit = refusal.threshold(learned, digits, harder)
    for part in (digits, harder):
        assert (learned.score(part) > limit).float().mean() <= refusal.REFUSED + 0.001
    refused = [(learned.score(part) > limit).float().mean() for part in (digits, harder)]
    assert max(refused) >= refusal.REFUSED - 0.002


def test_features_are_the_models_own() -> None:
    torch.manual_seed(0)
    model = SimpleCNN().eval()
    images = torch.randint(0, 256, (7, 28, 28), dtype=torch.uint8)
    found, logits = refusal.features(model, images)
    with torch.inference_mode():
        torch.testing.assert_close(logits, model(normalise(images[:, None] / 255)))
        torch.testing.assert_close(model.fc2(found), logits)
    assert found.min() >= 0
